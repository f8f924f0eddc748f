namespace Copilot.Demo.Shop;

/// <summary>One pretend service: who owns it, how many pods it runs, what it can do.</summary>
internal sealed record ShopService(string Name, string Version, int Pods, params ShopOperation[] Operations)
{
    public ShopOperation Operation(string name) =>
        Operations.FirstOrDefault(o => o.Name == name) ?? throw new InvalidOperationException($"{Name} has no operation '{name}'.");
}
