using System.Globalization;
using System.Text.Json.Serialization;
using Copilot.Telemetry.Records;
using Copilot.TraceQL.Syntax;

namespace Copilot.Language.Frames;

/// <summary>One number of a set of requests, spans, traces, logs or metric points.</summary>
public sealed record FrameMeasure
{
    public required MeasureKind Kind { get; init; }

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
    public RecordState PartState { get; init; }

    /// <summary>Of rates: the time that a rate is told for; a second where null.</summary>
    public TimeSpan? Per { get; init; }

    public static FrameMeasure Plain(MeasureKind kind) => new() { Kind = kind };

    public static FrameMeasure Percentile(double percent) => new() { Kind = MeasureKind.Percentile, Percent = percent };

    /// <summary>The name as the ask API writes it: <c>error_rate</c>, <c>p99.9</c>.</summary>
    /// <param name="over">What is measured.</param>
    public string Name(FramePopulation over) =>
        Kind switch
        {
            MeasureKind.Count => over switch
            {
                FramePopulation.Requests => "request_count",
                FramePopulation.Spans => "span_count",
                FramePopulation.Traces => "trace_count",
                FramePopulation.Logs => "log_count",
                _ => "count",
            },
            MeasureKind.Failed => "failed_count",
            MeasureKind.Succeeded => "success_count",
            MeasureKind.ErrorRate => "error_rate",
            MeasureKind.SuccessRate => "success_rate",
            MeasureKind.Share => "share",
            MeasureKind.Rate => "throughput",
            MeasureKind.Mean => Of is null && over != FramePopulation.Metric ? "mean_latency" : "mean",
            MeasureKind.Percentile => string.Create(CultureInfo.InvariantCulture, $"p{Percent:0.##}"),
            MeasureKind.StandardDeviation => "stddev",
            MeasureKind.Distinct => "distinct_count",
            MeasureKind.PeakRate => "peak_throughput",
            MeasureKind.Minimum => "min",
            MeasureKind.Maximum => "max",
            MeasureKind.Sum => "sum",
            MeasureKind.Last => "last",
            MeasureKind.Increase => "increase",
            _ => throw new InvalidOperationException($"no name for {Kind}"),
        };

    /// <summary><c>1</c>, <c>ms</c>, <c>count</c>, <c>req/s</c>, or the unit of what is measured.</summary>
    public string Unit(FramePopulation over) =>
        Kind switch
        {
            MeasureKind.ErrorRate or MeasureKind.SuccessRate or MeasureKind.Share => "1",
            MeasureKind.Rate or MeasureKind.PeakRate => RateUnit(over),
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
