using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Copilot.Store.Incidents;

/// <summary>Something that another system handed over and was acknowledged.</summary>
public sealed class DeliveryRow : LeasedRow
{
    public required string Source { get; init; }

    public required string Key { get; init; }

    public required string Kind { get; init; }

    /// <summary>As it came; empty once it is done.</summary>
    public required string Body { get; set; }

    public DateTimeOffset ReceivedAt { get; init; }

    public DeliveryState State { get; set; } = DeliveryState.Waiting;

    private sealed class Mapping : IEntityTypeConfiguration<DeliveryRow>
    {
        public void Configure(EntityTypeBuilder<DeliveryRow> builder)
        {
            builder.ToTable("deliveries");
            builder.HasKey(row => row.Id);
            builder.Property(row => row.Id).ValueGeneratedOnAdd();
            builder.Property(row => row.State).HasWords();
        }
    }
}

/// <summary>Takes deliveries in once, and hands each to one worker at a time.</summary>
public static class DeliveryClaims
{
    // Senders repeat within minutes; a day is far more than enough.
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(1);

    /// <summary>False where it was taken before.</summary>
    public static async Task<bool> TakeDeliveryAsync(
        this CopilotContext context,
        string source,
        string key,
        string kind,
        string body,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        await context.Database.ExecuteSqlAsync(
            $"delete from deliveries where received_at < {now - Remembered} and state in ('done', 'failed')",
            cancellationToken
        );
        return await context.Database.ExecuteSqlAsync(
                $"""
                insert into deliveries (source, key, kind, body, received_at, not_before)
                  values ({source}, {key}, {kind}, {body}, {now}, {now})
                on conflict do nothing
                """,
                cancellationToken
            ) == 1;
    }

    /// <summary>The next one that is due, now running under a lease; null where none is.</summary>
    public static async Task<DeliveryRow?> ClaimDeliveryAsync(
        this CopilotContext context,
        string source,
        string holder,
        DateTimeOffset now,
        TimeSpan lease,
        CancellationToken cancellationToken
    )
    {
        var until = now + lease;
        var rows = await context
            .Set<DeliveryRow>()
            .FromSql(
                $"""
                update deliveries set state = 'running', attempts = attempts + 1, lease_until = {until}, lease_holder = {holder}
                where id = (
                    select id from deliveries
                    where source = {source} and ((state = 'waiting' and not_before <= {now}) or (state = 'running' and lease_until < {now}))
                    order by id limit 1
                    for update skip locked)
                returning *
                """
            )
            .AsNoTracking()
            .ToListAsync(cancellationToken);
        return rows.Count == 0 ? null : rows[0];
    }
}
