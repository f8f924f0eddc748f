using Copilot.Analysis.Signals;

namespace Copilot.Analysis.Blame;

/// <summary>
/// Whose fault a slow edge is. Where nearly all edges of its caller lose time, to whomever and from whomever they lead, the caller
/// is short of breath or badly connected and gets that much of each; what one edge loses beyond it points to its callee.
/// </summary>
internal static class EdgeBlame
{
    private const int Enough = 3;

    public static List<Suspicion> Assign(IReadOnlyList<Suspicion> found, SampleRequests sample)
    {
        var lost = found.Where(s => s.Kind == SignalKind.Gap).ToDictionary(e => (e.SeenAt, e.Node), e => e.ExcessMs / e.Count);
        var edges = sample.Bad.Requests
            .SelectMany(r => r.Calls.Where(c => c.Callee >= 0 && !c.IsDatabase && !c.IsMessage).Select(c => (Caller: r.Service, c.Callee)))
            .CountBy(e => e).Where(e => e.Value >= Enough).Select(e => e.Key).ToList();
        var outward = edges.ToLookup(e => e.Caller, e => lost.GetValueOrDefault((e.Caller, e.Callee)));
        var inward = edges.Where(e => e.Caller != e.Callee).ToLookup(e => e.Callee, e => lost.GetValueOrDefault((e.Caller, e.Callee)));
        var result = new List<Suspicion>();
        foreach (var edge in found)
        {
            if (edge.Kind != SignalKind.Gap)
            {
                result.Add(edge);
                continue;
            }

            var common = Math.Max(Common(outward[edge.SeenAt]), Common(outward[edge.SeenAt].Concat(inward[edge.SeenAt])));
            var share = Math.Min(1, common / (edge.ExcessMs / edge.Count));
            if (share > 0)
                result.Add(edge with { Node = edge.SeenAt, SeenAt = edge.Node, ExcessMs = edge.ExcessMs * share });
            if (share < 0.9)
                result.Add(edge with { ExcessMs = edge.ExcessMs * (1 - share) });
        }

        return result;
    }

    /// <summary>What all lose alike. One edge cannot tell its two ends apart; of several, one odd callee must not acquit the caller.</summary>
    private static double Common(IEnumerable<double> losses)
    {
        var each = losses.Order().ToList();
        return each.Count < 2 ? 0 : each[(each.Count - 1) / 3];
    }
}
