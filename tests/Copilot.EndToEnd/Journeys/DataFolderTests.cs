using Copilot.EndToEnd.App;
using Xunit;

namespace Copilot.EndToEnd.Journeys;

/// <summary>What the app writes is for its user alone, when it is started by itself too.</summary>
public sealed class DataFolderTests
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    [Fact]
    public async Task Nobody_else_can_read_what_the_app_keeps()
    {
        await using var app = await RunningApp.StartAsync(openFolder: true);
        // Started by root, Postgres has a user of its own, whose group may pass through and no more.
        var passing = Environment.IsPrivilegedProcess ? UnixFileMode.GroupExecute : UnixFileMode.None;
        Assert.Equal(Owner | passing, File.GetUnixFileMode(app.Folder));

        var entries = Directory.EnumerateFileSystemEntries(app.Folder, "*", SearchOption.AllDirectories).ToArray();
        Assert.Contains(entries, path => Path.GetFileName(path) == "copilot.lock");
        Assert.Contains(entries, path => Path.GetFileName(path) == "postgresql.conf");
        // The server takes files of its own away as it works.
        Assert.DoesNotContain(entries, path => Path.Exists(path) && (File.GetUnixFileMode(path) & ~Owner) != 0);
    }
}
