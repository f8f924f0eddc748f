using Copilot.Demo.Shop;

namespace Copilot.Demo.Faults;

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
