namespace Copilot.TraceQL.Metrics;

/// <summary>Series and the second stages that thin them out: <c>… | topk(5) &gt; 10</c>.</summary>
public sealed record StagedMetrics : MetricsExpression
{
    public StagedMetrics(MetricsExpression source, EquatableList<MetricsStage> stages)
    {
        Source = source;
        Stages = stages;
        At = source.At;
        Depth = 1 + source.Depth;
    }

    public MetricsExpression Source { get; }

    public EquatableList<MetricsStage> Stages { get; }
}
