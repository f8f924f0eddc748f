using System.Runtime.InteropServices;
using Copilot.Analysis.Signals;
using Copilot.Analysis.Statistics;
using Copilot.Analysis.Thresholds;
using Copilot.Analysis.Traces;

namespace Copilot.Analysis.CallPatterns;

/// <summary>
/// Callers that no longer wait for answers which take as long as ever: the callee worked on after its caller had gone. Where the callee
/// got slower, its caller's patience is not to blame, and nothing is found here.
/// </summary>
internal static class TimeoutSignal
{
    public static List<Suspicion> Find(SampleRequests sample)
    {
        var edges = new Dictionary<(int Service, int Operation, int Callee), Edge>();
        Collect(sample.Bad, edges, isBad: true);
        foreach (var baseline in sample.Baselines)
            Collect(baseline, edges, isBad: false);
        var usual = Math.Max(
            TimeoutThresholds.Rarest,
            edges.Values.Sum(e => e.BaseHits) / (double)Math.Max(1, edges.Values.Sum(e => e.Usual.Count))
        );
        return [.. edges.Select(e => Judge(e.Key, e.Value, usual, sample.Input.Options.Surprise)).OfType<Suspicion>()];
    }

    private static Suspicion? Judge((int Service, int Operation, int Callee) place, Edge edge, double usual, double surprise)
    {
        if (edge.CutMs.Count < TimeoutThresholds.Fewest || edge.Usual.Count < TimeoutThresholds.FewestBefore)
            return null;
        var patience = Percentiles.Median([.. edge.CutMs.Order()]);
        var longer = edge.Usual.Count(ms => ms > patience) / (double)edge.Usual.Count;
        var z = Math.Max(
            Proportions.Surprise(edge.CutMs.Count, edge.Calls, edge.BaseHits, edge.Usual.Count),
            Proportions.SurpriseGiven(edge.CutMs.Count, edge.Calls, edge.BaseHits, edge.Usual.Count, usual)
        );
        return z < surprise || longer < TimeoutThresholds.AsBefore * edge.CutMs.Count / edge.Calls
            ? null
            : new Suspicion
            {
                Kind = SignalKind.Timeouts,
                Node = place.Service,
                Operation = place.Operation,
                SeenAt = place.Callee,
                Hits = edge.CutMs.Count,
                Count = edge.Calls,
                BaseHits = edge.BaseHits,
                BaseCount = edge.Usual.Count,
                Surprise = z,
                Requests = [.. edge.Requests],
                UsualMs = Percentiles.Median([.. edge.Usual.Order()]),
                NowMs = patience,
            };
    }

    private static void Collect(RequestSet set, Dictionary<(int, int, int), Edge> edges, bool isBad)
    {
        for (var r = 0; r < set.Requests.Count; r++)
        {
            var request = set.Requests[r];
            if (!request.Counts)
                continue;
            foreach (ref readonly var call in CollectionsMarshal.AsSpan(request.Calls))
            {
                if (call.Request < 0 || call.IsMessage || !set.Forest.Spans[call.Span].IsCall)
                    continue;
                var key = (request.Service, request.Operation, call.Callee);
                if (!edges.TryGetValue(key, out var edge))
                    edges.Add(key, edge = new Edge());
                edge.Add(call, IsCut(set, call), isBad, r);
            }
        }
    }

    /// <summary>The callee had not failed and was still at work when the call ended.</summary>
    private static bool IsCut(RequestSet set, Call call)
    {
        var called = set.Requests[call.Request];
        return !called.Failed && (call.IsGivenUp || (call.Failed && called.DurationMs >= call.DurationMs));
    }

    private sealed class Edge
    {
        public int Calls { get; private set; }

        /// <summary>How long the calls lasted that were given up.</summary>
        public List<double> CutMs { get; } = [];

        public HashSet<int> Requests { get; } = [];

        /// <summary>How long calls lasted in good times.</summary>
        public List<double> Usual { get; } = [];

        public int BaseHits { get; private set; }

        public void Add(Call call, bool isCut, bool isBad, int request)
        {
            if (!isBad)
            {
                Usual.Add(call.DurationMs);
                BaseHits += isCut ? 1 : 0;
                return;
            }

            Calls++;
            if (!isCut)
                return;
            CutMs.Add(call.DurationMs);
            Requests.Add(request);
        }
    }
}
