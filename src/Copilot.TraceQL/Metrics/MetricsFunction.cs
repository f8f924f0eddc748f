using Copilot.TraceQL.Fields;

namespace Copilot.TraceQL.Metrics;

/// <summary>A metrics function with its arguments.</summary>
public sealed record MetricsFunction(MetricsFunctionKind Kind)
{
    public SourceSpan At { get; init; }

    /// <summary>The attribute or intrinsic measured, where the function takes one.</summary>
    public FieldExpression? Field { get; init; }

    /// <summary>What measured values are multiplied by: durations are measured in nanoseconds and answered in seconds.</summary>
    public double Scale => Field is IntrinsicReference { Intrinsic: var intrinsic } && intrinsic.Type() == ValueType.Duration ? 1e-9 : 1;

    /// <summary>The quantiles of <c>quantile_over_time</c>, each from 0 to 1.</summary>
    public EquatableList<double> Quantiles { get; init; } = [];

    public EquatableList<FieldExpression> By { get; init; } = [];

    /// <summary>The arguments of <c>compare</c>, and of it alone.</summary>
    public CompareArguments? Compare { get; init; }
}
