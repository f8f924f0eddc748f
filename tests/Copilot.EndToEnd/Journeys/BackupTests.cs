using System.Net;
using System.Text.Json.Nodes;
using Copilot.EndToEnd.App;
using Xunit;

namespace Copilot.EndToEnd.Journeys;

/// <summary>A backup of a copilot that runs, restored into a folder of its own: the same questions have the same answers.</summary>
public sealed class BackupTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("copilot-backup-").FullName;

    private string File => Path.Combine(_folder, "store.backup");

    private string Data => Path.Combine(_folder, "restored");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task What_was_backed_up_is_there_after_it_is_restored()
    {
        SampleFiles.Write(_folder);
        string before;
        await using (var app = await RunningApp.StartAsync())
        {
            await using var import = ChildProcess.Start("dotnet", Repository.CommandLine, "import", _folder, "--url", $"{app.Url}");
            Assert.True(await import.WaitAsync(TimeSpan.FromMinutes(2)) == 0, import.Output);
            before = await KnownAsync(app.Http);
            Assert.Contains("payments", before, StringComparison.Ordinal);
            var (saved, told) = await RunAsync("--data", app.Folder, "--backup", File);
            Assert.True(saved == 0, told);
            // A backup is never written over, and a store that holds something is not mixed with one.
            Assert.Contains("is there already", (await RunAsync("--data", app.Folder, "--backup", File)).Said, StringComparison.Ordinal);
            Assert.Contains(
                "uses the data folder",
                (await RunAsync("--data", app.Folder, "--restore", File)).Said,
                StringComparison.Ordinal
            );
        }

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, System.IO.File.GetUnixFileMode(File));
        var (code, said) = await RunAsync("--data", Data, "--restore", File);
        Assert.True(code == 0, said);
        Assert.Contains("holds data already", (await RunAsync("--data", Data, "--restore", File)).Said, StringComparison.Ordinal);

        await using var restored = await RunningApp.StartAsync(settings: ["--data", Data]);
        Assert.Equal(before, await KnownAsync(restored.Http));
    }

    private static async Task<string> KnownAsync(HttpClient http)
    {
        using var trace = await http.GetAsync(new Uri("api/v1/traces/5b8efff798038103d269b633813fc60c", UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, trace.StatusCode);
        var spans = JsonNode.Parse(await trace.Content.ReadAsStringAsync())!;
        return spans["spans"]!.ToJsonString()
            + await http.GetStringAsync(new Uri("api/v1/changes", UriKind.Relative))
            + await http.GetStringAsync(new Uri("api/v1/owners/payments", UriKind.Relative));
    }

    private static async Task<(int Code, string Said)> RunAsync(params string[] arguments)
    {
        await using var app = ChildProcess.Start("dotnet", [Repository.App, .. arguments]);
        var code = await app.WaitAsync(TimeSpan.FromMinutes(2));
        return (code, app.Output);
    }
}
