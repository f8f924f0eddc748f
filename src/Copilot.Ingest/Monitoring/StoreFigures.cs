using Copilot.Store;
using Copilot.Store.Retention;

namespace Copilot.Ingest.Monitoring;

/// <summary>What the store says of itself, read anew before each scrape: instruments cannot wait for a database.</summary>
internal sealed class StoreFigures(StoreStatusReads reads)
{
    /// <summary>Null while the store cannot be reached.</summary>
    public StoreStatus? Status { get; private set; }

    public ActivityCounts? Activity { get; private set; }

    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        try
        {
            Status = await reads.ReadAsync(cancellationToken);
            Activity = await reads.ActivityAsync(cancellationToken);
        }
        catch (Exception failure) when (failure is StoreException or InvalidOperationException)
        {
            // Not reached, or not started yet: the other figures are told all the same, and "up" says so.
            (Status, Activity) = (null, null);
        }
    }
}
