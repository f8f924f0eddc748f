using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Copilot.Access.Keys;

/// <summary>Has the ring filled before the first request, and looks every few seconds for what other instances made or revoked.</summary>
internal sealed class KeyUpkeep(KeyRing ring, TimeProvider time, ILogger<KeyUpkeep> logger) : BackgroundService
{
    /// <summary>As long as a key that was revoked at another instance goes on being good here.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await ring.ReadAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await ring.ReadAsync(stoppingToken);
                await ring.KeepUseAsync(stoppingToken);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                logger.LogWarning(failure, "The keys could not be read again; those that were known stay good, and it is tried again.");
            }
        }
    }
}
