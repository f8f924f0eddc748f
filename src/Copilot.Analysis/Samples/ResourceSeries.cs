namespace Copilot.Analysis.Samples;

/// <summary>One metric of one pod or host over the time around the window. Cumulative sums come as rates.</summary>
public sealed record ResourceSeries
{
    public required string Service { get; init; }

    public string? Instance { get; init; }

    /// <summary>The metric's name, with the attribute values that tell its series apart appended.</summary>
    public required string Metric { get; init; }

    public string Unit { get; init; } = "";

    /// <summary>In order of time.</summary>
    public required IReadOnlyList<(long TimeNs, double Value)> Points { get; init; }
}
