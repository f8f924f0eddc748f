namespace Copilot.Analysis.Breakdowns;

/// <summary>One attribute with the values that set the bad requests apart, best first.</summary>
public sealed record Breakdown
{
    public required string Level { get; init; }

    public required string Attribute { get; init; }

    public required IReadOnlyList<BreakdownValue> Values { get; init; }
}
