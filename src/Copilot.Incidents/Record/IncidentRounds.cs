using Copilot.Store.Server;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Copilot.Incidents.Record;

/// <summary>Looks at the open incidents again and again, at one of the instances: what their rooms are to be told.</summary>
internal sealed class IncidentRounds(
    IncidentInvestigations investigations,
    IncidentReminders reminders,
    InstanceLead lead,
    TimeProvider time,
    ILogger<IncidentRounds> log
) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                await LookAsync(stoppingToken);
                await Task.Delay(NewsThresholds.Pause, time, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The app stops.
        }
    }

    private async Task LookAsync(CancellationToken stoppingToken)
    {
        await TriedAsync(() => investigations.RunAsync(stoppingToken), stoppingToken);
        await TriedAsync(() => reminders.RunAsync(stoppingToken), stoppingToken);
    }

    private async Task TriedAsync(Func<Task> round, CancellationToken stoppingToken)
    {
        try
        {
            if (await lead.HoldsAsync(stoppingToken))
                await round();
        }
#pragma warning disable CA1031 // Whatever one look meets must not end the rounds.
        catch (Exception e) when (e is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            log.LogWarning(e, "The open incidents' rooms could not be told what is new; trying again");
        }
    }
}
