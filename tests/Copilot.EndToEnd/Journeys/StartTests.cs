using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Copilot.EndToEnd.App;
using Xunit;

namespace Copilot.EndToEnd.Journeys;

/// <summary>A start that cannot be: one line that says why, and nothing is begun. And what is left of an app that was killed.</summary>
public sealed class StartTests : IDisposable
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    public void Dispose()
    {
        if (Directory.Exists(_folder))
            Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_port_that_is_taken_is_told_before_anything_is_made()
    {
        var port = FreePorts.Take();
        using var other = new TcpListener(IPAddress.Loopback, port);
        other.Start();
        var said = await RefusedAsync("--port", Text(port), "--data", _folder);
        Assert.StartsWith($"Port {Text(port)} on 127.0.0.1 is taken", said, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder));
    }

    [Fact]
    public async Task The_port_of_telemetry_by_grpc_is_told_too()
    {
        var port = FreePorts.Take();
        using var other = new TcpListener(IPAddress.Loopback, port + 1000);
        other.Start();
        var said = await RefusedAsync("--port", Text(port), "--data", _folder);
        Assert.Contains($"Port {Text(port + 1000)} on 127.0.0.1 is taken (OTLP/gRPC goes there)", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_that_this_machine_does_not_have_is_told()
    {
        var said = await RefusedAsync(
            "--listen",
            "192.0.2.1",
            "--SignIn:Proxy:UserHeader=X-User",
            "--SignIn:Admins:0=user:ada",
            "--Hosting:Proxies:0=192.0.2.2",
            "--data",
            _folder
        );
        Assert.Contains("192.0.2.1 is no address of this machine", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_Postgres_that_cannot_be_reached_is_told_in_a_line()
    {
        var said = await RefusedAsync(
            "--port",
            Text(FreePorts.Take()),
            "--ConnectionStrings:Copilot=Host=127.0.0.1;Port=1;Username=x;Password=x;Database=x;Timeout=3"
        );
        Assert.StartsWith("Postgres cannot be reached", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_data_folder_in_use_is_told_with_who_uses_it()
    {
        await using var app = await RunningApp.StartAsync();
        var said = await RefusedAsync("--port", Text(FreePorts.Take()), "--data", app.Folder);
        Assert.StartsWith($"Another copilot (process {Text(app.ProcessId)}) uses the data folder", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_app_that_is_killed_leaves_no_Postgres_behind()
    {
        await using var app = await RunningApp.StartAsync();
        var server = app.ServerProcess;
        await app.KillAsync();
        await using var end = ChildProcess.Start("tail", $"--pid={server}", "-f", "/dev/null");
        Assert.Equal(0, await end.WaitAsync(TimeSpan.FromSeconds(40)));
    }

    private static async Task<string> RefusedAsync(params string[] arguments)
    {
        await using var app = ChildProcess.Start("dotnet", [Repository.App, "--empty", .. arguments]);
        Assert.NotEqual(0, await app.WaitAsync(TimeSpan.FromMinutes(1)));
        var lines = app.Output.Split('\n').Select(line => line.Trim());
        return Assert.Single(lines, line => line.Length > 0 && !line.StartsWith("Open: ", StringComparison.Ordinal));
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
