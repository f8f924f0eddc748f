using Copilot.Analysis.Samples;
using Copilot.Analysis.Signals;
using Copilot.Analysis.Statistics;
using Copilot.Analysis.Thresholds;
using Copilot.Analysis.Traces;

namespace Copilot.Analysis.Attribution;

/// <summary>
/// Whose fault a slow edge is. Where nearly all edges of its caller lose time, to whomever and from whomever they lead, the caller
/// is short of breath or badly connected and gets that much of each; what one edge loses beyond it points to its callee. Edges that
/// lose too little to tell by themselves are judged together, by the service that they share.
/// </summary>
internal static class EdgeAttribution
{
    /// <param name="found">With every edge that has slow calls at all, surprising or not.</param>
    public static List<Suspicion> Assign(IReadOnlyList<Suspicion> found, SampleRequests sample)
    {
        var options = sample.Input.Options;
        var slow = found.Where(s => s.Kind == SignalKind.Gap).ToList();
        var lost = slow.ToDictionary(e => (e.SeenAt, e.Node), e => e.ExcessMs / e.Count);
        var known = Edges(sample.BaselineRequests, EdgeThresholds.FewestCallsBefore).Keys.ToHashSet();
        // However little is known, what is surprising by it counts.
        known.UnionWith(slow.Where(e => e.Surprise >= options.Surprise).Select(e => (e.SeenAt, e.Node)));
        var edges = Edges(sample.Bad.Requests, EdgeThresholds.FewestCalls).Where(e => known.Contains(e.Key)).ToList();
        var outward = edges.ToLookup(e => e.Key.Caller, e => (Calls: e.Value, Lost: lost.GetValueOrDefault(e.Key)));
        var inward = edges
            .Where(e => e.Key.Caller != e.Key.Callee)
            .ToLookup(e => e.Key.Callee, e => (Calls: e.Value, Lost: lost.GetValueOrDefault(e.Key)));
        var result = found.Where(s => s.Kind != SignalKind.Gap).ToList();
        foreach (var edge in slow.Where(e => e.Surprise >= options.Surprise))
        {
            var clear = outward[edge.SeenAt].Where(other => IsTelling(other, edge)).Select(other => other.Lost).ToList();
            var around = inward[edge.SeenAt].Where(other => IsTelling(other, edge)).Select(other => other.Lost);
            var common = Math.Max(Common(clear), Common(clear.Concat(around)));
            var share = Math.Min(1, common / (edge.ExcessMs / edge.Count));
            if (share > 0)
                result.Add(edge with { Node = edge.SeenAt, SeenAt = edge.Node, ExcessMs = edge.ExcessMs * share });
            if (share < EdgeThresholds.AllCallers)
                result.Add(edge with { ExcessMs = edge.ExcessMs * (1 - share) });
        }

        result.AddRange(Together([.. slow.Where(e => e.Surprise < options.Surprise)], options));
        return result;
    }

    /// <summary>An edge with too few calls to have met what strikes another edge's calls now and then does not acquit.</summary>
    private static bool IsTelling((int Calls, double Lost) other, Suspicion edge) =>
        other.Lost > 0 || Math.Pow(1 - ((double)edge.Hits / edge.Count), other.Calls) < EdgeThresholds.ByChance;

    private static Dictionary<(int Caller, int Callee), int> Edges(IEnumerable<Request> requests, int calls) =>
        requests
            .SelectMany(r => r.Calls.Where(c => c.Callee >= 0 && !c.IsDatabase && !c.IsMessage).Select(c => (Caller: r.Service, c.Callee)))
            .CountBy(e => e)
            .Where(e => e.Value >= calls)
            .ToDictionary();

    /// <summary>Services whose edges are surprising together, the most surprising first; an edge counts for one service only.</summary>
    private static IEnumerable<Suspicion> Together(List<Suspicion> weak, AnalysisOptions options)
    {
        while (weak.Count > 1)
        {
            var best = weak.SelectMany(e => new[] { (Node: e.Node, Edge: e), (Node: e.SeenAt, Edge: e) })
                .GroupBy(e => e.Node, e => e.Edge)
                .Where(g => g.Count() > 1)
                .Select(g => Pool(g.Key, [.. g]))
                .MaxBy(s => s.Surprise);
            // Of so many combinations one is always a little surprising.
            if (best is null || best.Surprise < options.Surprise + EdgeThresholds.MoreForChoosing)
                yield break;
            yield return best;
            weak.RemoveAll(e => e.Node == best.Node || e.SeenAt == best.Node);
        }
    }

    private static Suspicion Pool(int node, List<Suspicion> edges)
    {
        var worst = edges.MaxBy(e => e.ExcessMs)!;
        var (hits, count, baseHits, baseCount) = (
            edges.Sum(e => e.Hits),
            edges.Sum(e => e.Count),
            edges.Sum(e => e.BaseHits),
            edges.Sum(e => e.BaseCount)
        );
        return worst with
        {
            Node = node,
            SeenAt = worst.Node == node ? worst.SeenAt : worst.Node,
            Hits = hits,
            Count = count,
            BaseHits = baseHits,
            BaseCount = baseCount,
            Surprise = Proportions.Surprise(hits, count, baseHits, baseCount),
            ExcessMs = edges.Sum(e => e.ExcessMs),
            Requests = [.. edges.SelectMany(e => e.Requests).Distinct()],
        };
    }

    /// <summary>What all lose alike. One edge cannot tell its two ends apart; of several, one odd callee must not acquit the
    /// caller.</summary>
    private static double Common(IEnumerable<double> losses)
    {
        var each = losses.Order().ToList();
        return each.Count < 2 ? 0 : each[(each.Count - 1) / EdgeThresholds.CommonPart];
    }
}
