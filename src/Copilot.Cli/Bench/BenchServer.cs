using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using Copilot.Store.Measuring;

namespace Copilot.Cli.Bench;

/// <summary>The server under measurement: a process of its own, on a data folder of its own that is gone afterwards, unless it is to be kept.</summary>
internal sealed class BenchServer(string? folder = null, bool keep = false) : IAsyncDisposable
{
    private readonly string _folder = folder is null ? Directory.CreateTempSubdirectory("copilot-bench-").FullName : Directory.CreateDirectory(folder).FullName;
    private readonly int _httpPort = FreePort();
    private readonly int _grpcPort = FreePort();
    private readonly HttpClient _client = new() { Timeout = TimeSpan.FromMinutes(20) };
    private Process? _process;

    public Uri Http => new(Base, "/v1/traces");

    /// <summary>Where the store lies.</summary>
    public string Folder => _folder;

    public Uri Grpc => new($"http://127.0.0.1:{_grpcPort}/opentelemetry.proto.collector.trace.v1.TraceService/Export");

    private Uri Base => new($"http://127.0.0.1:{_httpPort}");

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var assembly = typeof(BenchServer).Assembly.Location;
        _process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!)
        {
            ArgumentList =
            {
                assembly, "bench", "serve", "--data", _folder,
                "--port", _httpPort.ToString(CultureInfo.InvariantCulture), "--grpc-port", _grpcPort.ToString(CultureInfo.InvariantCulture),
            },
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        }) ?? throw new InvalidOperationException("The server under measurement could not be started.");
        // It says so itself when it listens.
        while (await _process.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
        {
            if (line == ServeCommand.ReadyLine)
                return;
        }

        throw new InvalidOperationException("The server under measurement ended before it was ready.");
    }

    public async Task<CopyLimit> CopyLimitAsync(CancellationToken cancellationToken) => await AskAsync<CopyLimit>("/bench/copy", cancellationToken);

    public async Task<StoredFigures> FiguresAsync(CancellationToken cancellationToken) => await AskAsync<StoredFigures>("/bench/figures", cancellationToken);

    public async Task EmptyAsync(CancellationToken cancellationToken) => await AskAsync<StoredFigures>("/bench/empty", cancellationToken);

    public async Task<ReadTimes> TracesAsync(CancellationToken cancellationToken) => await AskAsync<ReadTimes>("/bench/traces", cancellationToken);

    public async Task<ReadTimes> RedAsync(CancellationToken cancellationToken) => await AskAsync<ReadTimes>("/bench/red", cancellationToken);

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

        if (!keep)
            Directory.Delete(_folder, recursive: true);
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

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
