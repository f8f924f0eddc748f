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

    public IReadOnlyList<ChangeRecord> Changes { get; init; } = [];

    /// <summary>Addresses of peers that send no spans, with the names they are known by in the catalogue.</summary>
    public IReadOnlyDictionary<string, string> PeerNames { get; init; } = new Dictionary<string, string>();

    public AnalysisOptions Options { get; init; } = AnalysisOptions.Default;
}
