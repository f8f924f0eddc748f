using System.Diagnostics;
using System.Globalization;
using System.Net;
using Copilot.Slack.Tests.Double;

namespace Copilot.Slack.Tests.Dying;

/// <summary>The whole app as a process on a Postgres that it shares with others, at a port that it keeps when it is started again.</summary>
internal sealed class AppProcess(string connection, Uri slackUrl) : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private readonly string _folder = Directory.CreateTempSubdirectory("copilot-instance-").FullName;
    private readonly HttpClient _http = new();
    private Process? _process;

    public Uri Url { get; } = new($"http://127.0.0.1:{FreePorts.Take().ToString(CultureInfo.InvariantCulture)}");

    private string Log => Path.Combine(_folder, "app.log");

    public async Task StartAsync()
    {
        var program = Path.Combine(Material.Repository, "src", "Copilot.Web", "bin", Configuration, "net10.0", "Copilot.Web.dll");
        // The shell sends the output into a file: a pipe that nobody reads would stop the app once it is full.
        var start = new ProcessStartInfo(
            "sh",
            [
                "-c",
                "exec dotnet \"$1\" --empty --port \"$2\" >>\"$3\" 2>&1",
                "app",
                program,
                Url.Port.ToString(CultureInfo.InvariantCulture),
                Log,
            ]
        )
        {
            Environment =
            {
                ["ConnectionStrings__Copilot"] = connection,
                ["Slack__BotToken"] = SlackDouble.BotToken,
                ["Slack__ApiUrl"] = slackUrl.AbsoluteUri,
                ["Incidents__PublicUrl"] = "https://copilot.example",
                ["Tracing__Enabled"] = "false",
            },
        };
        _process = Process.Start(start)!;
        var clock = Stopwatch.StartNew();
        // Another process cannot say that it is ready; it can only be asked.
        while (await StatusAsync("readyz") != HttpStatusCode.OK)
        {
            if (_process.HasExited || clock.Elapsed > Patience)
                throw new InvalidOperationException("The app did not start: " + await File.ReadAllTextAsync(Log));
            await Task.Delay(100);
        }
    }

    /// <summary>Null where nothing answers.</summary>
    public async Task<HttpStatusCode?> StatusAsync(string path)
    {
        try
        {
            using var answer = await _http.GetAsync(new Uri(Url, path));
            return answer.StatusCode;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    /// <summary>As the kernel's out-of-memory killer would.</summary>
    public async Task KillAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>As a service manager does; returns its exit code.</summary>
    public async Task<int> StopAsync()
    {
        using var term = Process.Start("kill", ["-TERM", _process!.Id.ToString(CultureInfo.InvariantCulture)]);
        using var late = new CancellationTokenSource(Patience);
        await _process.WaitForExitAsync(late.Token);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false })
            await KillAsync();
        _process?.Dispose();
        _http.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static string Configuration => AppContext.BaseDirectory.Contains("/Release/", StringComparison.Ordinal) ? "Release" : "Debug";
}
