namespace Copilot.TraceQL.Metrics;

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
