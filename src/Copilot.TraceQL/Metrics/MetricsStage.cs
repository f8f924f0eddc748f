namespace Copilot.TraceQL.Metrics;

/// <summary>A second stage: <see cref="RankStage"/> or <see cref="ThresholdStage"/>.</summary>
public abstract record MetricsStage
{
    public SourceSpan At { get; init; }
}
