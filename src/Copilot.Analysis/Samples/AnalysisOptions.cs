using Copilot.Analysis.Thresholds;

namespace Copilot.Analysis.Samples;

/// <summary>
/// What a measurement may turn in one run of the analysis: four of the thresholds, and each signal, to see what it is worth. All
/// thresholds, these four's usual values among them, are in <c>Thresholds</c> with their units, reasons and what set them.
/// </summary>
public sealed record AnalysisOptions
{
    public static AnalysisOptions Default { get; } = new();

    /// <inheritdoc cref="SlownessThresholds.Factor"/>
    public double SlowFactor { get; init; } = SlownessThresholds.Factor;

    /// <inheritdoc cref="SlownessThresholds.FloorMs"/>
    public double SlowFloorMs { get; init; } = SlownessThresholds.FloorMs;

    /// <inheritdoc cref="SlownessThresholds.Surprise"/>
    public double Surprise { get; init; } = SlownessThresholds.Surprise;

    /// <inheritdoc cref="ResourceThresholds.StrainFactor"/>
    public double StrainFactor { get; init; } = ResourceThresholds.StrainFactor;

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
