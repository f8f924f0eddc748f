using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Copilot.Agent.Audit;

/// <summary>Closes at the start what an earlier process left open, and forgets old records once an hour.</summary>
internal sealed class AuditRetention(ModelAudit audit, TimeProvider time, ILogger<AuditRetention> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromHours(1);

    // Another process on the same store that is still answering writes the true outcome over this in the end.
    private readonly DateTimeOffset start = time.GetUtcNow();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, time);
        do
        {
            try
            {
                await audit.CloseInterruptedAsync(start, stoppingToken);
                await audit.ForgetAsync(stoppingToken);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                logger.LogWarning(failure, "Old records of what left for a model could not be closed or dropped; it is tried again in an hour.");
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
