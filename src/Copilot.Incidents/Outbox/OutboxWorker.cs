using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Copilot.Incidents.Outbox;

/// <summary>Works the outbox off: at once when told of new steps, and every second for what waits or was left behind by a crash.</summary>
internal sealed class OutboxWorker(Outbox outbox, IncidentChanges changes, TimeProvider time, ILogger<OutboxWorker> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                // Another instance of this machine may have died as well as the process before this one.
                await outbox.ReleaseOfTheDeadAsync(stoppingToken);
                while (await outbox.RunOneAsync(stoppingToken)) { }

                await changes.WaitForWorkAsync(OutboxThresholds.WorkerPause, time, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                // The database may be away for a while; the steps are safe in it.
                log.LogError(e, "The outbox could not be worked off; trying again");
                await Task.Delay(OutboxThresholds.WorkerPause, time, stoppingToken);
            }
        }
    }
}
