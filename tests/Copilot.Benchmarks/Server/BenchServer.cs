using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;

namespace Copilot.Benchmarks.Server;

/// <summary>The server under measurement: a process of its own, on a store of its own.</summary>
internal sealed class BenchServer(string? folder = null, bool keep = false) : IAsyncDisposable
{
    private readonly StoreFolder _folder = new(folder, keep);
    private readonly int _httpPort = FreePorts.Take();
    private readonly int _grpcPort = FreePorts.Take();
    private readonly HttpClient _client = new() { Timeout = TimeSpan.FromMinutes(20) };
    private Process? _process;

    public Uri Http => new(Base, "/v1/traces");

    /// <summary>Where the store lies.</summary>
    public string Folder => _folder.Path;

    public Uri Grpc => new($"http://127.0.0.1:{_grpcPort}/opentelemetry.proto.collector.trace.v1.TraceService/Export");

    private Uri Base => new($"http://127.0.0.1:{_httpPort}");

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _process =
            Process.Start(
                Itself(
                    ServeCommand.Name,
                    "--data",
                    Folder,
                    "--port",
                    _httpPort.ToString(CultureInfo.InvariantCulture),
                    "--grpc-port",
                    _grpcPort.ToString(CultureInfo.InvariantCulture)
                )
            ) ?? throw new InvalidOperationException("The server under measurement could not be started.");
        // It says so itself when it listens.
        while (await _process.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
        {
            if (line == ServeCommand.ReadyLine)
                return;
        }

        throw new InvalidOperationException("The server under measurement ended before it was ready.");
    }

    public Task<CopyLimit> CopyLimitAsync(CancellationToken cancellationToken) => AskAsync<CopyLimit>("/bench/copy", cancellationToken);

    public Task<StoredFigures> FiguresAsync(CancellationToken cancellationToken) =>
        AskAsync<StoredFigures>("/bench/figures", cancellationToken);

    public Task EmptyAsync(CancellationToken cancellationToken) => AskAsync<StoredFigures>("/bench/empty", cancellationToken);

    public Task<ReadTimes> TracesAsync(CancellationToken cancellationToken) => AskAsync<ReadTimes>("/bench/traces", cancellationToken);

    public Task<ReadTimes> RedAsync(CancellationToken cancellationToken) => AskAsync<ReadTimes>("/bench/red", cancellationToken);

    public Task SettleAsync(CancellationToken cancellationToken) => TellAsync("/bench/settle", cancellationToken);

    public Task DistillAsync(CancellationToken cancellationToken) => TellAsync("/bench/distill", cancellationToken);

    /// <summary>The most memory that the process held at once, in bytes; without Postgres, which has its own.</summary>
    public long PeakMemory()
    {
        _process!.Refresh();
        return _process.PeakWorkingSet64;
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        if (_process is not null)
        {
            // The end of its input is what it stops at; Postgres goes with it.
            _process.StandardInput.Close();
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
            await _process.WaitForExitAsync(patience.Token);
            _process.Dispose();
        }

        _folder.Dispose();
    }

    /// <summary>
    /// This program once more: started by <c>dotnet run</c> it is an executable of its own, by <c>dotnet FILE.dll</c> the host is, and
    /// the file is named to it.
    /// </summary>
    private static ProcessStartInfo Itself(params string[] arguments)
    {
        var executable = Environment.ProcessPath!;
        var hosted = Path.GetFileNameWithoutExtension(executable) == "dotnet";
        return new ProcessStartInfo(executable, hosted ? [typeof(BenchServer).Assembly.Location, .. arguments] : arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
    }

    private async Task<T> AskAsync<T>(string path, CancellationToken cancellationToken)
    {
        using var response = await _client.PostAsync(new Uri(Base, path), null, cancellationToken);
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync<T>(cancellationToken))!;
    }

    private async Task TellAsync(string path, CancellationToken cancellationToken)
    {
        using var response = await _client.PostAsync(new Uri(Base, path), null, cancellationToken);
        response.EnsureSuccessStatusCode();
    }
}
