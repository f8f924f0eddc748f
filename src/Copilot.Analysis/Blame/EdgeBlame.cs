using Copilot.Analysis.Signals;

namespace Copilot.Analysis.Blame;

/// <summary>
/// Whose fault a slow edge is. Where nearly all of a caller's edges lose time, whatever they lead to, the caller is short of
/// breath and gets that much of each; what one edge loses beyond it points to its callee.
/// </summary>
internal static class EdgeBlame
{
    public static List<Suspicion> Assign(IReadOnlyList<Suspicion> found, SampleRequests sample)
    {
        var edges = found.Where(s => s.Kind == SignalKind.Gap).ToList();
        var all = sample.Bad.Requests
            .SelectMany(r => r.Calls.Where(c => c.Callee >= 0 && !c.IsDatabase && !c.IsMessage).Select(c => (r.Service, c.Callee)))
            .CountBy(e => e).ToLookup(e => e.Key.Service, e => (e.Key.Callee, e.Value));
        var lost = edges.ToDictionary(e => (e.SeenAt, e.Node), e => e.ExcessMs / e.Count);
        var result = found.Where(s => s.Kind != SignalKind.Gap).ToList();
        foreach (var ofCaller in edges.GroupBy(e => e.SeenAt))
        {
            var each = all[ofCaller.Key].Where(c => c.Value >= 3).Select(c => lost.GetValueOrDefault((ofCaller.Key, c.Callee))).Order().ToList();
            // One edge cannot tell its two ends apart. Of several, the third from below: one odd callee must not acquit the caller.
            var common = each.Count < 2 ? 0 : each[(each.Count - 1) / 3];
            foreach (var edge in ofCaller)
            {
                var share = Math.Min(1, common / (edge.ExcessMs / edge.Count));
                if (share > 0)
                    result.Add(edge with { Node = ofCaller.Key, SeenAt = edge.Node, ExcessMs = edge.ExcessMs * share });
                if (share < 0.9)
                    result.Add(edge with { ExcessMs = edge.ExcessMs * (1 - share) });
            }
        }

        return result;
    }
}
