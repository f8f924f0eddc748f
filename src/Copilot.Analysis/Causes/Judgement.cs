using Copilot.Analysis.Attribution;
using Copilot.Analysis.Reports;
using Copilot.Analysis.Signals;
using Copilot.Analysis.Statistics;
using Copilot.Analysis.Thresholds;
using Copilot.Analysis.Traces;

namespace Copilot.Analysis.Causes;

/// <summary>Whether there is a cause at all.</summary>
internal sealed record Judgement
{
    public required CauseVerdict Verdict { get; init; }

    public required double TrafficRatio { get; init; }

    /// <summary>False where too little was received before to say what is usual.</summary>
    public bool HasBaseline { get; init; } = true;

    public required string Summary { get; init; }

    public static Judgement Of(SampleRequests sample, IReadOnlyList<NodeScore> nodes, Dictionary<int, HealthChange> health, CallGraph graph)
    {
        var worse = health.Where(h => h.Value.IsClearlyWorse).Select(h => h.Key).ToList();
        var ratio = Traffic(sample);
        if (sample.Bad.TraceCount == 0)
            return No(CauseVerdict.NoCause, "No request was received in that time.");
        if (!IsComparable(sample))
            return No(
                CauseVerdict.NoCause,
                FormattableString.Invariant(
                    $"There is no baseline to compare with: {sample.Baselines.Sum(b => b.TraceCount)} requests were "
                ) + FormattableString.Invariant($"received before that time.{Failing(health)}")
            ) with
            {
                HasBaseline = false,
            };
        if (nodes is [] or [{ Score: <= 0 }, ..])
            return No(CauseVerdict.NoCause, "Nothing is worse than in the baseline.");
        var first = nodes[0];
        var explained = worse.Where(w => w == first.Node || graph.CallersOf(first.Node).Contains(w)).ToList();
        var broken = Math.Max(first.Flow, first.Errors);
        var alone = IsPlain(
            first,
            Math.Max(JudgementThresholds.SurpriseAlone, Normal.FromUpperTail(JudgementThresholds.FalseAlarms / Math.Max(1, Places(sample))))
        );
        var needed = Math.Max(
            explained.Exists(w => health[w].FailsMore) ? JudgementThresholds.SurpriseWithFailing : JudgementThresholds.SurpriseWithWorse,
            Normal.FromUpperTail(JudgementThresholds.FalseAlarmsWithWorse / Math.Max(1, Places(sample)))
        );
        if (!alone && (explained.Count == 0 || first.Surprise < needed))
        {
            return No(
                CauseVerdict.NoCause,
                worse.Count == 0
                    ? "No service is clearly worse than in the baseline."
                    : $"{Names(worse)} moved, but no place stands out where that would start; it is within what happens by chance."
            );
        }

        if (
            ratio >= JudgementThresholds.SurgeRatio
            && broken < JudgementThresholds.WeightAlone
            && !worse.Any(w => health[w].FailsMore)
            && IsOnlyLoad(first, nodes)
        )
            return No(
                CauseVerdict.Surge,
                FormattableString.Invariant($"Traffic is {ratio:0.0} times the baseline's and nothing else changed: a surge, not a fault.")
            );
        return No(CauseVerdict.Cause, "");

        Judgement No(CauseVerdict verdict, string summary) =>
            new()
            {
                Verdict = verdict,
                TrafficRatio = ratio,
                Summary = summary,
            };

        string Names(List<int> services) => string.Join(", ", services.Take(TellingThresholds.MostNames).Select(s => sample.Names[s]));
    }

    /// <summary>What can be said without knowing what is usual.</summary>
    private static string Failing(Dictionary<int, HealthChange> health)
    {
        var failing = health
            .Values.Where(h => h.Now.Failed >= ClearlyWorse.FewestFailed)
            .OrderByDescending(h => h.Now.ErrorRate)
            .ThenBy(h => h.Service, StringComparer.Ordinal)
            .Take(JudgementThresholds.MostFailingTold)
            .ToList();
        return failing.Count == 0
            ? ""
            : " In it "
                + string.Join(
                    ", ",
                    failing.Select(h => FormattableString.Invariant($"{h.Now.Failed} of {h.Now.Requests} requests to {h.Service}"))
                )
                + " failed.";
    }

    private static bool IsPlain(NodeScore first, double surprise) =>
        (
            first.Surprise >= surprise
            && (
                Math.Max(first.Flow, first.Errors) >= JudgementThresholds.WeightAlone
                || first.Latency >= JudgementThresholds.LatencyAlone
                || first.Strain >= JudgementThresholds.Strained
            )
        )
        || first.Suspicions.Any(s =>
            s.Kind is SignalKind.OwnTime or SignalKind.Gap or SignalKind.Queue
            && (
                (
                    s.Surprise >= surprise + JudgementThresholds.MoreForOnePlace
                    && s.SlowMs - s.UsualMs >= JudgementThresholds.ClearlyMs
                    && s.Hits >= JudgementThresholds.ClearlyShare * s.Count
                )
                || (
                    s.Surprise >= Math.Max(JudgementThresholds.Certain, surprise)
                    && s.SlowMs - s.UsualMs >= JudgementThresholds.CertainMs
                    && s.NowMs >= JudgementThresholds.CertainTimes * s.UsualMs
                )
            )
        );

    private static int Places(SampleRequests sample) => sample.Bad.Requests.Select(r => (r.Service, r.Operation)).Distinct().Count();

    /// <summary>Load slows down many places a little, in proportion to what they usually take; a fault slows down one place much.</summary>
    private static bool IsOnlyLoad(NodeScore first, IReadOnlyList<NodeScore> nodes)
    {
        var lost = nodes.Sum(n => n.LostMs);
        if (first.Latency < JudgementThresholds.LoadLatency || first.LostMs < JudgementThresholds.LoadShare * lost)
            return true;
        var others = nodes.Skip(1).ToList();
        return lost - first.LostMs >= JudgementThresholds.LoadElsewhere * lost
            && Growth(others) >= JudgementThresholds.LoadGrowth * Growth([first]);
    }

    /// <summary>Time lost for each millisecond that the same requests usually take.</summary>
    private static double Growth(IReadOnlyList<NodeScore> nodes)
    {
        var late = nodes
            .SelectMany(n => n.Suspicions)
            .Where(s => s.Kind is SignalKind.OwnTime or SignalKind.Gap or SignalKind.Queue)
            .ToList();
        return late.Sum(s => s.ExcessMs) / Math.Max(1, late.Sum(s => s.UsualMs * s.Count));
    }

    /// <summary>Traffic against the baseline's, 1 where that is not known. A window in which the first requests came late was not recorded
    /// from its beginning.</summary>
    private static double Traffic(SampleRequests sample)
    {
        var before = sample
            .Baselines.Where(b => b.TraceCount >= JudgementThresholds.EnoughForTraffic)
            .Select(b => Rate(b, b.Requests.Min(r => r.StartNs)))
            .DefaultIfEmpty(0)
            .Average();
        return before == 0 ? 1 : Rate(sample.Bad, sample.Bad.Sample.Window.FromNs) / before;
    }

    private static double Rate(RequestSet set, long fromNs) =>
        set.Sample.Uniform * set.Sample.Weight / Math.Max(1, (set.Sample.Window.ToNs - Math.Max(fromNs, set.Sample.Window.FromNs)) / 1e9);

    /// <summary>Fewer traces than the contract's "clearly worse" asks of each window tell nothing of what is usual.</summary>
    private static bool IsComparable(SampleRequests sample) =>
        sample.Baselines.Sum(b => b.TraceCount) >= JudgementThresholds.EnoughToCompare;
}
