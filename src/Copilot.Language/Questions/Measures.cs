namespace Copilot.Language.Questions;

/// <summary>A number that requests, traces, spans or logs have.</summary>
public enum Measure
{
    ErrorRate,
    RequestCount,
    FailedCount,
    Throughput,
    MeanLatency,
    P50,
    P90,
    P95,
    P99,
    Max,
    Min,
    TraceCount,
    SpanCount,
    LogCount,

    /// <summary>Which part of the requests fulfils <see cref="QuestionPlan.ShareOf"/>, 0 to 1.</summary>
    Share,
}

/// <summary>The names and units of the measures, as the ask API writes them.</summary>
public static class Measures
{
    public static string Name(this Measure measure) =>
        measure switch
        {
            Measure.ErrorRate => "error_rate",
            Measure.RequestCount => "request_count",
            Measure.FailedCount => "failed_count",
            Measure.Throughput => "throughput",
            Measure.MeanLatency => "mean_latency",
            Measure.P50 => "p50",
            Measure.P90 => "p90",
            Measure.P95 => "p95",
            Measure.P99 => "p99",
            Measure.Max => "max",
            Measure.Min => "min",
            Measure.TraceCount => "trace_count",
            Measure.SpanCount => "span_count",
            Measure.LogCount => "log_count",
            Measure.Share => "share",
            _ => throw new ArgumentOutOfRangeException(nameof(measure)),
        };

    /// <summary><c>1</c>, <c>ms</c>, <c>count</c> or <c>req/s</c>.</summary>
    public static string Unit(this Measure measure) =>
        measure switch
        {
            Measure.ErrorRate or Measure.Share => "1",
            Measure.Throughput => "req/s",
            _ when measure.IsLatency() => "ms",
            _ => "count",
        };

    public static bool IsLatency(this Measure measure) =>
        measure is Measure.MeanLatency or Measure.P50 or Measure.P90 or Measure.P95 or Measure.P99 or Measure.Max or Measure.Min;

    /// <summary>The quantile of a percentile, 0 to 1; null for what is none.</summary>
    public static double? Quantile(this Measure measure) =>
        measure switch
        {
            Measure.P50 => 0.5,
            Measure.P90 => 0.9,
            Measure.P95 => 0.95,
            Measure.P99 => 0.99,
            _ => null,
        };
}
