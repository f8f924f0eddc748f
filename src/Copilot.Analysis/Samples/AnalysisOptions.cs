namespace Copilot.Analysis.Samples;

/// <summary>The few thresholds there are, each with its reason. Signals can be switched off to see what each is worth.</summary>
public sealed record AnalysisOptions
{
    public static AnalysisOptions Default { get; } = new();

    /// <summary>A part of a request is slow from this many times the 90th percentile of its baseline (the contract's "clearly
    /// worse").</summary>
    public double SlowFactor { get; init; } = 1.5;

    /// <summary>... and this much more, so that a millisecond becoming two is nothing.</summary>
    public double SlowFloorMs { get; init; } = 5;

    /// <summary>How surprising a difference must be to be looked at (one-sided, in standard deviations). To be ranked takes little; a
    /// verdict asks more.</summary>
    public double Surprise { get; init; } = 2;

    /// <summary>A resource counts as strained from this many times its usual value.</summary>
    public double StrainFactor { get; init; } = 1.8;

    public bool UseErrors { get; init; } = true;

    public bool UseLatency { get; init; } = true;

    public bool UseNetwork { get; init; } = true;

    public bool UseFlow { get; init; } = true;

    public bool UseLogs { get; init; } = true;

    public bool UseResources { get; init; } = true;

    public bool UseSilence { get; init; } = true;

    public bool UseTimeouts { get; init; } = true;

    public bool UseRetries { get; init; } = true;

    public bool UsePools { get; init; } = true;

    public bool UsePropagation { get; init; } = true;
}
