using Copilot.Demo.Shop;

namespace Copilot.Demo.Faults;

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
