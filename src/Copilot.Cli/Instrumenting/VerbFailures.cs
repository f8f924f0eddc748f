namespace Copilot.Cli.Instrumenting;

/// <summary>What a person did not mean to happen, told in one line instead of a stack.</summary>
internal static class VerbFailures
{
    public static async Task<int> TellAsync(Func<Task<int>> verb)
    {
        try
        {
            return await verb();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            await Console.Error.WriteLineAsync(failure.Message);
            return 1;
        }
    }
}
