using Copilot.Analysis.Signals;

namespace Copilot.Analysis.Blame;

/// <summary>
/// Puts unlike suspicions on one scale: which part of the requests suffers here, and how sure that is. Time lost is set against
/// how long requests usually take; requests that are late, fail or go astray count by the root of their share, because a fault in a
/// seldom used operation is a fault all the same; a strained resource only underlines time that is lost in the same place.
/// </summary>
internal static class Weighing
{
    /// <summary>At so many standard deviations more certainty adds nothing.</summary>
    private const double Certain = 6;

    /// <summary>A shortage that no request suffers from is a suspect only where there is no other, and never a verdict.</summary>
    private const double StrainAlone = 0.02;

    /// <summary>A message that no request is known to suffer from is a suspect where there is no better one, and no verdict.</summary>
    private const double MessagesAlone = 0.15;

    public static List<NodeScore> Weigh(IReadOnlyList<Suspicion> suspicions, SampleRequests sample)
    {
        var traces = Math.Max(1, sample.Bad.TraceCount);
        var usual = sample.BaselineRequests.Where(r => r.Caller < 0 && r.Counts).Select(r => r.DurationMs).DefaultIfEmpty(0).Average();
        return
        [
            .. suspicions.GroupBy(s => s.Node).Select(g => Weigh(g.Key, [.. g.OrderByDescending(s => s.Surprise)], sample, traces, usual))
                .OrderByDescending(n => n.Score).ThenByDescending(n => n.Strain).ThenBy(n => sample.Names[n.Node], StringComparer.Ordinal),
        ];
    }

    private static NodeScore Weigh(int node, List<Suspicion> suspicions, SampleRequests sample, int traces, double usualMs)
    {
        double lost = 0, sure = 0, flow = 0, errors = 0, strain = 0, complaints = 0, surprise = 0;
        var late = new HashSet<int>();
        foreach (var s in suspicions)
        {
            if (s.Kind == SignalKind.Resource)
            {
                strain = Math.Max(strain, Math.Min(1, Math.Log10(s.ExcessMs)) * Math.Min(1, s.Surprise / 10));
                continue;
            }

            if (s.Kind == SignalKind.Messages)
            {
                complaints = Math.Max(complaints, MessagesAlone * Math.Sqrt((double)s.Hits / s.Count) * Math.Min(1, s.Surprise / Certain));
                continue;
            }

            surprise = Math.Max(surprise, s.Surprise);
            if (s.Kind is SignalKind.OwnTime or SignalKind.Gap or SignalKind.Queue)
            {
                lost += s.ExcessMs / traces;
                late.UnionWith(s.Requests.Select(r => sample.Bad.Requests[r].Trace));
                sure = Math.Max(sure, s.Surprise);
            }
            else
            {
                var touched = s.Requests.Select(r => sample.Bad.Requests[r].Trace).Distinct().Count();
                var beyond = Math.Max(0, touched - ((double)s.BaseHits * s.Count / s.BaseCount)) / traces;
                var weight = Math.Sqrt(beyond) * Math.Min(1, s.Surprise / Certain);
                if (s.Kind == SignalKind.Flow)
                    flow = Math.Max(flow, weight);
                else
                    errors = Math.Max(errors, weight);
            }
        }

        // Half of what requests usually take is already much to lose; ten milliseconds keep very short requests from shouting.
        var share = Math.Max(1, late.Count) / (double)traces;
        var half = (0.5 * usualMs) + 10;
        var latency = Math.Max(1 - Math.Exp(-lost / half), Math.Sqrt(share) * (1 - Math.Exp(-lost / share / half))) * Math.Min(1, sure / Certain);
        // Lateness alone may have come from anywhere; with the resource that is short at the same time it is explained.
        var slow = Math.Pow(latency, 1 / (1 + strain)) * (1 + strain) / 2;
        var all = 1 - ((1 - slow) * (1 - flow) * (1 - errors) * (1 - complaints));
        return new NodeScore
        {
            Node = node,
            Score = Math.Max(all, StrainAlone * strain),
            Latency = latency,
            Flow = flow,
            Errors = errors,
            Strain = strain,
            LostMs = lost,
            Surprise = surprise,
            Suspicions = suspicions,
        };
    }
}
