using Copilot.Store;
using Microsoft.EntityFrameworkCore;

namespace Copilot.Incidents.Outbox;

/// <summary>Threads in Postgres.</summary>
internal sealed class ThreadStore(IDbContextFactory<CopilotContext> contexts, TimeProvider time) : IThreads
{
    public async Task<string?> ConversationOfAsync(string source, string thread, TimeSpan? within, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var since = within is { } recent ? time.GetUtcNow() - recent : DateTimeOffset.UnixEpoch;
        var known = await context
            .Database.SqlQuery<string>(
                $"select conversation_id from threads where source = {source} and thread = {thread} and used_at > {since}"
            )
            .ToListAsync(cancellationToken);
        return known is [var conversation] ? conversation : null;
    }

    public async Task KeepAsync(string source, string thread, string conversationId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var now = time.GetUtcNow();
        await context.Database.ExecuteSqlAsync(
            $"""
            insert into threads (source, thread, conversation_id, used_at) values ({source}, {thread}, {conversationId}, {now})
            on conflict (source, thread) do update set conversation_id = excluded.conversation_id, used_at = excluded.used_at
            """,
            cancellationToken
        );
        await context.Database.ExecuteSqlAsync(
            $"delete from threads where used_at < {now - OutboxThresholds.ThreadsKept}",
            cancellationToken
        );
    }
}

/// <summary>Which conversation a thread outside continues, across restarts.</summary>
public interface IThreads
{
    /// <param name="within">Only where something was asked in it no longer ago; null for whenever.</param>
    /// <returns>Null for a thread in which nothing was asked yet.</returns>
    Task<string?> ConversationOfAsync(string source, string thread, TimeSpan? within, CancellationToken cancellationToken);

    Task KeepAsync(string source, string thread, string conversationId, CancellationToken cancellationToken);
}
