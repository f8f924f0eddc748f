namespace Copilot.Instrument.Tests.Running;

/// <summary>The command as it was built beside these tests.</summary>
internal static class CopilotCommand
{
    public static string Path { get; } = System.IO.Path.Combine(AppContext.BaseDirectory, "copilot");
}
