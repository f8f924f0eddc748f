using Copilot.Store;
using Microsoft.EntityFrameworkCore;

namespace Copilot.Incidents.Deliveries;

/// <summary>Threads in Postgres.</summary>
internal sealed class ThreadDesk(IDbContextFactory<CopilotContext> contexts, TimeProvider time) : IThreads
{
    /// <summary>A thread that nobody wrote in for so long begins anew.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromDays(90);

    public async Task<string?> ConversationOfAsync(string source, string thread, CancellationToken cancellation)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        var known = await context.Database.SqlQuery<string>($"select conversation_id from threads where source = {source} and thread = {thread}").ToListAsync(cancellation);
        return known is [var conversation] ? conversation : null;
    }

    public async Task KeepAsync(string source, string thread, string conversationId, CancellationToken cancellation)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        var now = time.GetUtcNow();
        await context.Database.ExecuteSqlAsync(
            $"""
            insert into threads (source, thread, conversation_id, used_at) values ({source}, {thread}, {conversationId}, {now})
            on conflict (source, thread) do update set conversation_id = excluded.conversation_id, used_at = excluded.used_at
            """,
            cancellation);
        await context.Database.ExecuteSqlAsync($"delete from threads where used_at < {now - Kept}", cancellation);
    }
}
