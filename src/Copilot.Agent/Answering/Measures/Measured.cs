using System.Globalization;
using Copilot.Agent.Questions;
using Copilot.Store.Reads.Requests;
using Copilot.Telemetry.Time;

namespace Copilot.Agent.Answering.Measures;

/// <summary>One measure out of the statistics of requests.</summary>
internal static class Measured
{
    /// <summary>Null where there were no requests to measure; a count is 0 then.</summary>
    public static double? Value(Measure measure, RequestStatistics statistics, TimeWindow window) => measure switch
    {
        Measure.ErrorRate => statistics.ErrorRate,
        Measure.RequestCount => statistics.Requests,
        Measure.FailedCount => statistics.Failed,
        Measure.Throughput => window.IsEmpty ? null : statistics.Requests / window.Seconds,
        Measure.MeanLatency => statistics.MeanMs,
        Measure.Max => statistics.MaxMs,
        Measure.Min => statistics.MinMs,
        Measure.P50 or Measure.P90 or Measure.P95 or Measure.P99 => statistics.Percentile(measure.Quantile()!.Value * 100),
        _ => throw new ArgumentOutOfRangeException(nameof(measure), measure, "Not a measure of requests."),
    };

    /// <summary>The measure as the second stage of a TraceQL metrics query.</summary>
    public static string TraceQl(Measure measure) => measure switch
    {
        Measure.ErrorRate => " | rate() by (status)",
        Measure.RequestCount or Measure.SpanCount or Measure.TraceCount => " | count_over_time()",
        Measure.FailedCount => " | count_over_time() by (status)",
        Measure.Throughput => " | rate()",
        Measure.MeanLatency => " | avg_over_time(duration)",
        Measure.Max => " | max_over_time(duration)",
        Measure.Min => " | min_over_time(duration)",
        _ => string.Create(CultureInfo.InvariantCulture, $" | quantile_over_time(duration, {measure.Quantile():0.##})"),
    };

    /// <summary>The statistics behind a value, in words: "19 of 173 requests failed".</summary>
    public static string Basis(Measure measure, RequestStatistics statistics, TimeWindow window) => measure switch
    {
        Measure.ErrorRate or Measure.FailedCount =>
            $"{Words.Count(statistics.Failed)} of {Words.Count(statistics.Requests, "request", "requests")} failed",
        Measure.Throughput =>
            $"{Words.Count(statistics.Requests, "request", "requests")} in {window.Seconds.ToString("0.#", CultureInfo.InvariantCulture)} s",
        _ when statistics.MeanMs is { } mean && statistics.Percentile(95) is { } p95 =>
            $"over {Words.Count(statistics.Requests, "request", "requests")}; mean {Words.Milliseconds(mean)}, p95 {Words.Milliseconds(p95)}, "
            + $"{Words.Count(statistics.Failed)} failed",
        _ => Words.Count(statistics.Requests, "request", "requests"),
    };
}
