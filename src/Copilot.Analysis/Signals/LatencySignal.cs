using Copilot.Analysis.Samples;
using Copilot.Analysis.Statistics;
using Copilot.Analysis.Thresholds;
using Copilot.Analysis.Traces;

namespace Copilot.Analysis.Signals;

/// <summary>
/// Where time is lost. A request's time is split into what the service did itself and, for each call, what passed between
/// caller and callee; each part is compared with the same part in the baseline, so a caller's slowness that its callee
/// explains never counts against the caller.
/// </summary>
internal static class LatencySignal
{
    public static List<Suspicion> Find(SampleRequests sample)
    {
        var options = sample.Input.Options;
        var parts = new Dictionary<(SignalKind Kind, int Node, int Other), Part>();
        Collect(sample, sample.Bad.Requests, parts, -1);
        for (var b = 0; b < sample.Baselines.Count; b++)
            Collect(sample, sample.Baselines[b].Requests, parts, b);
        var found = new List<Suspicion>();
        foreach (var ofKind in parts.Where(p => p.Value.Now.Count > 0).GroupBy(p => p.Key.Kind))
        {
            var chosen = ofKind
                .Select(p =>
                    (
                        p.Key,
                        Part: p.Value,
                        Good: GoodWindows.Choose(
                            p.Value.Windows,
                            LatencyThresholds.EnoughToLeaveOut,
                            (worse, others) =>
                                SlowTest.Judge([.. worse.Select(v => (v, 0))], others, options)
                                    is { Surprise: >= LatencyThresholds.WorseWindow }
                        )
                    )
                )
                .Where(p => p.Good.Values.Count >= LatencyThresholds.Fewest)
                .ToList();
            var elsewhere = new UsualExcess(chosen.Select(c => c.Good.Values));
            foreach (var ((kind, node, other), part, (usual, skipped)) in chosen)
            {
                if (SlowTest.Count(part.Now, usual, options) is not { } counted)
                    continue;
                // What is certain by itself needs no other places, and one slow request proves nothing anywhere.
                var surprise =
                    counted.Surprise >= LatencyThresholds.Certain || counted.Hits < LatencyThresholds.FewestSlow
                        ? counted.Surprise
                        : Math.Max(counted.Surprise, elsewhere.Surprise(counted));
                // Edges that lose too little each are judged together afterwards.
                if (surprise < options.Surprise && kind != SignalKind.Gap)
                    continue;
                var suspicion = counted with { Kind = kind, Surprise = surprise * GoodWindows.Worth(skipped) };
                found.Add(
                    kind == SignalKind.OwnTime
                        ? suspicion with
                        {
                            Node = node,
                            Operation = other,
                        }
                        : suspicion with
                        {
                            Node = other,
                            SeenAt = node,
                        }
                );
            }
        }

        return found;
    }

    private static void Collect(
        SampleRequests sample,
        IReadOnlyList<Request> requests,
        Dictionary<(SignalKind, int, int), Part> parts,
        int window
    )
    {
        var options = sample.Input.Options;
        for (var r = 0; r < requests.Count; r++)
        {
            var request = requests[r];
            if (!request.Counts)
                continue;
            if (options.UseLatency)
                Add((SignalKind.OwnTime, request.Service, request.Operation), request.OwnMs, r);
            if (!options.UseNetwork)
                continue;
            foreach (var call in request.Calls)
            {
                if (call.Callee < 0 || call.IsDatabase)
                    continue;
                if (call.IsMessage && call.Request >= 0)
                    Add((SignalKind.Queue, request.Service, call.Callee), call.GapMs, r);
                else if (!call.IsMessage || !sample.IsService(call.Callee))
                    Add((SignalKind.Gap, request.Service, call.Callee), call.GapMs, r);
            }
        }

        void Add((SignalKind, int, int) key, double value, int request)
        {
            if (!parts.TryGetValue(key, out var part))
                parts.Add(key, part = new Part());
            if (window < 0)
                part.Now.Add((value, request));
            else
                part.Window(window).Add(value);
        }
    }

    private sealed class Part
    {
        public List<(double Value, int Request)> Now { get; } = [];

        public List<List<double>> Windows { get; } = [];

        public List<double> Window(int index)
        {
            while (Windows.Count <= index)
                Windows.Add([]);
            return Windows[index];
        }
    }
}

/// <summary>Whether durations are worse than they used to be, by how many exceed what is usual: holds for a handful of values
/// too.</summary>
internal static class SlowTest
{
    /// <param name="now">With the request that each was measured in.</param>
    /// <param name="before">Gets sorted.</param>
    /// <returns>A suspicion of no place yet, or null where nothing is surprising.</returns>
    public static Suspicion? Judge(List<(double Value, int Request)> now, List<double> before, AnalysisOptions options) =>
        Count(now, before, options) is { } counted && counted.Surprise >= options.Surprise ? counted : null;

    /// <returns>The same without asking for surprise; null only where no value is slow.</returns>
    public static Suspicion? Count(List<(double Value, int Request)> now, List<double> before, AnalysisOptions options)
    {
        before.Sort();
        var usual = Percentiles.Median(before);
        var median = Percentiles.Median([.. now.Select(v => v.Value).Order()]);
        var seldom = Exceeding(
            now,
            before,
            (Percentiles.NearestRank(before, SlownessThresholds.Seldom) * options.SlowFactor) + options.SlowFloorMs,
            usual
        );
        // Where durations vary much anyway, half of them being later than usual shows before any is later than the latest ones were.
        var limit = (usual * options.SlowFactor) + options.SlowFloorMs;
        var mostly = median > limit ? Exceeding(now, before, limit, usual) : null;
        var worse = mostly is not null && mostly.Surprise > (seldom?.Surprise ?? 0) ? mostly : seldom;
        return worse is null ? null : worse with { UsualMs = usual, NowMs = median };
    }

    private static Suspicion? Exceeding(List<(double Value, int Request)> now, List<double> before, double limit, double usual)
    {
        var hits = now.Where(v => v.Value > limit).ToList();
        var baseHits = before.Count(v => v > limit);
        if (hits.Count == 0)
            return null;
        var excess = hits.Sum(v => v.Value - usual) - (before.Where(v => v > limit).Sum(v => v - usual) * now.Count / before.Count);
        return excess <= 0
            ? null
            : new Suspicion
            {
                Node = -1,
                Kind = SignalKind.OwnTime,
                Hits = hits.Count,
                Count = now.Count,
                BaseHits = baseHits,
                BaseCount = before.Count,
                Surprise = Proportions.Surprise(hits.Count, now.Count, baseHits, before.Count),
                ExcessMs = excess,
                SlowMs = Percentiles.Median([.. hits.Select(v => v.Value).Order()]),
                Requests = [.. hits.OrderByDescending(v => v.Value).Select(v => v.Request).Distinct()],
            };
    }
}
