using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;

namespace Copilot.Benchmarks.Live;

/// <summary>The product as people start it: the built app in a process of its own, with its own Postgres, pages and watch.</summary>
internal sealed class LiveApp(string app, string folder) : IAsyncDisposable
{
    private readonly int _port = FreePorts.Take();
    private readonly HttpClient _client = new(new SocketsHttpHandler { MaxConnectionsPerServer = 2000 })
    {
        Timeout = TimeSpan.FromMinutes(10),
    };
    private Process? _process;

    /// <summary>What this repository builds.</summary>
    public static string Built
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (folder.Parent is { } parent && !File.Exists(Path.Combine(folder.FullName, "Copilot.sln")))
                folder = parent;
            return Path.Combine(folder.FullName, "src/Copilot.Web/bin/Release/net10.0/Copilot.Web.dll");
        }
    }

    public Uri Base => new($"http://127.0.0.1:{_port}");

    /// <summary>Starts it; how long it took until it said that it is ready.</summary>
    public async Task<TimeSpan> StartAsync(CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        string[] arguments = [app, "--data", folder, "--port", _port.ToString(CultureInfo.InvariantCulture)];
        _process =
            Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true })
            ?? throw new InvalidOperationException("The app could not be started.");
        while (await _process.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
        {
            if (line != "Ready.")
                continue;
            var ready = Stopwatch.GetElapsedTime(started);
            // What it says from now on is read and dropped, or it would wait for its reader.
            _ = _process.StandardOutput.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
            return ready;
        }

        throw new InvalidOperationException("The app ended before it was ready; start it by hand with the same data to see why.");
    }

    public async Task StopAsync()
    {
        if (_process is null)
            return;
        using (var stop = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]))
            await stop.WaitForExitAsync();
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        await _process.WaitForExitAsync(patience.Token);
        _process.Dispose();
        _process = null;
    }

    /// <summary>How long an answer took, whole; and whether it was one.</summary>
    public async Task<(TimeSpan Took, bool Answered)> AskAsync(string question, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        using var body = Json(new { question });
        using var response = await _client.PostAsync(new Uri(Base, "/api/v1/ask"), body, cancellationToken);
        var text = await response.Content.ReadAsStringAsync(cancellationToken);
        var outcome = response.IsSuccessStatusCode ? JsonDocument.Parse(text).RootElement.GetProperty("outcome").GetString() : null;
        return (Stopwatch.GetElapsedTime(started), outcome is "answered" or "no_data");
    }

    public async Task<HttpStatusCode> SendAsync(byte[] spans, CancellationToken cancellationToken)
    {
        using var body = new ByteArrayContent(spans);
        body.Headers.ContentType = new("application/x-protobuf");
        using var response = await _client.PostAsync(new Uri(Base, "/v1/traces"), body, cancellationToken);
        return response.StatusCode;
    }

    public async Task<HttpStatusCode> TellAsync(string path, object? told, CancellationToken cancellationToken)
    {
        using var body = Json(told ?? new { });
        using var response = await _client.PostAsync(new Uri(Base, path), body, cancellationToken);
        return response.StatusCode;
    }

    public async Task<(HttpStatusCode Status, string Text)> GetAsync(string path, CancellationToken cancellationToken)
    {
        using var response = await _client.GetAsync(new Uri(Base, path), cancellationToken);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(cancellationToken));
    }

    /// <summary>The most memory that the process held at once, in bytes; without Postgres.</summary>
    public long PeakMemory()
    {
        _process!.Refresh();
        return _process.PeakWorkingSet64;
    }

    /// <summary>What Postgres holds now, what its processes share counted once, in bytes; 0 where this system does not tell.</summary>
    public long PostgresMemory()
    {
        var file = Directory.EnumerateFiles(folder, "postmaster.pid", SearchOption.AllDirectories).FirstOrDefault();
        if (file is null || !OperatingSystem.IsLinux())
            return 0;
        var postmaster = File.ReadLines(file).First().Trim();
        return Directory
            .EnumerateDirectories("/proc")
            .Where(process => Path.GetFileName(process) is var id && (id == postmaster || Parent(process) == postmaster))
            .Sum(Proportional);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _client.Dispose();
    }

    private static string? Parent(string process)
    {
        try
        {
            var status = File.ReadAllText(Path.Combine(process, "stat"));
            return status[(status.LastIndexOf(')') + 2)..].Split(' ')[1];
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentOutOfRangeException)
        {
            // No process, or one that has just ended.
            return null;
        }
    }

    private static long Proportional(string process)
    {
        try
        {
            var line = File.ReadLines(Path.Combine(process, "smaps_rollup")).First(l => l.StartsWith("Pss:", StringComparison.Ordinal));
            return 1024 * long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or InvalidOperationException)
        {
            return 0;
        }
    }

    private static StringContent Json(object told) => new(JsonSerializer.Serialize(told), Encoding.UTF8, "application/json");
}
