using Copilot.Telemetry.Intake;

namespace Copilot.Store.Intake;

/// <summary>
/// Writes decoded telemetry. A task completes only when the batch is committed and durable; concurrent batches share a transaction.
/// The same batch again adds nothing. Throws <see cref="StoreUnavailableException"/> when the store cannot take it now: sending it again may help.
/// </summary>
public interface ITelemetryWriter
{
    /// <summary>Items accepted by <c>WriteAsync</c> and not yet committed, of all signals: what admission looks at.</summary>
    long PendingItems { get; }

    /// <summary>Stores the spans (those marked shed are only counted) and their share of the rollups, in one transaction.</summary>
    Task<WriteResult> WriteAsync(SpanBatch batch, CancellationToken cancellationToken);

    /// <summary>Stores log records; a request already stored (by its hash) adds nothing.</summary>
    Task<WriteResult> WriteAsync(LogBatch batch, CancellationToken cancellationToken);

    /// <summary>Stores metric points; a point of the same series, time and start adds nothing.</summary>
    Task<WriteResult> WriteAsync(MetricBatch batch, CancellationToken cancellationToken);
}
