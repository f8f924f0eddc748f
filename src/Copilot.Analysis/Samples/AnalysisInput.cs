using Copilot.Telemetry.Records;
using Copilot.Telemetry.Spans;

namespace Copilot.Analysis.Samples;

/// <summary>Everything a cause is looked for in: the bad window and what good looks like.</summary>
public sealed record AnalysisInput
{
    public required NameTable Names { get; init; }

    public required TelemetrySample Bad { get; init; }

    /// <summary>Known good windows, one sample each; none means that nothing can be compared.</summary>
    public required IReadOnlyList<TelemetrySample> Baselines { get; init; }

    public IReadOnlyList<ResourceSeries> Resources { get; init; } = [];

    public SampleAttributes Attributes { get; init; } = SampleAttributes.None;

    public IReadOnlyList<Change> Changes { get; init; } = [];

    /// <summary>Addresses of peers that send no spans, with the names they are known by in the catalogue.</summary>
    public IReadOnlyDictionary<string, string> PeerNames { get; init; } = new Dictionary<string, string>();

    public AnalysisOptions Options { get; init; } = AnalysisOptions.Default;
}

/// <summary>All requests to a service in a window, counted; a sample could only estimate them.</summary>
/// <param name="Requests">How many.</param>
/// <param name="Failed">How many of them failed.</param>
/// <param name="Durations">How long they took.</param>
public sealed record ServiceCount(long Requests, long Failed, DurationHistogram Durations);

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
