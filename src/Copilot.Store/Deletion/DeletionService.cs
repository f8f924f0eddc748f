using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Copilot.Store.Deletion;

/// <summary>Does the deletions that were asked for, at whichever instance. What fails is told, logged and tried again.</summary>
internal sealed class DeletionService(CopilotDatabase database, Deletions deletions, TimeProvider time, ILogger<DeletionService> logger)
    : BackgroundService
{
    /// <summary>One that was asked for at an instance that died is noticed within this time.</summary>
    private static readonly TimeSpan _pause = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                try
                {
                    await deletions.RunAsync(stoppingToken);
                }
                catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
                {
                    database.Failures.Note(time.GetUtcNow(), $"A deletion failed and is tried again: {failure.Message}");
                    logger.LogWarning(failure, "A deletion failed; it is tried again in a few seconds.");
                }

                await deletions.WaitAsync(_pause, stoppingToken);
            }
        }
        catch (Exception) when (stoppingToken.IsCancellationRequested)
        {
            // What was under way is rolled back and goes on at the next start, or at another instance.
        }
    }
}
