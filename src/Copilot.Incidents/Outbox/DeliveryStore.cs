using Copilot.Store;
using Copilot.Store.Incidents;
using Microsoft.EntityFrameworkCore;

namespace Copilot.Incidents.Outbox;

/// <summary>Deliveries in Postgres.</summary>
internal sealed class DeliveryStore(IDbContextFactory<CopilotContext> contexts, TimeProvider time) : IDeliveries
{
    public async Task<bool> TakeAsync(string source, string key, string kind, string body, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.TakeDeliveryAsync(source, key, kind, body, time.GetUtcNow(), cancellationToken);
    }

    public async Task<Delivery?> NextAsync(string source, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return
            await context.ClaimDeliveryAsync(source, LeaseHolder.Own, time.GetUtcNow(), OutboxThresholds.DeliveryLease, cancellationToken)
                is { } row
            ? new Delivery(row.Id, row.Key, row.Kind, row.Body, row.ReceivedAt, row.Attempts)
            : null;
    }

    public async Task DoneAsync(Delivery delivery, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        // What people wrote is not kept longer than it is needed.
        await Mine(context, delivery)
            .ExecuteUpdateAsync(row => row.SetProperty(r => r.State, DeliveryState.Done).SetProperty(r => r.Body, ""), cancellationToken);
    }

    public async Task FailedAsync(Delivery delivery, string error, TimeSpan? again, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var notBefore = time.GetUtcNow() + (again ?? TimeSpan.Zero);
        await Mine(context, delivery)
            .ExecuteUpdateAsync(
                row =>
                    row.SetProperty(r => r.State, again is null ? DeliveryState.Failed : DeliveryState.Waiting)
                        .SetProperty(r => r.NotBefore, notBefore)
                        .SetProperty(r => r.Error, error),
                cancellationToken
            );
    }

    public async Task ReleaseOfTheDeadAsync(string source, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var now = time.GetUtcNow();
        var running = await context
            .Set<DeliveryRow>()
            .AsNoTracking()
            .Where(row => row.Source == source && row.State == DeliveryState.Running && row.LeaseUntil > now)
            .ToListAsync(cancellationToken);
        foreach (var held in running.Where(row => row.LeaseHolder is { } other && LeaseHolder.IsDead(other)))
        {
            await context
                .Set<DeliveryRow>()
                .Where(row => row.Id == held.Id && row.LeaseHolder == held.LeaseHolder)
                .ExecuteUpdateAsync(row => row.SetProperty(r => r.LeaseUntil, now.AddSeconds(-1)), cancellationToken);
        }
    }

    private static IQueryable<DeliveryRow> Mine(CopilotContext context, Delivery delivery) =>
        context.Set<DeliveryRow>().Where(row => row.Id == delivery.Id && row.LeaseHolder == LeaseHolder.Own);
}

/// <summary>Something that another system handed over and was told to be taken.</summary>
/// <param name="Attempts">How often it was taken up, this time included.</param>
public sealed record Delivery(long Id, string Key, string Kind, string Body, DateTimeOffset ReceivedAt, int Attempts)
{
    /// <summary>An earlier attempt was cut off; what it did outside is not known.</summary>
    public bool InDoubt => Attempts > 1;
}

/// <summary>
/// A queue in the database for what other systems send: what was taken is worked off once, across restarts, and what its sender repeats
/// is not taken again.
/// </summary>
public interface IDeliveries
{
    /// <summary>Safe when it returns. False where the same was taken before.</summary>
    Task<bool> TakeAsync(string source, string key, string kind, string body, CancellationToken cancellationToken);

    /// <summary>The next one that is due, for this process alone; null where none is.</summary>
    Task<Delivery?> NextAsync(string source, CancellationToken cancellationToken);

    Task DoneAsync(Delivery delivery, CancellationToken cancellationToken);

    /// <summary>It did not work. Taken up again after the pause; for good where that is null.</summary>
    Task FailedAsync(Delivery delivery, string error, TimeSpan? again, CancellationToken cancellationToken);

    /// <summary>Gives back what processes of this machine held when they died.</summary>
    Task ReleaseOfTheDeadAsync(string source, CancellationToken cancellationToken);
}
