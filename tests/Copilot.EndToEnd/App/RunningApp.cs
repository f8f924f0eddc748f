using System.Diagnostics;
using System.Globalization;

namespace Copilot.EndToEnd.App;

/// <summary>The app as users run it: a process of its own with its own managed Postgres on a folder of its own, both gone at the
/// end.</summary>
internal sealed class RunningApp : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly ChildProcess _process;

    private RunningApp(ChildProcess process, string folder, Uri url)
    {
        this._process = process;
        Folder = folder;
        Url = url;
        Http = new HttpClient { BaseAddress = url, Timeout = TimeSpan.FromMinutes(2) };
    }

    /// <summary>Its data, for itself alone: the database's cluster is in <c>postgres</c>.</summary>
    public string Folder { get; }

    public Uri Url { get; }

    public HttpClient Http { get; }

    /// <summary>What it has written so far.</summary>
    public string Output => _process.Output;

    /// <param name="openFolder">The data folder is there already, and others may look into it.</param>
    /// <param name="settings">Further arguments, settings (<c>--Section:Name=value</c>) among them.</param>
    public static async Task<RunningApp> StartAsync(bool openFolder = false, params string[] settings)
    {
        var folder = Directory.CreateTempSubdirectory("copilot-e2e-").FullName;
        if (openFolder)
            File.SetUnixFileMode(folder, (UnixFileMode)0b111_101_101);
        var port = FreePorts.Take();
        var process = ChildProcess.Start(
            "dotnet",
            [Repository.App, "--empty", "--port", port.ToString(CultureInfo.InvariantCulture), "--data", folder, .. settings]
        );
        var app = new RunningApp(process, folder, new Uri($"http://127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}"));
        try
        {
            await app.ReadyAsync();
            return app;
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    public int ProcessId => _process.Id;

    /// <summary>Its managed Postgres' process.</summary>
    public string ServerProcess => File.ReadLines(Path.Combine(Folder, "postgres", "postmaster.pid")).First();

    /// <summary>Ends it without a word to anybody.</summary>
    public Task KillAsync() => _process.KillAsync();

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _process.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }

    /// <summary>Another process cannot say that it is ready; it can only be asked.</summary>
    private async Task ReadyAsync()
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            if (_process.HasExited)
                throw new InvalidOperationException($"The app ended before it was ready:\n{Output}");
            try
            {
                using var answer = await Http.GetAsync(new Uri("healthz", UriKind.Relative));
                if (answer.IsSuccessStatusCode)
                    return;
            }
            catch (HttpRequestException) when (clock.Elapsed < Patience)
            {
                // It does not listen yet.
            }

            if (clock.Elapsed > Patience)
                throw new TimeoutException($"The app is not ready after {Patience}:\n{Output}");
            await Task.Delay(100);
        }
    }
}
