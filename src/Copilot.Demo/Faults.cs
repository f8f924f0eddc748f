namespace Copilot.Demo;

/// <summary>Something that goes wrong for a while. The simulated services ask it at each step; by default it changes nothing.</summary>
internal abstract record Fault(string Name)
{
    /// <summary>What the operator did just before it began; null where nobody did anything.</summary>
    public abstract ShopChange? Begin { get; }

    /// <summary>What put it right.</summary>
    public abstract ShopChange? End { get; }

    /// <summary>The version that a service runs while this lasts; null: its usual one.</summary>
    public virtual string? VersionOf(ShopService service) => null;

    /// <summary>How long a step takes now, in milliseconds.</summary>
    public virtual double Slow(ServingPod pod, Step step, double milliseconds, Random random) => milliseconds;

    /// <summary>Why this request fails in this pod now; null: it does not.</summary>
    public virtual ShopFailure? Fails(ServingPod pod, ShopOperation operation, Customer customer, Random random) => null;
}

/// <summary>One of the search pods serves from a damaged index file; its peers are well. Nobody changed anything.</summary>
internal sealed record BrokenIndexPod() : Fault("bad pod")
{
    public override ShopChange? Begin => null;

    public override ShopChange? End => null;

    public override ShopFailure? Fails(ServingPod pod, ShopOperation operation, Customer customer, Random random) =>
        pod is { Service.Name: "search", Number: 1 } && random.NextDouble() < 0.6
            ? new ShopFailure("IndexReadError", "segment 14: checksum mismatch")
            : null;
}

/// <summary>A deploy of payments that cannot charge in one currency.</summary>
internal sealed record RoundingDeploy() : Fault("bad deploy")
{
    private const string Before = "2.4.0";
    private const string After = "2.5.0";

    public override ShopChange Begin { get; } =
        new("payments", "deploy", "payments 2.5.0: round charges by currency", "ines.moreau@alpine.example", After, Before);

    public override ShopChange End { get; } =
        new("payments", "rollback", "Roll back payments to 2.4.0", "ines.moreau@alpine.example", Before, After);

    public override string? VersionOf(ShopService service) => service.Name == "payments" ? After : null;

    public override ShopFailure? Fails(ServingPod pod, ShopOperation operation, Customer customer, Random random) =>
        pod is { Service.Name: "payments", Version: After } && customer.Currency == "SEK" && random.NextDouble() < 0.85
            ? new ShopFailure("RoundingError", "no rounding rule for currency SEK")
            : null;
}

/// <summary>A maintenance job that holds row locks, so that reservations wait for the database.</summary>
internal sealed record StockRecount() : Fault("slow database")
{
    public override ShopChange Begin { get; } =
        new("stock", "config", "Start stock recount job (locks rows in batches of 20,000)", "tomasz.wrona@alpine.example");

    public override ShopChange End { get; } = new("stock", "config", "Stop stock recount job", "tomasz.wrona@alpine.example");

    public override double Slow(ServingPod pod, Step step, double milliseconds, Random random) =>
        pod.Service.Name == "stock" && step is Query { Statement: var sql } && sql.StartsWith("UPDATE", StringComparison.Ordinal)
            ? milliseconds + 250 + random.NextDouble() * 700
            : milliseconds;
}

/// <summary>Who makes a request.</summary>
internal readonly record struct Customer(string Currency, string Country, string SearchTerms);

/// <summary>The pod that serves a request: a service, its version there, and its number among its peers.</summary>
internal readonly record struct ServingPod(ShopService Service, string Version, int Number);

/// <summary>An exception that a pretend service throws: its type and message, as a real one would record them.</summary>
internal sealed record ShopFailure(string ExceptionType, string Message);

/// <summary>A deploy, rollback, flag flip or configuration change, as the changes API takes it.</summary>
internal sealed record ShopChange(
    string Service,
    string Kind,
    string Summary,
    string Author,
    string? Version = null,
    string? PreviousVersion = null
);
