using Copilot.Store;
using Copilot.Store.Access;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Copilot.Access.Audit;

/// <summary>Configuration section "AuditLog".</summary>
public sealed record AuditLogOptions
{
    public TimeSpan KeepFor { get; init; } = TimeSpan.FromDays(400);
}

/// <summary>Takes the oldest entries once they have been kept long enough, and says in the anchor where the rest begins.</summary>
public sealed class AuditUpkeep(
    IDbContextFactory<CopilotContext> contexts,
    AuditLogOptions options,
    TimeProvider time,
    ILogger<AuditUpkeep> logger
) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromHours(1);

    /// <summary>Returns how many entries went.</summary>
    public async Task<int> ForgetAsync(CancellationToken cancellationToken)
    {
        var before = time.GetUtcNow() - options.KeepFor;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        // The first that stays ends it, so that what goes is the beginning of the chain whatever the clocks of instances said.
        var stays = await context
            .Set<AuditEntryRow>()
            .Where(row => row.At >= before)
            .OrderBy(row => row.Seq)
            .Select(row => (long?)row.Seq)
            .FirstOrDefaultAsync(cancellationToken);
        var last = await context
            .Set<AuditEntryRow>()
            .AsNoTracking()
            .Where(row => stays == null || row.Seq < stays)
            .OrderByDescending(row => row.Seq)
            .FirstOrDefaultAsync(cancellationToken);
        if (last is null)
            return 0;
        await context.Database.ExecuteSqlAsync($"set local copilot.audit_retention = 'on'", cancellationToken);
        var gone = await context.Set<AuditEntryRow>().Where(row => row.Seq <= last.Seq).ExecuteDeleteAsync(cancellationToken);
        await context
            .Set<AuditAnchorRow>()
            .ExecuteUpdateAsync(
                row =>
                    row.SetProperty(anchor => anchor.Seq, last.Seq)
                        .SetProperty(anchor => anchor.Hash, last.Hash)
                        .SetProperty(anchor => anchor.Until, last.At),
                cancellationToken
            );
        await transaction.CommitAsync(cancellationToken);
        return gone;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, time);
        do
        {
            try
            {
                await ForgetAsync(stoppingToken);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                logger.LogWarning(failure, "Old entries of the audit log could not be dropped; it is tried again in an hour.");
            }
        } while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
