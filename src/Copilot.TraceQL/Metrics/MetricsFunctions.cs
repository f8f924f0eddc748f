namespace Copilot.TraceQL.Metrics;

/// <summary>How the metrics functions are written and what they take.</summary>
public static class MetricsFunctions
{
    private static readonly Dictionary<string, MetricsFunctionKind> ByName = Enum.GetValues<MetricsFunctionKind>().ToDictionary(Written);

    public static IReadOnlyCollection<string> AllNames => ByName.Keys;

    public static string Written(this MetricsFunctionKind kind) => kind switch
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
