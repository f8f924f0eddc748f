using Copilot.Ingest.Monitoring;
using Copilot.Store;
using Copilot.Store.Retention;
using Copilot.Telemetry.Spans;

namespace Copilot.Web.Api;

/// <summary><c>GET /api/v1/status</c>: how the intake and the store are doing. 200 also where the store cannot be reached: that is what it
/// says then.</summary>
public static class StatusEndpoint
{
    public static IEndpointRouteBuilder MapStatus(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/api/v1/status", ReadAsync);
        return endpoints;
    }

    private static async Task<IResult> ReadAsync(
        IngestMonitor monitor,
        StoreStatusReads reads,
        CopilotDatabase database,
        CancellationToken cancellationToken
    )
    {
        var intake = monitor.Read();
        StoreStatus? store = null;
        string? unreachable = null;
        try
        {
            store = await reads.ReadAsync(cancellationToken);
        }
        catch (StoreException failure)
        {
            unreachable = failure.Message;
        }

        return Results.Ok(
            new
            {
                version = OwnService.Version,
                since = intake.Since,
                lastReceived = intake.LastReceived,
                pendingItems = intake.PendingItems,
                bodyBytes = intake.BodyBytes,
                keptShare = intake.KeptShare,
                signals = intake.Signals.ToDictionary(static entry => entry.Key.ToString().ToLowerInvariant(), static entry => entry.Value),
                refused = intake.Refused,
                mistakes = intake.Mistakes,
                storeReachable = store is not null,
                storeProblem = unreachable,
                storeRestarts = intake.StoreRestarts,
                store,
                lastTrouble = database.Failures.Last,
            }
        );
    }
}
