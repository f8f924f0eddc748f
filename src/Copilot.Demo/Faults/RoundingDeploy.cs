using Copilot.Demo.Shop;

namespace Copilot.Demo.Faults;

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
