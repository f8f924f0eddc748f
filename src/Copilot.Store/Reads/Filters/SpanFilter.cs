namespace Copilot.Store.Reads.Filters;

/// <summary>Which spans a read counts. Everything given must hold; an empty list restricts nothing.</summary>
public sealed record SpanFilter
{
    public static SpanFilter All { get; } = new();

    /// <summary>Any of these services.</summary>
    public IReadOnlyList<string> Services { get; init; } = [];

    /// <summary>None of these services.</summary>
    public IReadOnlyList<string> ExceptServices { get; init; } = [];

    /// <summary>Any of these span names.</summary>
    public IReadOnlyList<string> Operations { get; init; } = [];

    /// <summary>All of these.</summary>
    public IReadOnlyList<SpanCondition> Conditions { get; init; } = [];

    public static SpanFilter OfService(string service) => new() { Services = [service] };
}
