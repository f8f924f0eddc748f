using Copilot.Store;
using Copilot.Store.Incidents;
using Microsoft.EntityFrameworkCore;

namespace Copilot.Incidents.Deliveries;

/// <summary>Deliveries in Postgres.</summary>
internal sealed class DeliveryDesk(IDbContextFactory<CopilotContext> contexts, TimeProvider time) : IDeliveries
{
    // Longer than a question with a slow model takes; the dead of this machine are found at once.
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);

    public async Task<bool> TakeAsync(string source, string key, string kind, string body, CancellationToken cancellation)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        return await context.TakeDeliveryAsync(source, key, kind, body, time.GetUtcNow(), cancellation);
    }

    public async Task<Delivery?> NextAsync(string source, CancellationToken cancellation)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        return await context.ClaimDeliveryAsync(source, LeaseHolder.Own, time.GetUtcNow(), Lease, cancellation) is { } row
            ? new Delivery(row.Id, row.Key, row.Kind, row.Body, row.ReceivedAt, row.Attempts, row.Progress) : null;
    }

    public async Task NoteAsync(Delivery delivery, string progress, CancellationToken cancellation)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        await Mine(context, delivery).ExecuteUpdateAsync(row => row.SetProperty(r => r.Progress, progress), cancellation);
    }

    public async Task DoneAsync(Delivery delivery, CancellationToken cancellation)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        // What people wrote is not kept longer than it is needed.
        await Mine(context, delivery).ExecuteUpdateAsync(row => row.SetProperty(r => r.State, "done").SetProperty(r => r.Body, ""), cancellation);
    }

    public async Task FailedAsync(Delivery delivery, string error, TimeSpan? again, CancellationToken cancellation)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        var notBefore = time.GetUtcNow() + (again ?? TimeSpan.Zero);
        await Mine(context, delivery).ExecuteUpdateAsync(
            row => row.SetProperty(r => r.State, again is null ? "failed" : "waiting").SetProperty(r => r.NotBefore, notBefore).SetProperty(r => r.Error, error), cancellation);
    }

    public async Task ReleaseOfTheDeadAsync(string source, CancellationToken cancellation)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        var now = time.GetUtcNow();
        var running = await context.Set<DeliveryRow>().AsNoTracking().Where(row => row.Source == source && row.State == "running" && row.LeaseUntil > now).ToListAsync(cancellation);
        foreach (var held in running.Where(row => row.LeaseHolder is { } other && LeaseHolder.IsDead(other)))
        {
            await context.Set<DeliveryRow>().Where(row => row.Id == held.Id && row.LeaseHolder == held.LeaseHolder)
                .ExecuteUpdateAsync(row => row.SetProperty(r => r.LeaseUntil, now.AddSeconds(-1)), cancellation);
        }
    }

    private static IQueryable<DeliveryRow> Mine(CopilotContext context, Delivery delivery) =>
        context.Set<DeliveryRow>().Where(row => row.Id == delivery.Id && row.LeaseHolder == LeaseHolder.Own);
}
