using Copilot.Telemetry.Intake;

namespace Copilot.Store.Intake;

/// <summary>
/// Writes decoded telemetry. A task completes only when the batch is committed and durable; concurrent batches share a transaction.
/// The same batch again adds nothing. Throws <see cref="StoreUnavailableException"/> when the store cannot take it now: sending it again
/// may help.
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

/// <summary>What became of a batch.</summary>
/// <param name="Received">Items in the batch.</param>
/// <param name="Stored">Items that are in the store because of it.</param>
/// <param name="Duplicates">Items that were there already.</param>
/// <param name="Shed">Spans that were counted but not stored.</param>
public sealed record WriteResult(int Received, int Stored, int Duplicates, int Shed);

/// <summary>
/// A pass that trails the intake (edges, the attribute catalogue, statistics). All that are registered run, in order, when an
/// import ends, so that everything imported can be asked about.
/// </summary>
public interface ITelemetryCatchUp
{
    /// <summary>Works off everything that is committed by now.</summary>
    Task CatchUpAsync(CancellationToken cancellationToken);
}
