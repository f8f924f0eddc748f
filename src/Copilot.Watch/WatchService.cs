using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Copilot.Watch;

/// <summary>Looks once a minute. A look that fails is told in the log, and the next one comes all the same.</summary>
public sealed class WatchService(Watcher watcher, WatchOptions options, TimeProvider time, ILogger<WatchService> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Enabled)
            return;
        using var timer = new PeriodicTimer(TimeSpan.FromMinutes(1), time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                await LookAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The app stops.
        }
    }

    private async Task LookAsync(CancellationToken stoppingToken)
    {
        try
        {
            await watcher.LookAsync(time.GetUtcNow(), stoppingToken);
        }
#pragma warning disable CA1031 // Whatever one look meets must not end the watch.
        catch (Exception e) when (e is not OperationCanceledException)
#pragma warning restore CA1031
        {
            log.LogWarning(e, "This minute could not be watched: {Reason} The next one will be.", e.Message);
        }
    }
}
