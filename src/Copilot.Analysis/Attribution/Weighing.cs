using Copilot.Analysis.Signals;
using Copilot.Analysis.Thresholds;

namespace Copilot.Analysis.Attribution;

/// <summary>
/// Puts unlike suspicions on one scale: which part of the requests suffers here, and how sure that is. Time lost is set against
/// how long requests usually take; requests that are late, fail or go astray count by the root of their share, because a fault in a
/// seldom used operation is a fault all the same; a strained resource only underlines time that is lost in the same place.
/// </summary>
internal static class Weighing
{
    public static List<NodeScore> Weigh(IReadOnlyList<Suspicion> suspicions, SampleRequests sample)
    {
        var traces = Math.Max(1, sample.Bad.TraceCount);
        var usual = sample.BaselineRequests.Where(r => r.Caller < 0 && r.Counts).Select(r => r.DurationMs).DefaultIfEmpty(0).Average();
        return
        [
            .. suspicions
                .GroupBy(s => s.Node)
                .Select(g => Weigh(g.Key, [.. g.OrderByDescending(s => s.Surprise)], sample, traces, usual))
                .OrderByDescending(n => n.Score)
                .ThenByDescending(n => n.Strain)
                .ThenBy(n => sample.Names[n.Node], StringComparer.Ordinal),
        ];
    }

    private static NodeScore Weigh(int node, List<Suspicion> suspicions, SampleRequests sample, int traces, double usualMs)
    {
        var late = suspicions.Where(s => s.Kind is SignalKind.OwnTime or SignalKind.Gap or SignalKind.Queue).ToList();
        var flow = Largest(suspicions.Where(s => s.Kind == SignalKind.Flow), s => Astray(s, sample, traces));
        var errors = Largest(
            suspicions.Where(s => s.Kind is SignalKind.Errors or SignalKind.Silence or SignalKind.Timeouts),
            s => Astray(s, sample, traces)
        );
        var strain = Largest(
            suspicions.Where(s => s.Kind is SignalKind.Resource or SignalKind.Saturation),
            s => Math.Min(1, Math.Log10(s.ExcessMs)) * Math.Min(1, s.Surprise / WeighingThresholds.SurelyShort)
        );
        var complaints = Largest(
            suspicions.Where(s => s.Kind == SignalKind.Messages),
            s => WeighingThresholds.MessagesAlone * Math.Sqrt((double)s.Hits / s.Count) * Sure(s.Surprise)
        );
        var lost = late.Sum(s => s.ExcessMs / traces);
        var latency = Late(late, lost, sample, traces, usualMs);
        // Lateness alone may have come from anywhere; with the resource that is short at the same time it is explained.
        var slow = Math.Pow(latency, 1 / (1 + strain)) * (1 + strain) / 2;
        return new NodeScore
        {
            Node = node,
            Score = Math.Max(1 - ((1 - slow) * (1 - flow) * (1 - errors) * (1 - complaints)), WeighingThresholds.StrainAlone * strain),
            Latency = latency,
            Flow = flow,
            Errors = errors,
            Strain = strain,
            LostMs = lost,
            Surprise = Largest(
                suspicions.Where(s =>
                    s.Kind
                        is not (
                            SignalKind.Resource
                            or SignalKind.Saturation
                            or SignalKind.Messages
                            or SignalKind.Retries
                            or SignalKind.PoolWait
                        )
                ),
                s => s.Surprise
            ),
            Suspicions = suspicions,
        };
    }

    /// <summary>The root of the share of traces in which requests fail or go astray, beyond what is usual.</summary>
    private static double Astray(Suspicion s, SampleRequests sample, int traces)
    {
        var touched = Traces([s], sample);
        return Math.Sqrt(Math.Max(0, touched - ((double)s.BaseHits * s.Count / s.BaseCount)) / traces) * Sure(s.Surprise);
    }

    private static double Late(List<Suspicion> late, double lost, SampleRequests sample, int traces, double usualMs)
    {
        var half = (WeighingThresholds.MuchOfUsual * usualMs) + WeighingThresholds.MuchMs;
        var share = Math.Max(1, Traces(late, sample)) / (double)traces;
        return Math.Max(1 - Math.Exp(-lost / half), Math.Sqrt(share) * (1 - Math.Exp(-lost / share / half)))
            * Sure(Largest(late, s => s.Surprise));
    }

    private static int Traces(IEnumerable<Suspicion> suspicions, SampleRequests sample) =>
        suspicions.SelectMany(s => s.Requests).Select(r => sample.Bad.Requests[r].Trace).Distinct().Count();

    private static double Sure(double surprise) => Math.Min(1, surprise / WeighingThresholds.Certain);

    private static double Largest(IEnumerable<Suspicion> suspicions, Func<Suspicion, double> weight) =>
        suspicions.Select(weight).DefaultIfEmpty(0).Max();
}
