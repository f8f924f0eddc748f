using Copilot.Store.Reads.Metrics;
using Copilot.Telemetry.Records;
using Copilot.Web.Charts;

namespace Copilot.Web.Metrics;

/// <summary>The lines of a metric over time: one for each group, or the percentiles of a histogram.</summary>
public sealed record MetricCourse
{
    /// <summary>More lines than these cannot be told apart.</summary>
    public const int MostLines = 8;

    private static readonly double[] Percentiles = [50, 95, 99];

    public required IReadOnlyList<ChartSeries> Lines { get; init; }

    public required string Unit { get; init; }

    /// <summary>What each number is: a mean, a rate, a percentile.</summary>
    public required string Measure { get; init; }

    /// <summary>Groups that have no line.</summary>
    public int LeftOut { get; init; }

    /// <param name="series">Of one name, unit and kind, with the groups that lines stand for.</param>
    public static MetricCourse Of(IReadOnlyList<ReadSeries> series, TimeWindow window, TimeSpan step)
    {
        var kind = series[0].Kind;
        var lines = kind is MetricKinds.Histogram or MetricKinds.Summary
            ? Spread(new MetricTrack(series, window), window, step)
            :
            [
                .. series
                    .GroupBy(one => string.Join(" · ", one.Groups.Select(group => group ?? "–")))
                    .Select(group => Line(group.Key, new MetricTrack([.. group], window), window, step))
                    .Where(line => line.Points.Any(point => point.Value is not null))
                    .OrderByDescending(Peak)
                    .ThenBy(line => line.Name, StringComparer.Ordinal),
            ];
        var growing = kind == MetricKinds.Counter;
        var unit = MetricUnit.Of(series[0].Unit, kind, growing, lines.Select(Peak).DefaultIfEmpty().Max());
        return new MetricCourse
        {
            Lines =
            [
                .. lines
                    .Take(MostLines)
                    .Index()
                    .Select(line => new ChartSeries(
                        line.Item.Name,
                        [.. line.Item.Points.Select(point => point with { Value = point.Value * unit.Factor })],
                        $"{line.Index}"
                    )),
            ],
            LeftOut = Math.Max(0, lines.Count - MostLines),
            Unit = unit.Name,
            Measure = kind switch
            {
                MetricKinds.Counter => "growth a second",
                MetricKinds.UpDownCounter => "sum of its series",
                MetricKinds.Gauge => "mean",
                _ => "percentiles",
            },
        };
    }

    private static ChartSeries Line(string name, MetricTrack track, TimeWindow window, TimeSpan step) =>
        Points(name, window, step, slice => track.Kind == MetricKinds.UpDownCounter ? track.Last(slice) : track.Mean(slice));

    private static List<ChartSeries> Spread(MetricTrack track, TimeWindow window, TimeSpan step) =>
        [.. Percentiles.Select(percent => Points($"p{percent}", window, step, slice => track.Percentile(slice, percent)))];

    private static ChartSeries Points(string name, TimeWindow window, TimeSpan step, Func<TimeWindow, MetricNumber> number)
    {
        var points = new List<ChartPoint>();
        for (var from = window.From; from < window.To; from += step)
            points.Add(new ChartPoint(from, number(new TimeWindow(from, Earlier(from + step, window.To))).Value));
        return new ChartSeries(name, points);
    }

    private static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;

    private static double Peak(ChartSeries line) => line.Points.Max(point => point.Value) ?? double.NegativeInfinity;
}
