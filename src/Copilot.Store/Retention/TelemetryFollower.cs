using Copilot.Store.AttributeIndexing;
using Copilot.Store.Rollups;
using Copilot.Store.Server;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Copilot.Store.Retention;

/// <summary>Everything that follows the intake at a distance: edges, the attribute index, compaction, partitions, distillation, retention.
/// A failed round is logged and tried again.</summary>
internal sealed class TelemetryFollower(
    CopilotDatabase database,
    EdgeMaintenance edges,
    AttributeIndexUpdater attributes,
    RollupCompaction compaction,
    TelemetryPartitions partitions,
    Distillation distillation,
    RetentionMaintenance retention,
    InstanceLead lead,
    TimeProvider time,
    ILogger<TelemetryFollower> logger
) : BackgroundService
{
    /// <summary>Retention counts in days: every few minutes is often enough.</summary>
    private const int RetentionRounds = 30;
    private static readonly TimeSpan _pause = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan _quiet = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan _settled = TimeSpan.FromMinutes(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(_pause, time);
        for (var round = 0; ; round++)
        {
            await TryAsync("partitions", () => partitions.MakeAheadAsync(stoppingToken), stoppingToken);
            await TryAsync("the store", () => FollowAsync(round, stoppingToken), stoppingToken);
            await timer.WaitForNextTickAsync(stoppingToken);
        }
    }

    /// <summary>One instance does; the others would wait for its locks.</summary>
    private async Task FollowAsync(int round, CancellationToken stoppingToken)
    {
        if (!await lead.HoldsAsync(stoppingToken))
            return;
        await TryAsync("edges", () => edges.RunAsync(_quiet, stoppingToken), stoppingToken);
        await TryAsync("the attribute index", () => attributes.RunAsync(complete: false, stoppingToken), stoppingToken);
        await TryAsync("rollups", () => compaction.RunAsync(_settled, stoppingToken), stoppingToken);
        await TryAsync("distillation", () => distillation.RunAsync(stoppingToken), stoppingToken);
        if (round % RetentionRounds == 0)
            await TryAsync("retention", () => retention.RunAsync(stoppingToken), stoppingToken);
    }

    private async Task TryAsync(string what, Func<Task> work, CancellationToken stoppingToken)
    {
        try
        {
            await work();
        }
        catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
        {
            database.Failures.Note(time.GetUtcNow(), $"The upkeep of {what} failed and is tried again: {exception.Message}");
            logger.LogWarning(exception, "The upkeep of {What} failed; it is tried again in a few seconds.", what);
        }
        catch (Exception) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping: what was begun is rolled back and begun again by the next process.
        }
    }
}
