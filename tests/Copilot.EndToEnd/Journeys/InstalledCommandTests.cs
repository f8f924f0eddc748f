using Copilot.EndToEnd.App;
using Xunit;

namespace Copilot.EndToEnd.Journeys;

/// <summary>deploy/install.sh gives a command that works from any folder, and takes it away again.</summary>
[Collection(OneAtATime.Name)]
public sealed class InstalledCommandTests : IDisposable
{
    private readonly string _prefix = Directory.CreateTempSubdirectory("copilot-prefix-").FullName;

    private string Command => Path.Combine(_prefix, "bin", "copilot");

    public void Dispose() => Directory.Delete(_prefix, recursive: true);

    [Fact]
    public async Task The_command_works_from_any_folder_and_can_be_taken_away()
    {
        var (code, said) = await RunAsync(Path.Combine(Repository.Root, "deploy", "install.sh"), "--prefix", _prefix);
        Assert.True(code == 0, said);
        Assert.Contains($"export PATH=\"{_prefix}/bin:$PATH\"", said, StringComparison.Ordinal);

        Assert.Equal(0, (await RunAsync("env", "-C", "/", Command, "traceql", "check", "{ status = error }")).Code);
        var (refused, told) = await RunAsync("env", "-C", "/", Command, "ask", "--url", "127.0.0.1:1", "anything?");
        Assert.Equal(1, refused);
        Assert.Contains("No copilot answers at http://127.0.0.1:1/", told, StringComparison.Ordinal);
        var (mistaken, what) = await RunAsync(Command, "ask", "--as-of", "whenever", "anything?");
        Assert.Equal(1, mistaken);
        Assert.Single(what.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));

        Assert.Equal(0, (await RunAsync(Path.Combine(Repository.Root, "deploy", "install.sh"), "--prefix", _prefix, "--uninstall")).Code);
        Assert.Empty(Directory.EnumerateFiles(_prefix, "*", SearchOption.AllDirectories));
    }

    private static async Task<(int Code, string Output)> RunAsync(string file, params string[] arguments)
    {
        await using var process = ChildProcess.Start(file, arguments);
        var code = await process.WaitAsync(TimeSpan.FromMinutes(5));
        return (code, process.Output);
    }
}
