using Copilot.Store.Intake;
using Copilot.Store.Retention;
using Copilot.Telemetry.Intake;
using Microsoft.Extensions.Logging;

namespace Copilot.Store.Writers;

/// <summary>The writer of all three signals. Spans have two workers, so that one encodes while the other's transaction commits.</summary>
public sealed class TelemetryWriter : ITelemetryWriter, IAsyncDisposable
{
    private readonly WriteQueue<SpanBatch> _spans;
    private readonly WriteQueue<LogBatch> _logs;
    private readonly WriteQueue<MetricBatch> _metrics;

    private readonly StuckWrites _stuck;
    private readonly TelemetryDictionaries _dictionaries;
    private bool _disposed;

    public TelemetryWriter(CopilotDatabase database, TelemetryPartitions partitions, TimeProvider time)
    {
        var dictionaries = _dictionaries = new TelemetryDictionaries(database);
        _stuck = new StuckWrites(database, time, database.Loggers.CreateLogger<TelemetryWriter>());
        var attempts = new WriteAttempts(database, _stuck, time);
        _spans = new WriteQueue<SpanBatch>(
            2,
            20_000,
            new SpanWriter(dictionaries, partitions, attempts, new ServiceArrivals(time)).WriteAsync
        );
        _logs = new WriteQueue<LogBatch>(1, 20_000, new LogWriter(dictionaries, partitions, attempts).WriteAsync);
        _metrics = new WriteQueue<MetricBatch>(1, 20_000, new MetricWriter(dictionaries, partitions, attempts).WriteAsync);
    }

    public long PendingItems => _spans.PendingItems + _logs.PendingItems + _metrics.PendingItems;

    public Task<WriteResult> WriteAsync(SpanBatch batch, CancellationToken cancellationToken) =>
        batch.Count == 0 ? _nothing : _spans.EnqueueAsync(batch, cancellationToken);

    public Task<WriteResult> WriteAsync(LogBatch batch, CancellationToken cancellationToken) =>
        batch.Count == 0 ? _nothing : _logs.EnqueueAsync(batch, cancellationToken);

    public Task<WriteResult> WriteAsync(MetricBatch batch, CancellationToken cancellationToken) =>
        batch.Count == 0 ? _nothing : _metrics.EnqueueAsync(batch, cancellationToken);

    /// <summary>Looks names up anew, some of which the store has others for now.</summary>
    internal void ForgetNames() => _dictionaries.Clear();

    /// <summary>Once; it is there under two types, each of which a container disposes.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, true))
            return;
        await _spans.DisposeAsync();
        await _logs.DisposeAsync();
        await _metrics.DisposeAsync();
        _stuck.Dispose();
    }

    private static readonly Task<WriteResult> _nothing = Task.FromResult(new WriteResult(0, 0, 0, 0));
}
