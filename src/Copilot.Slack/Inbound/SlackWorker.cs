using Copilot.Incidents.Desk;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Copilot.Slack.Inbound;

/// <summary>Does what the inbox took, several things at a time, so that a long question does not keep a dialog from opening.</summary>
internal sealed class SlackWorker(SlackInbox inbox, IIncidents incidents, ILogger<SlackWorker> log) : BackgroundService
{
    private const int AtOnce = 16;

    private readonly SemaphoreSlim places = new(AtOnce, AtOnce);

    public override void Dispose()
    {
        places.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (var item in inbox.Work.ReadAllAsync(stoppingToken))
            {
                await places.WaitAsync(stoppingToken);
                _ = DoAsync(item, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The app stops.
        }
    }

    private async Task DoAsync(SlackWork item, CancellationToken cancellation)
    {
        try
        {
            if (item.Key is null || await incidents.TakeOnceAsync(item.Key, cancellation))
                await item.DoAsync(cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The app stops.
        }
        catch (Exception e)
        {
            log.LogError(e, "Something from Slack could not be answered");
        }
        finally
        {
            places.Release();
        }
    }
}
