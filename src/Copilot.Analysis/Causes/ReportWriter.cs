using Copilot.Analysis.Attribution;
using Copilot.Analysis.Localization;
using Copilot.Analysis.Reports;
using Copilot.Analysis.Signals;
using Copilot.Analysis.Thresholds;
using Copilot.Telemetry.Records;

namespace Copilot.Analysis.Causes;

/// <summary>
/// Puts what was found into a report: ranked items with evidence, whom they reach, the way there, and what was ruled out.
/// </summary>
internal sealed class ReportWriter(
    SampleRequests sample,
    IReadOnlyList<NodeScore> nodes,
    Dictionary<int, HealthChange> health,
    CallGraph graph,
    Judgement judgement,
    ValueLocalizer places,
    SharedPlace? shared
)
{
    public CauseReport Write()
    {
        var items = Items();
        var isCause = judgement.Verdict == CauseVerdict.Cause;
        var cause = isCause ? nodes[0].Node : -1;
        var affected = AffectedServices.Of(health, graph, isCause ? cause : null, shared?.Services);
        var path = isCause ? PathFinder.Find(sample, nodes[0], Name) : [];
        return new CauseReport
        {
            Verdict = judgement.Verdict,
            Summary = isCause ? Summary(items[0], path) : judgement.Summary + StillArriving(),
            Items = items,
            Affected = affected.Items,
            WorseOtherwise = affected.WorseOtherwise,
            Path = path,
            Rejected = isCause ? Alternatives.Reject(sample, nodes, health, shared?.Services ?? [], Name) : [],
            Checks = isCause ? Checks(items[0]) : [],
            Health = [.. health.Values.OrderBy(h => h.Service, StringComparer.Ordinal)],
            FacingUsers = UserFacing.Of(sample).Where(health.ContainsKey).Select(s => sample.Names[s]).ToHashSet(StringComparer.Ordinal),
            HasBaseline = judgement.HasBaseline,
            StillArriving = sample.Bad.Sample.Incomplete.Count,
            TrafficRatio = judgement.TrafficRatio,
        };
    }

    /// <summary>What has not come yet speaks neither for nor against anybody.</summary>
    private string StillArriving() =>
        sample.Bad.Sample.Incomplete.Count is > 0 and var count
            ? FormattableString.Invariant(
                $" {count} of {sample.Bad.TraceCount} traces are so recent that part of them may still be on its way; they were left out."
            )
            : "";

    private List<CauseItem> Items()
    {
        var writer = new ItemWriter(sample, Name);
        var items = new List<CauseItem>();
        var named = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < nodes.Count && items.Count < TellingThresholds.MostCauses; i++)
        {
            if (nodes[i].Score > 0 && named.Add(Name(nodes[i].Node)))
            {
                var rival = i == 0 ? nodes.Skip(1).Select(n => n.Score).FirstOrDefault() : nodes[0].Score;
                var place = i >= TellingThresholds.MostPlaces ? null : places.Find(nodes[i], i == 0 ? shared : null, Name);
                var clearness = Confidence.Clearness(nodes[i], rival, i == 0, judgement.Verdict);
                items.Add(
                    writer.Write(nodes[i], place) with
                    {
                        Clearness = clearness,
                        Confidence = Confidence.Told(clearness, items.Count == 0 ? null : items[0].Confidence, judgement.Verdict),
                    }
                );
            }
        }

        if (judgement.Verdict == CauseVerdict.Cause)
            items.AddRange(Others(named).Take(TellingThresholds.FewestRanked - items.Count));
        return items;
    }

    /// <summary>The list goes on where nothing speaks against anybody any more: whoever is worse, then whoever is asked most.</summary>
    private IEnumerable<CauseItem> Others(HashSet<string> named) =>
        health
            .Where(h => named.Add(Name(h.Key)))
            .OrderByDescending(h => h.Value.IsClearlyWorse ? h.Value.Severity : 0)
            .ThenByDescending(h => h.Value.Now.Requests)
            .ThenByDescending(h => h.Value.Now.P95Ms)
            .ThenByDescending(h => h.Value.Before.P95Ms)
            .ThenBy(h => h.Value.Service, StringComparer.Ordinal)
            .Select(h => new CauseItem
            {
                Service = h.Value.Service,
                Score = 0,
                Clearness = ConfidenceThresholds.Least,
                Confidence = ConfidenceThresholds.Least,
                Kind = h.Value.FailsMore ? CauseKind.Errors : CauseKind.Latency,
                Why = h.Value.IsClearlyWorse
                    ? $"{h.Value.Service} is worse than before, and nothing shows that it starts there."
                    : $"Nothing of {h.Value.Service} is worse than before.",
            });

    /// <summary>A service goes by the name it sends; a peer, which sends nothing, by the one it is known by.</summary>
    private string Name(int node)
    {
        var name = sample.Names[node];
        return !sample.IsService(node) && sample.Input.PeerNames.TryGetValue(name, out var known) ? known : name;
    }

    private static string Summary(CauseItem item, IReadOnlyList<PropagationStep> path) =>
        path.Count == 0
            ? $"It starts in {item.Service}: {item.Why}"
            : $"It starts in {item.Service}: {item.Why} It reaches {path[0].Caller} along "
                + $"{string.Join(" → ", path.Select(p => p.Caller).Append(item.Service))}.";

    private static List<string> Checks(CauseItem item)
    {
        var checks = new List<string>();
        if (item.Change is { } change)
            checks.Add(
                $"Undo the {change.Kind} of {change.Service} (\"{change.Summary}\"): if {item.Service} recovers within "
                    + "minutes, it was that."
            );
        if (item.Place is { } place)
            checks.Add(place.Check(item.Service));
        checks.Add(
            item.Kind switch
            {
                CauseKind.Network => $"Compare {item.Service}'s own view of its durations with its callers': if they agree again, the "
                    + "time was lost between them.",
                CauseKind.Resource =>
                    $"Look at {item.Service}'s processor and memory: if they are back to normal while requests stay slow, it is not this.",
                CauseKind.Errors => $"Read the failing traces of {item.Service}: every one should fail in the same step; another first "
                    + "failing step would refute it.",
                _ when item.WaitsFor is { } database =>
                    $"Look at {database} itself (locks, load, slow queries): if it answers others as fast as before, look at the way there "
                        + $"and at what {item.Service} asks of it.",
                _ => $"Look at the slow traces of {item.Service}: if most of the time is spent elsewhere, this is refuted.",
            }
        );
        return checks;
    }
}
