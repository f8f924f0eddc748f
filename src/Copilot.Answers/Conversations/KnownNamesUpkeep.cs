using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Copilot.Answers.Conversations;

/// <summary>Reads new names beside the questions, so that none of them has much to read.</summary>
internal sealed class KnownNamesUpkeep(KnownNamesLoader names, TimeProvider time, ILogger<KnownNamesUpkeep> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        var renewedAt = time.GetUtcNow();
        using var timer = new PeriodicTimer(ConversationThresholds.NamesReadEvery, time);
        do
        {
            try
            {
                var due = time.GetUtcNow() - renewedAt >= ConversationThresholds.NamesReadWhole;
                await (due ? names.RenewAsync() : names.RefreshAsync()).WaitAsync(stoppingToken);
                if (due)
                    renewedAt = time.GetUtcNow();
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                logger.LogWarning("New names could not be read and are tried again in a second: {Reason}", failure.Message);
            }
        } while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
