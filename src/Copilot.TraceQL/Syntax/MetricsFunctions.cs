namespace Copilot.TraceQL.Syntax;

/// <summary>A metrics function with its arguments.</summary>
public sealed record MetricsFunction(MetricsFunctionKind Kind)
{
    public SourceSpan At { get; init; }

    /// <summary>The attribute or intrinsic measured, where the function takes one.</summary>
    public FieldExpression? Field { get; init; }

    /// <summary>What measured values are multiplied by: durations are measured in nanoseconds and answered in seconds.</summary>
    public double Scale => Field is IntrinsicReference { Intrinsic: var intrinsic } && intrinsic.Type() == TraceQlType.Duration ? 1e-9 : 1;

    /// <summary>The quantiles of <c>quantile_over_time</c>, each from 0 to 1.</summary>
    public EquatableList<double> Quantiles { get; init; } = [];

    public EquatableList<FieldExpression> By { get; init; } = [];

    /// <summary>The arguments of <c>compare</c>, and of it alone.</summary>
    public CompareArguments? Compare { get; init; }
}

/// <summary>The metrics functions.</summary>
public enum MetricsFunctionKind
{
    Rate,
    CountOverTime,
    MinOverTime,
    MaxOverTime,
    AvgOverTime,
    SumOverTime,
    QuantileOverTime,
    HistogramOverTime,
    Compare,
}

/// <summary>How the metrics functions are written and what they take.</summary>
public static class MetricsFunctions
{
    private static readonly Dictionary<string, MetricsFunctionKind> ByName = Enum.GetValues<MetricsFunctionKind>().ToDictionary(Written);

    public static IReadOnlyCollection<string> AllNames => ByName.Keys;

    public static string Written(this MetricsFunctionKind kind) =>
        kind switch
        {
            MetricsFunctionKind.Rate => "rate",
            MetricsFunctionKind.CountOverTime => "count_over_time",
            MetricsFunctionKind.MinOverTime => "min_over_time",
            MetricsFunctionKind.MaxOverTime => "max_over_time",
            MetricsFunctionKind.AvgOverTime => "avg_over_time",
            MetricsFunctionKind.SumOverTime => "sum_over_time",
            MetricsFunctionKind.QuantileOverTime => "quantile_over_time",
            MetricsFunctionKind.HistogramOverTime => "histogram_over_time",
            _ => "compare",
        };

    public static bool TakesField(this MetricsFunctionKind kind) =>
        kind is >= MetricsFunctionKind.MinOverTime and <= MetricsFunctionKind.HistogramOverTime;

    internal static bool TryParse(string name, out MetricsFunctionKind kind) => ByName.TryGetValue(name, out kind);
}

/// <summary>
/// <c>compare({selection}, topN, start, end)</c>: the spans that the selection picks against the rest,
/// by the values of their attributes; start and end are Unix nanoseconds that bound the selection.
/// </summary>
public sealed record CompareArguments(SpansetFilter Selection, int TopN = 10, long? StartNanoseconds = null, long? EndNanoseconds = null);
