using Copilot.EndToEnd.App;
using Xunit;

namespace Copilot.EndToEnd.Journeys;

/// <summary>The requests of the documents, taken out of them and sent to the app as they stand.</summary>
public sealed class DocumentationTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("copilot-docs-").FullName;
    private RunningApp _app = null!;

    public async Task InitializeAsync() => _app = await RunningApp.StartAsync();

    public async Task DisposeAsync()
    {
        await _app.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Every_request_that_a_document_shows_is_answered_as_good()
    {
        var commands = DocumentedCommand.All();
        Assert.Contains(commands, command => command.Place.StartsWith("README.md:", StringComparison.Ordinal));
        Assert.True(commands.Count >= 12, $"Only {commands.Count} requests were found in the documents: have they another shape now?");
        var failed = new List<string>();
        foreach (var command in commands)
        {
            // --fail-with-body ends curl with an error from status 400 on, and shows the answer.
            await using var shell = ChildProcess.Start(
                "bash",
                "-c",
                $"set -eo pipefail; cd '{_folder}'; curl() {{ command curl -sS --noproxy '*' --max-time 60 --fail-with-body \"$@\"; }}; {command.At(_app.Url)}"
            );
            if (await shell.WaitAsync(TimeSpan.FromMinutes(2)) != 0)
                failed.Add($"{command.Place}: {command.Shell}\n  {shell.Output.Trim()}");
        }

        Assert.True(failed.Count == 0, string.Join('\n', failed));
    }
}
