using System.Net;
using System.Net.Sockets;
using System.Text;
using Copilot.EndToEnd.App;
using Xunit;

namespace Copilot.EndToEnd.Journeys;

/// <summary>deploy/run.sh itself in a folder of its own, with a dotnet that says what a build, an app and a shop would.</summary>
public sealed class StartScriptTests : IDisposable
{
    private const UnixFileMode Executable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const int TenMegabytes = 10 * 1024 * 1024;

    private readonly StartScript _script = new();

    private string Data => _script.Data;

    public void Dispose() => _script.Dispose();

    [Fact]
    public async Task What_a_crash_said_is_still_there_after_the_next_start_and_only_this_start_is_shown()
    {
        Assert.Equal((1, "the first words"), await StartAsync("the first words", crash: true));
        Assert.Equal((0, ""), await StartAsync("the second words", crash: false));
        var (code, shown) = await StartAsync("the third words", crash: true);
        Assert.Equal((1, "the third words"), (code, shown));

        Assert.Equal(["app: the first words", "app: the second words", "app: the third words"], Said("app.log"));
        Assert.Equal(["shop: the second words"], Said("demo.log"));
    }

    [Fact]
    public async Task Data_and_logs_are_for_the_user_alone()
    {
        await StartAsync("words", crash: false);
        Assert.Equal(Executable, File.GetUnixFileMode(Data));
        foreach (var log in new[] { "app.log", "demo.log" })
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(Data, log)));
    }

    [Fact]
    public async Task A_log_above_ten_megabytes_steps_aside_and_three_stay()
    {
        Directory.CreateDirectory(Data);
        for (var round = 1; round <= 5; round++)
        {
            await File.WriteAllTextAsync(Path.Combine(Data, "app.log"), $"round {round}\n" + new string('x', TenMegabytes));
            await StartAsync("words", crash: true);
            Assert.Equal(["app: words"], Said("app.log"));
        }

        Assert.Equal(
            ["app.log", "app.log.1", "app.log.2", "app.log.3"],
            Directory.EnumerateFiles(Data).Select(Path.GetFileName).Order(StringComparer.Ordinal)
        );
        Assert.Equal(
            ["round 5", "round 4", "round 3"],
            new[] { 1, 2, 3 }.Select(number => File.ReadLines(Path.Combine(Data, $"app.log.{number}")).First())
        );
    }

    [Fact]
    public async Task An_option_that_there_is_not_is_refused_before_anything_is_built()
    {
        var (code, output) = await RunAsync("words", crash: false, "--emtpy");
        Assert.Equal(1, code);
        Assert.StartsWith("error: deploy/run.sh has no option --emtpy", Assert.Single(output), StringComparison.Ordinal);
        Assert.False(Directory.Exists(Data));
    }

    [Fact]
    public async Task A_port_that_is_taken_is_told_before_anything_is_built_or_written()
    {
        var port = FreePorts.Take();
        using var other = new TcpListener(IPAddress.Loopback, port);
        other.Start();
        var (code, output) = await RunAsync("words", crash: false, "--data", Data, "--port", $"{port}");
        Assert.Equal(1, code);
        Assert.StartsWith($"error: port {port} on 127.0.0.1 is taken", Assert.Single(output), StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(Data, "app.log")));
    }

    [Fact]
    public async Task A_data_folder_in_use_is_told_with_who_uses_it_and_its_log_is_left_alone()
    {
        Directory.CreateDirectory(Data);
        await using var held = new FileStream(Path.Combine(Data, "copilot.lock"), FileMode.Create, FileAccess.Write, FileShare.None);
        await held.WriteAsync(Encoding.UTF8.GetBytes($"{Environment.ProcessId}"));
        await held.FlushAsync();
        var (code, output) = await RunAsync("words", crash: false, "--data", Data);
        Assert.Equal(1, code);
        Assert.StartsWith(
            $"error: another copilot (process {Environment.ProcessId}) uses the data folder {Data}",
            Assert.Single(output),
            StringComparison.Ordinal
        );
        Assert.False(File.Exists(Path.Combine(Data, "app.log")));
    }

    [Fact]
    public async Task Where_telemetry_goes_is_printed_and_only_of_this_start()
    {
        Directory.CreateDirectory(Data);
        await File.WriteAllTextAsync(Path.Combine(Data, "app.log"), "Open: of an earlier start\n");
        var port = FreePorts.Take();
        var (_, output) = await RunAsync("words\nOpen: of this start", crash: false, "--data", Data, "--port", $"{port}");
        Assert.Contains(
            output,
            line => line.Contains($"OTLP/HTTP to http://127.0.0.1:{port}, OTLP/gRPC to http://127.0.0.1:{port + 1000}")
        );
        Assert.Contains("Open: of this start", output);
        Assert.DoesNotContain("Open: of an earlier start", output);
    }

    private IEnumerable<string> Said(string log) =>
        File.ReadLines(Path.Combine(Data, log))
            .Where(line => line != "Ready." && !line.StartsWith("== started ", StringComparison.Ordinal));

    /// <summary>Its exit code, and which of the app's words it showed.</summary>
    private async Task<(int Code, string Shown)> StartAsync(string words, bool crash)
    {
        var (code, output) = await RunAsync(words, crash, "--port", $"{FreePorts.Take()}", "--data", Data);
        var shown = output.Where(line => line.StartsWith("app: ", StringComparison.Ordinal)).Select(line => line["app: ".Length..]);
        return (code, string.Join('|', shown));
    }

    private Task<(int Code, string[] Output)> RunAsync(string words, bool crash, params string[] arguments) =>
        _script.RunAsync(words, crash, arguments);
}
