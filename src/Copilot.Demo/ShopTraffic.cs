namespace Copilot.Demo;

/// <summary>Customers: calm past first, so that there is something to compare with, then the present.</summary>
internal sealed class ShopTraffic(
    Fleet fleet,
    ShopPublisher publisher,
    Schedule schedule,
    TimeProvider time,
    double requestsPerSecond,
    Random random
)
{
    /// <summary>A question's usual window and the one before it that it is compared with.</summary>
    public static readonly TimeSpan UsualPast = TimeSpan.FromMinutes(35);
    private static readonly string[] Searches =
    [
        "rope 60m",
        "down jacket",
        "crampons",
        "gaiters",
        "trail shoes 43",
        "headlamp",
        "ice axe",
        "climbing helmet",
    ];

    /// <summary>How many past requests go between two flushes: fewer spans than the SDK's queue holds for any one pod.</summary>
    private const int FlushEvery = 150;

    /// <summary>The past up to the present: sending takes a while, and a gap before the present would look like traffic that
    /// grew.</summary>
    /// <param name="past">How much of it; nothing goes wrong in it.</param>
    /// <returns>When the next customer comes.</returns>
    public DateTimeOffset SendPast(TimeSpan past, CancellationToken cancellationToken)
    {
        var count = 0;
        var at = time.GetUtcNow() - past;
        for (; at < time.GetUtcNow() && !cancellationToken.IsCancellationRequested; at += Pause())
        {
            Send(null, at, present: false);
            if (++count % FlushEvery == 0)
                fleet.Flush();
        }

        fleet.Flush();
        return at;
    }

    public async Task SendPresentAsync(DateTimeOffset next, CancellationToken cancellationToken)
    {
        var started = time.GetUtcNow();
        Fault? current = null;
        while (!cancellationToken.IsCancellationRequested)
        {
            var now = time.GetUtcNow();
            var fault = schedule.At(now - started);
            if (!ReferenceEquals(fault, current))
            {
                await AnnounceAsync(current?.End, current?.Name, "is over", cancellationToken);
                await AnnounceAsync(fault?.Begin, fault?.Name, "begins", cancellationToken);
                current = fault;
            }

            for (; next <= now; next += Pause())
                Send(current, next, present: true);
            await Task.Delay(TimeSpan.FromMilliseconds(100), time, cancellationToken);
        }
    }

    private async Task AnnounceAsync(ShopChange? change, string? fault, string what, CancellationToken cancellationToken)
    {
        if (fault is not null)
            Console.WriteLine($"{time.GetLocalNow():HH:mm:ss}  {fault} {what}");
        if (change is not null)
            await publisher.ChangeAsync(change, time.GetUtcNow(), cancellationToken);
    }

    private void Send(Fault? fault, DateTimeOffset at, bool present)
    {
        var (serviceName, operationName, _) = Pick(AlpineShop.Entrances, e => e.Weight);
        var (currency, country, _) = Pick(AlpineShop.Customers, c => c.Weight);
        var customer = new Customer(currency, country, Searches[random.Next(Searches.Length)]);
        var service = AlpineShop.Services[serviceName];
        new RequestSimulation(fleet, fault, customer, random, present).Run(service, service.Operation(operationName), at);
    }

    /// <summary>The time to the next customer, as independent customers come.</summary>
    private TimeSpan Pause() => TimeSpan.FromSeconds(-Math.Log(1 - random.NextDouble()) / requestsPerSecond);

    private T Pick<T>(IReadOnlyList<T> items, Func<T, double> weight)
    {
        var at = random.NextDouble() * items.Sum(weight);
        foreach (var item in items)
        {
            at -= weight(item);
            if (at < 0)
                return item;
        }

        return items[^1];
    }
}
