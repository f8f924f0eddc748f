using Microsoft.EntityFrameworkCore;

namespace Copilot.Store.Incidents;

/// <summary>Takes deliveries in once, and hands each to one worker at a time.</summary>
public static class DeliveryClaims
{
    // Senders repeat within minutes; a day is far more than enough.
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(1);

    /// <summary>False where it was taken before.</summary>
    public static async Task<bool> TakeDeliveryAsync(
        this CopilotContext context, string source, string key, string kind, string body, DateTimeOffset now, CancellationToken cancellation)
    {
        await context.Database.ExecuteSqlAsync(
            $"delete from deliveries where received_at < {now - Remembered} and state in ('done', 'failed')", cancellation);
        return await context.Database.ExecuteSqlAsync(
            $"""
            insert into deliveries (source, key, kind, body, received_at, not_before) values ({source}, {key}, {kind}, {body}, {now}, {now})
            on conflict do nothing
            """,
            cancellation) == 1;
    }

    /// <summary>The next one that is due, now running under a lease; null where none is.</summary>
    public static async Task<DeliveryRow?> ClaimDeliveryAsync(
        this CopilotContext context, string source, string holder, DateTimeOffset now, TimeSpan lease, CancellationToken cancellation)
    {
        var until = now + lease;
        var rows = await context.Set<DeliveryRow>().FromSql(
            $"""
            update deliveries set state = 'running', attempts = attempts + 1, lease_until = {until}, lease_holder = {holder}
            where id = (
                select id from deliveries
                where source = {source} and ((state = 'waiting' and not_before <= {now}) or (state = 'running' and lease_until < {now}))
                order by id limit 1
                for update skip locked)
            returning *
            """).AsNoTracking().ToListAsync(cancellation);
        return rows.Count == 0 ? null : rows[0];
    }
}
