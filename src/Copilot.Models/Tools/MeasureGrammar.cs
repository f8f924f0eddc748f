using System.Globalization;
using System.Text.RegularExpressions;
using Copilot.Language.Frames;
using Copilot.Telemetry.Records;

namespace Copilot.Models.Tools;

/// <summary>A measure as a caller writes it: <c>count</c>, <c>rate/min</c>, <c>p99.9</c>, <c>mean(span.size)</c>,
/// <c>share(failed)</c>.</summary>
internal static partial class MeasureGrammar
{
    private const string Known =
        "count, failed, succeeded, error_rate, success_rate, rate, rate/min, rate/h, peak_rate, mean, min, max, sum, stddev, "
        + "p50 or any other percentile, distinct(FIELD), share(CONDITION), and of metrics last and increase";

    /// <exception cref="ArgumentException">It is no measure.</exception>
    public static FrameMeasure Read(string text, FramePopulation over, KnownFields fields)
    {
        if (Written().Match(text) is not { Success: true } found)
            throw Unknown(text);
        var of = found.Groups["of"].Value.Trim();
        var measure = Plain(found.Groups["name"].Value.ToLowerInvariant(), text) with { Per = PerOf(found.Groups["per"].Value) };
        if (measure.Kind == MeasureKind.Share)
            return Share(measure, of, over, fields);
        if (of.Length > 0 && of != "duration" && of != "value")
            return measure with { Of = fields.Operand(of, over) };
        return measure.Kind == MeasureKind.Distinct
            ? throw new ArgumentException("'distinct' needs a field: distinct(span.user.id).")
            : measure;
    }

    private static FrameMeasure Plain(string name, string text) =>
        name switch
        {
            "count" or "request_count" or "span_count" or "trace_count" or "log_count" => FrameMeasure.Plain(MeasureKind.Count),
            "failed" or "failed_count" or "errors" => FrameMeasure.Plain(MeasureKind.Failed),
            "succeeded" or "success_count" => FrameMeasure.Plain(MeasureKind.Succeeded),
            "error_rate" => FrameMeasure.Plain(MeasureKind.ErrorRate),
            "success_rate" => FrameMeasure.Plain(MeasureKind.SuccessRate),
            "share" => FrameMeasure.Plain(MeasureKind.Share),
            "rate" or "throughput" => FrameMeasure.Plain(MeasureKind.Rate),
            "peak_rate" or "peak_throughput" => FrameMeasure.Plain(MeasureKind.PeakRate),
            "mean" or "avg" or "mean_latency" => FrameMeasure.Plain(MeasureKind.Mean),
            "median" => FrameMeasure.Percentile(ToolThresholds.Median),
            "min" => FrameMeasure.Plain(MeasureKind.Minimum),
            "max" => FrameMeasure.Plain(MeasureKind.Maximum),
            "sum" => FrameMeasure.Plain(MeasureKind.Sum),
            "stddev" => FrameMeasure.Plain(MeasureKind.StandardDeviation),
            "distinct" or "distinct_count" => FrameMeasure.Plain(MeasureKind.Distinct),
            "last" => FrameMeasure.Plain(MeasureKind.Last),
            "increase" => FrameMeasure.Plain(MeasureKind.Increase),
            ['p', .. var percent]
                when double.TryParse(percent, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
                    && value is > 0 and < ToolThresholds.WholePercent => FrameMeasure.Percentile(value),
            _ => throw Unknown(text),
        };

    private static FrameMeasure Share(FrameMeasure measure, string of, FramePopulation over, KnownFields fields) =>
        of switch
        {
            "" => throw new ArgumentException("'share' needs what it is the share of: share(failed) or share(span.currency = \"CHF\")."),
            "failed" => measure with { PartState = RecordState.Failed },
            "succeeded" => measure with { PartState = RecordState.Succeeded },
            "slow" => measure with { PartState = RecordState.Slow },
            _ => measure with { Part = fields.Condition(of, over) },
        };

    private static TimeSpan? PerOf(string per) =>
        per switch
        {
            "min" or "m" => TimeSpan.FromMinutes(1),
            "h" => TimeSpan.FromHours(1),
            _ => null,
        };

    private static ArgumentException Unknown(string text) => new($"`{text}` is no measure. There are {Known}.");

    [GeneratedRegex(
        @"^\s*(?<name>[A-Za-z_]+|[pP]\d+(?:\.\d+)?)(?:/(?<per>s|min|m|h))?\s*(?:\((?<of>.*)\))?\s*$",
        RegexOptions.None,
        PatternThresholds.OfAnswer
    )]
    private static partial Regex Written();
}
