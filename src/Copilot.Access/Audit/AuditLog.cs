using System.Threading.Channels;
using Copilot.Store;
using Copilot.Store.Access;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Copilot.Access.Audit;

/// <summary>Appends to the audit log. Entries of all instances form one chain: each batch is written under a lock of the
/// database.</summary>
public sealed class AuditLog(IDbContextFactory<CopilotContext> contexts, TimeProvider time, ILogger<AuditLog> logger) : BackgroundService
{
    private const int LongestText = 500;
    private const int Batch = 200;
    private const int MostWaiting = 10_000;

    /// <summary>"copilot", 4 in ASCII: beside the lock of migrations.</summary>
    private const long LockKey = 0x636f_7069_6c6f_7404;

    private readonly Channel<Waiting> _waiting = Channel.CreateBounded<Waiting>(MostWaiting);

    /// <summary>Returns once the entry is kept: what cannot be recorded is not done.</summary>
    public async Task RecordAsync(AuditEvent what, CancellationToken cancellationToken)
    {
        var written = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await _waiting.Writer.WriteAsync(new(what, time.GetUtcNow(), written), cancellationToken);
        await written.Task.WaitAsync(cancellationToken);
    }

    /// <summary>For what changes nothing: kept soon, and not waited for. Told in the log where it cannot be.</summary>
    public void Note(AuditEvent what)
    {
        if (!_waiting.Writer.TryWrite(new(what, time.GetUtcNow(), null)))
            logger.LogError("{Action} of {Actor} is not in the audit log: too many entries wait for the store.", what.Action, what.Actor);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        // What waits is written before the store goes, which was started earlier.
        _waiting.Writer.TryComplete();
        if (ExecuteTask is { } running)
            await running.WaitAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var batch = new List<Waiting>(Batch);
        while (await _waiting.Reader.WaitToReadAsync(CancellationToken.None))
        {
            batch.Clear();
            while (batch.Count < Batch && _waiting.Reader.TryRead(out var next))
                batch.Add(next);
            try
            {
                await WriteAsync(batch);
                batch.ForEach(entry => entry.Written?.TrySetResult());
            }
            catch (Exception failure)
            {
                batch.ForEach(entry => entry.Written?.TrySetException(failure));
                var lost = batch.Count(entry => entry.Written is null);
                logger.LogError(failure, "The audit log could not be written; {Lost} entries of what was looked at are lost.", lost);
            }
        }
    }

    private async Task WriteAsync(List<Waiting> batch)
    {
        await using var context = await contexts.CreateDbContextAsync();
        await using var transaction = await context.Database.BeginTransactionAsync();
        await context.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock({LockKey})");
        var last = await context
            .Set<AuditEntryRow>()
            .AsNoTracking()
            .OrderByDescending(row => row.Seq)
            .Select(row => new { row.Seq, row.Hash })
            .FirstOrDefaultAsync();
        last ??= await context.Set<AuditAnchorRow>().AsNoTracking().Select(row => new { row.Seq, row.Hash }).FirstAsync();
        var (seq, hash) = (last.Seq, Convert.ToHexStringLower(last.Hash));
        foreach (var waiting in batch)
        {
            var entry = AuditChain.Next(seq, hash, waiting.At, Kept(waiting.What));
            (seq, hash) = (entry.Seq, entry.Hash);
            context.Add(
                new AuditEntryRow
                {
                    Seq = entry.Seq,
                    At = entry.At,
                    Actor = entry.Actor,
                    Via = entry.Via,
                    Action = entry.Action,
                    Target = entry.Target,
                    Outcome = entry.Outcome,
                    Previous = Convert.FromHexString(entry.Previous),
                    Hash = Convert.FromHexString(entry.Hash),
                }
            );
        }

        await context.SaveChangesAsync();
        await transaction.CommitAsync();
    }

    private static AuditEvent Kept(AuditEvent what) =>
        new(Plain(what.Actor), Plain(what.Via), Plain(what.Action), Plain(what.Target), Plain(what.Outcome));

    /// <summary>As Postgres gives it back letter by letter, or the chain would not hold: no NUL, no half of a surrogate pair.</summary>
    private static string Plain(string text)
    {
        if (text.Length > LongestText)
            text = text[..LongestText];
        var whole = System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(text));
        return whole.Replace("\0", "", StringComparison.Ordinal);
    }

    private sealed record Waiting(AuditEvent What, DateTimeOffset At, TaskCompletionSource? Written);
}
