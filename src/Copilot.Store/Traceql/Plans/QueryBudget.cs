namespace Copilot.Store.Traceql;

/// <summary>How much a query may cost. Bound from the section <c>Store:Queries</c>.</summary>
public sealed record QueryBudget
{
    /// <summary>How many spans a query may read; about a million a second on one core.</summary>
    public long MaxSpans { get; init; } = 30_000_000;
}
