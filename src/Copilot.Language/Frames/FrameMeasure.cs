using System.Globalization;
using System.Text.Json.Serialization;
using Copilot.TraceQL.Syntax;

namespace Copilot.Language.Frames;

/// <summary>One number of a set of requests, spans, traces, logs or metric points.</summary>
public sealed record FrameMeasure
{
    public required FrameMeasureKind Kind { get; init; }

    /// <summary>Of percentiles, in percent: 95, 99.9.</summary>
    public double? Percent { get; init; }

    /// <summary>What is averaged, summed or counted distinct; null for the duration of a span and the value of a metric.</summary>
    [JsonConverter(typeof(FieldExpressionJson))]
    public FieldExpression? Of { get; init; }

    /// <summary>The unit of <see cref="Of"/> where its key or the catalogue tells one (<c>kg</c>, <c>By</c>); <c>1</c> where none is known.</summary>
    public string? OfUnit { get; init; }

    /// <summary>Of shares: the part, besides what holds of the whole.</summary>
    [JsonConverter(typeof(FieldExpressionJson))]
    public FieldExpression? Part { get; init; }

    /// <summary>Of shares: the state of the part.</summary>
    public FrameState PartState { get; init; }

    /// <summary>Of rates: the time that a rate is told for; a second where null.</summary>
    public TimeSpan? Per { get; init; }

    public static FrameMeasure Plain(FrameMeasureKind kind) => new() { Kind = kind };

    public static FrameMeasure Percentile(double percent) => new() { Kind = FrameMeasureKind.Percentile, Percent = percent };

    /// <summary>The name as the ask API writes it: <c>error_rate</c>, <c>p99.9</c>.</summary>
    /// <param name="over">What is measured.</param>
    public string Name(FramePopulation over) =>
        Kind switch
        {
            FrameMeasureKind.Count => over switch
            {
                FramePopulation.Requests => "request_count",
                FramePopulation.Spans => "span_count",
                FramePopulation.Traces => "trace_count",
                FramePopulation.Logs => "log_count",
                _ => "count",
            },
            FrameMeasureKind.Failed => "failed_count",
            FrameMeasureKind.Succeeded => "success_count",
            FrameMeasureKind.ErrorRate => "error_rate",
            FrameMeasureKind.SuccessRate => "success_rate",
            FrameMeasureKind.Share => "share",
            FrameMeasureKind.Rate => "throughput",
            FrameMeasureKind.Mean => Of is null && over != FramePopulation.Metric ? "mean_latency" : "mean",
            FrameMeasureKind.Percentile => string.Create(CultureInfo.InvariantCulture, $"p{Percent:0.##}"),
            FrameMeasureKind.StandardDeviation => "stddev",
            FrameMeasureKind.Distinct => "distinct_count",
            FrameMeasureKind.PeakRate => "peak_throughput",
            FrameMeasureKind.Minimum => "min",
            FrameMeasureKind.Maximum => "max",
            FrameMeasureKind.Sum => "sum",
            FrameMeasureKind.Last => "last",
            FrameMeasureKind.Increase => "increase",
            _ => throw new InvalidOperationException($"no name for {Kind}"),
        };

    /// <summary><c>1</c>, <c>ms</c>, <c>count</c>, <c>req/s</c>, or the unit of what is measured.</summary>
    public string Unit(FramePopulation over) =>
        Kind switch
        {
            FrameMeasureKind.ErrorRate or FrameMeasureKind.SuccessRate or FrameMeasureKind.Share => "1",
            FrameMeasureKind.Rate or FrameMeasureKind.PeakRate => RateUnit(over),
            _ when Kind.IsCount() => "count",
            _ when Of is null && over != FramePopulation.Metric => "ms",
            _ => OfUnit ?? "1",
        };

    private string RateUnit(FramePopulation over) =>
        (over == FramePopulation.Requests ? "req" : "1")
        + (
            Per?.TotalMinutes >= 60 ? "/h"
            : Per?.TotalSeconds >= 60 ? "/min"
            : "/s"
        );
}

public enum FrameMeasureKind
{
    Count,
    Failed,
    Succeeded,
    ErrorRate,
    SuccessRate,

    /// <summary>The part of the population for which <see cref="FrameMeasure.Part"/> or <see cref="FrameMeasure.PartState"/> holds.</summary>
    Share,

    /// <summary>How many in a second, a minute, an hour.</summary>
    Rate,

    /// <summary>The highest rate of any step.</summary>
    PeakRate,
    Mean,
    Percentile,
    Minimum,
    Maximum,
    Sum,
    StandardDeviation,

    /// <summary>How many different values.</summary>
    Distinct,

    /// <summary>Of metrics: the newest value.</summary>
    Last,

    /// <summary>Of counters: how much they grew.</summary>
    Increase,
}

public static class FrameMeasureKinds
{
    public static bool IsCount(this FrameMeasureKind kind) =>
        kind is FrameMeasureKind.Count or FrameMeasureKind.Failed or FrameMeasureKind.Succeeded or FrameMeasureKind.Distinct;
}
