using Copilot.TraceQL.Spansets;

namespace Copilot.TraceQL.Metrics;

/// <summary>A pipeline and the metrics function over its spans: <c>{ } | rate() by (name)</c>.</summary>
public sealed record MetricsQuery : MetricsExpression
{
    public MetricsQuery(Pipeline source, MetricsFunction function)
    {
        Source = source;
        Function = function;
        At = source.At.To(function.At);
        Depth = 1 + source.Depth;
    }

    public Pipeline Source { get; }

    public MetricsFunction Function { get; }
}
