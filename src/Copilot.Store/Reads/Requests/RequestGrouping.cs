using Copilot.Store.Reads.Filters;

namespace Copilot.Store.Reads.Requests;

/// <summary>What requests are grouped by.</summary>
public sealed record RequestGrouping
{
    public static RequestGrouping ByService { get; } = new() { Service = true };

    public static RequestGrouping ByOperation { get; } = new() { Service = true, Operation = true };

    public bool Service { get; private init; }

    public bool Operation { get; private init; }

    public AttributeScope Scope { get; private init; }

    public string? Attribute { get; private init; }

    public static RequestGrouping ByAttribute(string key, AttributeScope scope = AttributeScope.Any) => new() { Attribute = key, Scope = scope };
}
