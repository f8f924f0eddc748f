namespace Copilot.Demo.Shop;

/// <summary>One operation of a service: its span name and what it does.</summary>
internal sealed record ShopOperation(string Name, params Step[] Steps);
