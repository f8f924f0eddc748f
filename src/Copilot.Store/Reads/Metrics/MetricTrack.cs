using Copilot.Telemetry.Records;

namespace Copilot.Store.Reads.Metrics;

/// <summary>A number of a metric; null where there is none to tell.</summary>
/// <param name="Exact">False where it is estimated within buckets, or part of it is not known.</param>
public readonly record struct MetricNumber(double? Value, bool Exact = true);

/// <summary>
/// The series of one group put together. Points of gauges stand side by side; the parts of sums that go up and down add up at each time;
/// of counters what counts is how much they grew, and their values are rates a second, added up.
/// </summary>
public sealed class MetricTrack
{
    private const long LongestGapNs = 5 * UnixNanos.PerMinute;

    private readonly List<(long TimeNs, double Value)> _values;
    private readonly List<(int Series, Growth Growth)> _growth = [];
    private readonly List<IReadOnlyList<MetricPoint>> _series;
    private readonly bool _whole = true;

    /// <param name="series">Of one kind; at least one.</param>
    /// <param name="window">What they were read for.</param>
    public MetricTrack(IReadOnlyList<ReadSeries> series, TimeWindow window)
    {
        Kind = series[0].Kind;
        Series = series.Count;
        _series = [.. series.Select(one => one.Points)];
        if (Kind == MetricKinds.Gauge)
        {
            _values = [.. series.SelectMany(one => one.Points).Where(p => window.Contains(p.TimeNs)).Select(p => (p.TimeNs, p.Value))];
        }
        else if (Kind == MetricKinds.UpDownCounter)
        {
            _values = AddedUp([.. series.Select(one => one.Delta ? Running(one.Points) : one.Points)], window);
        }
        else
        {
            var rates = new List<IReadOnlyList<MetricPoint>>();
            foreach (var (one, i) in series.Select((one, i) => (one, i)))
            {
                var (growth, whole) = SeriesGrowth.Of(one, window);
                _whole &= whole;
                _growth.AddRange(growth.Select(g => (i, g)));
                rates.Add([
                    .. growth
                        .Where(g => g.Seconds > 0)
                        .Select(g => new MetricPoint
                        {
                            TimeNs = g.TimeNs,
                            StartNs = 0,
                            Value = (g.Distribution?.Count ?? g.Value) / g.Seconds,
                        }),
                ]);
            }

            _values = AddedUp(rates, window);
        }

        _values.Sort((a, b) => a.TimeNs.CompareTo(b.TimeNs));
        _growth.Sort((a, b) => a.Growth.TimeNs.CompareTo(b.Growth.TimeNs));
    }

    public MetricKinds Kind { get; }

    /// <summary>How many series it is of.</summary>
    public int Series { get; }

    /// <summary>Of points: of sums that grow, of growths.</summary>
    public long Points(TimeWindow window) => IsGrowing ? Growths(window).Count : _series.Sum(s => (long)In(s, p => p.TimeNs, window).Count);

    private bool IsGrowing => Kind is MetricKinds.Counter or MetricKinds.Histogram or MetricKinds.Summary;

    private bool IsDistribution => Kind is MetricKinds.Histogram or MetricKinds.Summary;

    /// <summary>Of histograms the sum divided by the count; of counters the growth a second.</summary>
    public MetricNumber Mean(TimeWindow window)
    {
        if (IsDistribution)
            return Spread(window) is { Count: > 0 } spread ? new MetricNumber(spread.Sum / spread.Count, _whole) : default;
        if (Kind == MetricKinds.Counter)
            return Increase(window) is { Value: { } grown } increase ? new MetricNumber(grown / window.Seconds, increase.Exact) : default;
        var values = Values(window);
        return values.Count == 0 ? default : new MetricNumber(values.Average());
    }

    public MetricNumber Minimum(TimeWindow window)
    {
        if (IsDistribution)
            return Spread(window) is { Count: > 0 } spread
                ? new MetricNumber(spread.Minimum ?? spread.LowestBound, spread.Minimum is not null)
                : default;
        var values = Values(window);
        return values.Count == 0 ? default : new MetricNumber(values.Min());
    }

    public MetricNumber Maximum(TimeWindow window)
    {
        if (IsDistribution)
            return Spread(window) is { Count: > 0 } spread
                ? new MetricNumber(spread.Maximum ?? spread.HighestBound, spread.Maximum is not null)
                : default;
        var values = Values(window);
        return values.Count == 0 ? default : new MetricNumber(values.Max());
    }

    /// <summary>The nearest rank; of histograms estimated within buckets.</summary>
    public MetricNumber Percentile(TimeWindow window, double percent)
    {
        if (IsDistribution)
            return new MetricNumber(Spread(window).Percentile(percent), false);
        var values = Values(window);
        if (values.Count == 0)
            return default;
        values.Sort();
        return new MetricNumber(values[Math.Clamp((int)Math.Ceiling(values.Count * percent / 100) - 1, 0, values.Count - 1)]);
    }

    public MetricNumber StandardDeviation(TimeWindow window)
    {
        var values = Values(window);
        if (IsDistribution || values.Count == 0)
            return default;
        var mean = values.Average();
        return new MetricNumber(Math.Sqrt(values.Average(v => (v - mean) * (v - mean))));
    }

    /// <summary>The newest point of each series, averaged, of gauges; added up, of sums. Of counters the newest total, of histograms the
    /// mean of what came last.</summary>
    public MetricNumber Last(TimeWindow window)
    {
        if (IsDistribution)
        {
            var newest = Growths(window).Where(g => g.Growth.Distribution?.Count > 0).ToList();
            return newest.Count == 0
                ? default
                : new MetricNumber(newest.MaxBy(g => g.Growth.TimeNs).Growth.Distribution is { } d ? d.Sum / d.Count : null);
        }

        if (Kind == MetricKinds.UpDownCounter)
            return Values(window) is { Count: > 0 } totals ? new MetricNumber(totals[^1]) : default;
        var last = Newest(window);
        return last.Count == 0 ? default
            : Kind == MetricKinds.Counter ? new MetricNumber(last.Sum())
            : new MetricNumber(last.Average());
    }

    /// <summary>Of histograms the sum of the values, of counters the growth, else the newest point of each series added up.</summary>
    public MetricNumber Sum(TimeWindow window) =>
        Kind switch
        {
            MetricKinds.Histogram or MetricKinds.Summary => Spread(window) is { Count: > 0 } spread
                ? new MetricNumber(spread.Sum, _whole)
                : default,
            MetricKinds.Counter => Increase(window),
            MetricKinds.UpDownCounter => Last(window),
            _ => Newest(window) is { Count: > 0 } last ? new MetricNumber(last.Sum()) : default,
        };

    /// <summary>How much a counter grew, how many values a histogram got; of what goes up and down, the newest less the first.</summary>
    public MetricNumber Increase(TimeWindow window)
    {
        if (!IsGrowing)
            return Values(window) is { Count: > 0 } values ? new MetricNumber(values[^1] - values[0]) : default;
        var grown = Growths(window);
        return grown.Count == 0 ? default : new MetricNumber(grown.Sum(g => g.Growth.Distribution?.Count ?? g.Growth.Value), _whole);
    }

    private List<double> Values(TimeWindow window) => [.. In(_values, v => v.TimeNs, window).Select(v => v.Value)];

    private IReadOnlyList<(int Series, Growth Growth)> Growths(TimeWindow window) => In(_growth, g => g.Growth.TimeNs, window);

    private List<double> Newest(TimeWindow window) =>
        [
            .. _series
                .Select(points => In(points, p => p.TimeNs, window) is { Count: > 0 } known ? known[^1] : null)
                .OfType<MetricPoint>()
                .Select(point => point.Value),
        ];

    private Distribution Spread(TimeWindow window) =>
        Growths(window)
            .Where(g => g.Growth.Distribution is not null)
            .GroupBy(g => (g.Series, g.Growth.Run))
            .Select(run => OfRun([.. run.Select(g => g.Growth.Distribution!)]))
            .Aggregate(Distribution.Empty, (all, one) => all.Plus(one));

    // Within a run the highest is what last went beyond all before it.
    private static Distribution OfRun(IReadOnlyList<Distribution> growth) =>
        growth.Aggregate(Distribution.Empty, (all, one) => all.Plus(one)) with
        {
            Minimum = growth.Min(d => d.Minimum),
            Maximum = growth.Max(d => d.Maximum),
        };

    /// <summary>What of a list sorted by time is of a window.</summary>
    private static IReadOnlyList<T> In<T>(IReadOnlyList<T> sorted, Func<T, long> time, TimeWindow window)
    {
        var from = Before(window.FromNs);
        return [.. sorted.Skip(from).Take(Before(window.ToNs) - from)];

        int Before(long nanos)
        {
            var (low, high) = (0, sorted.Count);
            while (low < high)
            {
                var middle = (low + high) / 2;
                if (time(sorted[middle]) < nanos)
                    low = middle + 1;
                else
                    high = middle;
            }

            return low;
        }
    }

    private static List<MetricPoint> Running(IReadOnlyList<MetricPoint> points)
    {
        var total = 0d;
        return [.. points.Select(point => point with { Value = total += point.Value })];
    }

    /// <summary>The sum of what each series said last, at each time that one of them says something. What says nothing any more is left
    /// out, and the beginning where not all have said something.</summary>
    private static List<(long TimeNs, double Value)> AddedUp(IReadOnlyList<IReadOnlyList<MetricPoint>> series, TimeWindow window)
    {
        var gaps = series.Select(Gap).ToList();
        var events = new List<(long TimeNs, int Series, double? Value)>();
        for (var i = 0; i < series.Count; i++)
        {
            for (var n = 0; n < series[i].Count; n++)
            {
                var point = series[i][n];
                events.Add((point.TimeNs, i, point.Value));
                var ends = point.TimeNs + (point.Ends ? gaps[i] / 3 : gaps[i]);
                if (n + 1 == series[i].Count || series[i][n + 1].TimeNs > ends)
                    events.Add((ends, i, null));
            }
        }

        if (events.Count == 0)
            return [];
        events.Sort((a, b) => (a.TimeNs, a.Series, a.Value is null).CompareTo((b.TimeNs, b.Series, b.Value is null)));
        var begun = series.Select((points, i) => (First: points.Count > 0 ? points[0].TimeNs : long.MaxValue, Gap: gaps[i])).ToList();
        var from = begun.Where(b => b.First <= events[0].TimeNs + b.Gap).Max(b => b.First);
        var current = new double?[series.Count];
        var added = new List<(long, double)>();
        for (var i = 0; i < events.Count; i++)
        {
            current[events[i].Series] = events[i].Value;
            var more = i + 1 < events.Count && events[i + 1].TimeNs == events[i].TimeNs;
            if (!more && events[i].Value is not null && events[i].TimeNs >= from && window.Contains(events[i].TimeNs))
                added.Add((events[i].TimeNs, current.Sum() ?? 0));
        }

        return added;
    }

    /// <summary>After how long a series that says nothing is over: two and a half times what usually lies between its points.</summary>
    private static long Gap(IReadOnlyList<MetricPoint> points)
    {
        if (points.Count < 2)
            return LongestGapNs;
        var between = points.Zip(points.Skip(1), (a, b) => b.TimeNs - a.TimeNs).Order().ToList();
        return Math.Max(UnixNanos.PerSecond, between[between.Count / 2] * 5 / 2);
    }
}
