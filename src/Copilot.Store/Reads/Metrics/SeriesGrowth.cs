using Copilot.Telemetry.Records;

namespace Copilot.Store.Reads.Metrics;

/// <summary>What came between two points of a counter or histogram; it counts for the time of the later point.</summary>
/// <param name="Run">Counted up at each new beginning of the series.</param>
/// <param name="Seconds">Since the earlier point; 0 where that is not known.</param>
internal sealed record Growth(long TimeNs, double Value, Distribution? Distribution, int Run, double Seconds);

/// <summary>Turns totals since a beginning into what came from point to point.</summary>
internal static class SeriesGrowth
{
    // Metrics of one export bear times that differ a little.
    private const long SameExportNs = UnixNanos.PerSecond / 2;

    /// <param name="series">A counter, histogram or summary.</param>
    /// <param name="window">Growth of its points only.</param>
    /// <returns>And whether all of it is known: not where a series was under way already and has no point before the window.</returns>
    public static (IReadOnlyList<Growth> Growth, bool Whole) Of(ReadSeries series, TimeWindow window)
    {
        var growth = new List<Growth>();
        var whole = true;
        MetricPoint? before = null;
        var run = 0;
        foreach (var point in series.Points)
        {
            var counts = window.Contains(point.TimeNs);
            if (series.Delta)
            {
                if (counts)
                {
                    var since = point.StartNs > 0 && point.StartNs < point.TimeNs ? point.StartNs : before?.TimeNs ?? point.TimeNs;
                    growth.Add(new Growth(point.TimeNs, point.Value, point.Distribution, run++, (point.TimeNs - since) / 1e9));
                }
            }
            else if (before is null)
            {
                if (counts && BeganInside(series, point, window))
                {
                    var since = point.StartNs >= window.FromNs && point.StartNs < point.TimeNs ? point.StartNs : point.TimeNs;
                    growth.Add(new Growth(point.TimeNs, point.Value, point.Distribution, run, (point.TimeNs - since) / 1e9));
                }
                else
                {
                    whole &= !counts;
                }
            }
            else
            {
                var seconds = (point.TimeNs - before.TimeNs) / 1e9;
                var rest = BeganAnew(before, point) ? null : Since(before, point);
                if (rest is null)
                    run++;
                if (counts)
                    growth.Add(
                        rest is { } more
                            ? new Growth(point.TimeNs, more.Value, more.Distribution, run, seconds)
                            : new Growth(point.TimeNs, point.Value, point.Distribution, run, seconds)
                    );
            }

            before = point;
        }

        return (growth, whole);
    }

    /// <summary>Of a series without a point before: it counts from zero where it says so or its sender was heard before it.</summary>
    private static bool BeganInside(ReadSeries series, MetricPoint point, TimeWindow window) =>
        (point.StartNs >= window.FromNs && point.StartNs <= point.TimeNs) || series.SenderSinceNs < point.TimeNs - SameExportNs;

    /// <summary>
    /// A start after the point before. One that is that point's very time is moved by the sender from export to export, whatever it goes on
    /// counting: whether such a series began anew its values tell.
    /// </summary>
    private static bool BeganAnew(MetricPoint before, MetricPoint point) => point.StartNs > before.TimeNs && point.StartNs < point.TimeNs;

    private static (double Value, Distribution? Distribution)? Since(MetricPoint before, MetricPoint point)
    {
        if (point.Distribution is { } now && before.Distribution is { } then)
            return now.Since(then) is { } rest ? (0, rest) : null;
        return point.Value < before.Value ? null : (point.Value - before.Value, null);
    }
}
