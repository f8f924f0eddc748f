using Copilot.Answers.Contract;
using Copilot.Language.Frames;
using Copilot.Store.Reads.Metrics;
using Copilot.Telemetry.Records;

namespace Copilot.Answers.Frames;

/// <summary>What a measure means of each kind of metric.</summary>
internal static class MetricMeasures
{
    private static readonly TimeSpan PeakStep = TimeSpan.FromMinutes(1);

    public static bool Knows(MeasureKind kind) =>
        kind
            is MeasureKind.Count
                or MeasureKind.Rate
                or MeasureKind.PeakRate
                or MeasureKind.Mean
                or MeasureKind.Percentile
                or MeasureKind.Minimum
                or MeasureKind.Maximum
                or MeasureKind.Sum
                or MeasureKind.StandardDeviation
                or MeasureKind.Last
                or MeasureKind.Increase;

    /// <summary>Where none is asked for: the mean of what goes up and down and of histograms, the growth of counters.</summary>
    public static FrameMeasure Usual(MetricKinds kind) =>
        FrameMeasure.Plain(kind == MetricKinds.Counter ? MeasureKind.Increase : MeasureKind.Mean);

    public static MetricNumber Value(MetricTrack track, FrameMeasure measure, TimeWindow window) =>
        measure.Kind switch
        {
            MeasureKind.Count when track.Kind is MetricKinds.Gauge or MetricKinds.UpDownCounter => new MetricNumber(track.Points(window)),
            MeasureKind.Count or MeasureKind.Increase => track.Increase(window),
            MeasureKind.Rate => Rate(track, measure, window),
            MeasureKind.PeakRate => Peak(track, measure, window),
            MeasureKind.Mean => track.Mean(window),
            MeasureKind.Percentile => track.Percentile(window, measure.Percent ?? 50),
            MeasureKind.Minimum => track.Minimum(window),
            MeasureKind.Maximum => track.Maximum(window),
            MeasureKind.Sum => track.Sum(window),
            MeasureKind.StandardDeviation => track.StandardDeviation(window),
            _ => track.Last(window),
        };

    /// <summary>The measure's name, and the metric's unit where it is a value of it.</summary>
    public static TableColumn Column(FrameMeasure measure, MetricEntry entry)
    {
        var unit = entry.Unit.Length == 0 ? "1" : entry.Unit;
        var counts = entry.Kind is MetricKinds.Histogram or MetricKinds.Summary;
        var asked = measure.Unit(FramePopulation.Metric);
        return new TableColumn(
            measure.Name(FramePopulation.Metric),
            measure.Kind switch
            {
                MeasureKind.Count => "count",
                MeasureKind.Increase => counts ? "count" : unit,
                MeasureKind.Rate or MeasureKind.PeakRate => counts ? asked : PerTime(unit, asked[1..]),
                MeasureKind.Sum or MeasureKind.Last => unit,
                _ => entry.Kind == MetricKinds.Counter ? PerTime(unit, "/s") : unit,
            }
        );
    }

    public static string Name(MetricKinds kind) =>
        kind switch
        {
            MetricKinds.Gauge => "gauge",
            MetricKinds.Counter => "counter",
            MetricKinds.UpDownCounter => "sum that goes up and down",
            MetricKinds.Summary => "summary",
            _ => "histogram",
        };

    /// <summary>How several series became one, and what is not plain of the measures; a sentence, or nothing.</summary>
    public static string Remark(MetricTrack track, IReadOnlyList<FrameMeasure> measures)
    {
        var several = track.Series > 1 ? $"{track.Series} series" : "one series";
        return track.Kind switch
        {
            MetricKinds.Gauge when track.Series > 1 && measures.Any(m => m.Kind == MeasureKind.Last) =>
                $"The metric is a gauge: the newest point of each of its {several}, averaged.",
            MetricKinds.Gauge when track.Series > 1 => $"The metric is a gauge: over all points of its {several}.",
            MetricKinds.UpDownCounter when track.Series > 1 => $"Its {several} are added up at each time.",
            MetricKinds.Counter when measures.Any(m => IsOfRate(m.Kind)) =>
                $"The metric is a counter: what is told is how fast it grew, of {several}.",
            MetricKinds.Counter => $"The metric is a counter: how much it grew counts, over restarts, of {several}.",
            MetricKinds.Histogram when measures.Any(m => m.Kind == MeasureKind.Percentile) =>
                "The metric is a histogram: percentiles are estimated within its buckets.",
            _ => string.Empty,
        };
    }

    public static string WhyEstimated(MeasureKind measure, MetricKinds kind) =>
        (measure, kind) switch
        {
            (MeasureKind.Percentile, MetricKinds.Histogram or MetricKinds.Summary) =>
                "percentiles of a histogram are estimated within its buckets",
            (MeasureKind.Maximum or MeasureKind.Minimum, MetricKinds.Histogram or MetricKinds.Summary) =>
                "the extreme of the histogram was not recorded for the window: it is the bound of its outermost bucket",
            _ => "where some series stood when the window began is not on record: what they grew until their first point is left out",
        };

    private static bool IsOfRate(MeasureKind kind) =>
        kind
            is MeasureKind.Mean
                or MeasureKind.Minimum
                or MeasureKind.Maximum
                or MeasureKind.Percentile
                or MeasureKind.StandardDeviation
                or MeasureKind.Rate
                or MeasureKind.PeakRate;

    private static MetricNumber Rate(MetricTrack track, FrameMeasure measure, TimeWindow window) =>
        track.Increase(window) is { Value: { } grown } increase
            ? new MetricNumber(grown / window.Seconds * (measure.Per?.TotalSeconds ?? 1), increase.Exact)
            : default;

    private static MetricNumber Peak(MetricTrack track, FrameMeasure measure, TimeWindow window)
    {
        MetricNumber peak = default;
        for (var from = window.FromNs; from < window.ToNs; from += PeakStep.Ticks * 100)
        {
            var rate = Rate(track, measure, new TimeWindow(from, Math.Min(from + (PeakStep.Ticks * 100), window.ToNs)));
            if (rate.Value is { } value && !(value <= peak.Value))
                peak = rate;
        }

        return peak;
    }

    // "{request}" is a note, not a unit.
    private static string PerTime(string unit, string per) => (unit.StartsWith('{') ? "1" : unit) + per;
}
