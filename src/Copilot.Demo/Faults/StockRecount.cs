using Copilot.Demo.Shop;

namespace Copilot.Demo.Faults;

/// <summary>A maintenance job that holds row locks, so that reservations wait for the database.</summary>
internal sealed record StockRecount() : Fault("slow database")
{
    public override ShopChange Begin { get; } =
        new("stock", "config", "Start stock recount job (locks rows in batches of 20,000)", "tomasz.wrona@alpine.example");

    public override ShopChange End { get; } =
        new("stock", "config", "Stop stock recount job", "tomasz.wrona@alpine.example");

    public override double Slow(ServingPod pod, Step step, double milliseconds, Random random) =>
        pod.Service.Name == "stock" && step is Query { Statement: var sql } && sql.StartsWith("UPDATE", StringComparison.Ordinal)
            ? milliseconds + 250 + random.NextDouble() * 700
            : milliseconds;
}
