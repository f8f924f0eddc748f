using Copilot.Analysis.Samples;
using Copilot.Analysis.Statistics;
using Copilot.Analysis.Thresholds;
using Copilot.Telemetry.Records;

namespace Copilot.Analysis.Signals;

/// <summary>
/// Pods and hosts that are short of something: processor, memory, threads, connections. A series counts when it rises far above
/// what it used to be, in units of its own spread, comes near its limit or is there at all where nothing used to be; a metric's name
/// must speak of a resource, whatever convention it follows.
/// </summary>
internal static class ResourceSignal
{
    private static readonly string[] Words =
    [
        "cpu",
        "memory",
        "heap",
        "eventloop",
        "gc.",
        "thread",
        "pool",
        "connection",
        "pending",
        "queue",
        "lag",
        "throttl",
        "swap",
        "disk",
        "fd",
    ];

    /// <summary>What these count waits for something of which there is not enough; as a rule there is none of it.</summary>
    private static readonly string[] Waiting = ["pending", "queue", "wait", "lag", "timeout", "throttl", "blocked", "reject"];

    /// <summary>A share of a limit, whatever else its name says.</summary>
    private const string Share = "utilization";

    /// <summary>Of these, more is better or nothing at all.</summary>
    private static readonly string[] Harmless = ["available", "free", "idle", "limit", "capacity", "max", "requested", "committed"];

    public static List<Suspicion> Find(SampleRequests sample, IReadOnlyList<ResourceSeries> resources)
    {
        var input = sample.Input;
        var best = new Dictionary<(int Node, SignalKind Kind), Suspicion>();
        foreach (var series in resources)
        {
            if (
                !Names(Words, series.Metric)
                || IsLowest(series.Metric)
                || (Names(Harmless, series.Metric) && !Names([Share], series.Metric))
                || Judge(series, input) is not { } judged
            )
                continue;
            var node = input.Names.Add(series.Service);
            if (
                !best.TryGetValue((node, judged.Kind), out var known)
                || judged.Surprise * judged.ExcessMs > known.Surprise * known.ExcessMs
            )
                best[(node, judged.Kind)] = judged with { Node = node, SeenAt = input.Names.Add(series.Instance) };
        }

        return [.. best.Values];
    }

    private static bool Names(string[] words, string metric) => words.Any(w => metric.Contains(w, StringComparison.OrdinalIgnoreCase));

    private static Suspicion? Judge(ResourceSeries series, AnalysisInput input)
    {
        var window = input.Bad.Window;
        // A point tells of the interval before it: one taken right at the start belongs to the time before.
        var interval = series.Points.Count > 1 ? (series.Points[^1].TimeNs - series.Points[0].TimeNs) / (series.Points.Count - 1) : 0;
        var now = series
            .Points.Where(p =>
                p.TimeNs > window.FromNs + (interval / ResourceThresholds.Belated)
                && p.TimeNs <= window.ToNs + Math.Min(interval, UnixNanos.PerMinute)
            )
            .Select(p => p.Value)
            .ToList();
        var before = series.Points.Where(p => p.TimeNs <= window.FromNs).Select(p => p.Value).Order().ToList();
        if (now.Count == 0 || before.Count < ResourceThresholds.FewestBefore)
            return null;
        // The lower half of the past: a past that was itself in trouble must not hide the present.
        var usual = Percentiles.NearestRank(before, ResourceThresholds.UsualRank);
        var spread =
            Percentiles.NearestRank(
                [.. before.Take((before.Count + 1) / 2).Select(v => Math.Abs(v - usual)).Order()],
                ResourceThresholds.SpreadRank
            ) * ResourceThresholds.SpreadTimes;
        var highest = now.Max();
        // A delay that nobody can notice makes nobody wait, however many times the usual it is.
        if (ResourceThresholds.Milliseconds.TryGetValue(series.Unit, out var unit) && highest * unit < ResourceThresholds.LeastDelayMs)
            return null;
        var full = Names([Share], series.Metric) ? ResourceThresholds.NearlyFull * (series.Unit == "%" ? 100 : 1) : double.PositiveInfinity;
        if (
            Beyond(usual <= 0 && Names(Waiting, series.Metric) ? 0 : full, now, before, series) is { } beyond
            && beyond.Surprise >= input.Options.Surprise
        )
            return beyond with { UsualMs = usual, NowMs = highest };
        var rise = highest / Math.Max(usual, ResourceThresholds.Nothing);
        // One spike is a garbage collection; half of the points are a shortage. And what the past reached too is no news.
        var strained = now.Count(v => v > usual * input.Options.StrainFactor);
        if (rise < input.Options.StrainFactor || usual <= 0 || strained * 2 < now.Count)
            return null;
        var surprise = (highest - usual) / (spread + (ResourceThresholds.SpreadOfUsual * Math.Abs(usual)) + ResourceThresholds.NoSpread);
        if (surprise < input.Options.Surprise)
            return null;
        return new Suspicion
        {
            Node = -1,
            Kind = KindOf(series),
            Hits = strained,
            Count = now.Count,
            BaseHits = before.Count(v => v > usual * input.Options.StrainFactor),
            BaseCount = before.Count,
            Surprise = Math.Min(surprise, ResourceThresholds.MostSurprise),
            // For a resource this holds the rise, not milliseconds: there is no time to speak of.
            ExcessMs = rise,
            UsualMs = usual,
            NowMs = highest,
            Detail = series.Metric,
        };
    }

    // The lowest of many values says nothing of a shortage.
    private static bool IsLowest(string metric) => metric.Split(' ', '{')[0].EndsWith(".min", StringComparison.OrdinalIgnoreCase);

    private static SignalKind KindOf(ResourceSeries series) => Names(Waiting, series.Metric) ? SignalKind.Saturation : SignalKind.Resource;

    /// <summary>Beyond a limit in most points now, and seldom before.</summary>
    private static Suspicion? Beyond(double limit, List<double> now, List<double> before, ResourceSeries series)
    {
        var (hits, baseHits) = (now.Count(v => v > limit), before.Count(v => v > limit));
        return hits * 2 < now.Count || double.IsPositiveInfinity(limit)
            ? null
            : new Suspicion
            {
                Node = -1,
                Kind = KindOf(series),
                Hits = hits,
                Count = now.Count,
                BaseHits = baseHits,
                BaseCount = before.Count,
                Surprise = Proportions.Surprise(hits, now.Count, baseHits, before.Count),
                ExcessMs = ResourceThresholds.Full,
                Detail = series.Metric,
            };
    }
}
