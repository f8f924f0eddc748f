using System.Globalization;
using Copilot.Analysis.Attribution;
using Copilot.Analysis.Reports;
using Copilot.Analysis.Signals;
using Copilot.Analysis.Thresholds;
using Copilot.Analysis.Traces;
using Copilot.Telemetry.Text;

namespace Copilot.Analysis.Causes;

/// <summary>The way from what users send to where trouble starts: the one that most of the concerned requests took.</summary>
internal static class PathFinder
{
    public static IReadOnlyList<PropagationStep> Find(SampleRequests sample, NodeScore cause, Func<int, string> name)
    {
        var requests = sample.Bad.Requests;
        var chains = new Dictionary<string, (int Count, List<int> Chain)>();
        foreach (var start in cause.Suspicions.SelectMany(s => s.Requests).Distinct().Take(PathThresholds.MostStarts))
        {
            var chain = new List<int> { cause.Node };
            for (var at = start; at >= 0 && chain.Count < PathThresholds.Longest; at = requests[at].Caller)
            {
                if (requests[at].Service != chain[^1])
                    chain.Add(requests[at].Service);
            }

            chain.Reverse();
            var key = string.Join(',', chain);
            chains[key] = (chains.GetValueOrDefault(key).Count + 1, chain);
        }

        if (chains.Count == 0)
            return [];
        var best = chains.Values.OrderByDescending(c => c.Count).ThenByDescending(c => c.Chain.Count).First().Chain;
        return [.. best.Zip(best.Skip(1), (caller, callee) => Step(sample, caller, callee, name))];
    }

    private static PropagationStep Step(SampleRequests sample, int caller, int callee, Func<int, string> name)
    {
        var now = Calls(sample.Bad, caller, callee);
        var before = sample.Baselines.SelectMany(b => Calls(b, caller, callee)).ToList();
        var operation = now.CountBy(c => c.Operation).OrderByDescending(c => c.Value).Select(c => c.Key).FirstOrDefault(-1);
        return new PropagationStep(name(caller), name(callee), sample.Names[operation], Mean(before), Mean(now));
    }

    private static List<(double Ms, int Operation)> Calls(RequestSet set, int caller, int callee) =>
        [
            .. set
                .Requests.Where(r => r.Service == caller)
                .SelectMany(r => r.Calls)
                .Where(c => c.Callee == callee)
                .Select(c => (c.DurationMs, c.Request >= 0 ? set.Requests[c.Request].Operation : set.Forest.Spans[c.Span].Operation)),
        ];

    private static double Mean(List<(double Ms, int Operation)> calls) => calls.Count == 0 ? 0 : Math.Round(calls.Average(c => c.Ms), 1);
}

/// <summary>What an engineer would suspect next, and what speaks against it.</summary>
internal static class Alternatives
{
    /// <param name="together">Who suffers in the same place as the first: they are no alternatives to it.</param>
    public static IReadOnlyList<RejectedCause> Reject(
        SampleRequests sample,
        IReadOnlyList<NodeScore> nodes,
        Dictionary<int, HealthChange> health,
        IReadOnlyList<int> together,
        Func<int, string> name
    )
    {
        var cause = nodes[0];
        var scores = nodes.ToDictionary(n => n.Node);
        var rejected = new List<RejectedCause>();
        // The recently changed first: that is whom people blame.
        foreach (var change in sample.Input.Changes.Where(c => c.Service != name(cause.Node)).OrderByDescending(c => c.Time))
        {
            var node = sample.Names.Find(change.Service);
            if (rejected.Any(r => r.Service == change.Service) || (health.TryGetValue(node, out var state) && state.IsClearlyWorse))
                continue;
            rejected.Add(
                new RejectedCause(
                    change.Service,
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"It changed at {change.Time.UtcDateTime:HH:mm:ss} UTC ({change.Kind}: {change.Summary}), but "
                            + $"its figures are not worse than before."
                    )
                )
            );
        }

        foreach (
            var (node, change) in health
                .Where(h => h.Value.IsClearlyWorse && h.Key != cause.Node && !together.Contains(h.Key))
                .OrderByDescending(h => h.Value.Severity)
        )
        {
            var own = scores.TryGetValue(node, out var score) ? score.LostMs : 0;
            rejected.Add(
                new RejectedCause(
                    name(node),
                    change.IsSlower
                        ? string.Create(
                            CultureInfo.InvariantCulture,
                            $"Its p95 went from {Quantity.Duration(change.Before.P95Ms)} to "
                                + $"{Quantity.Duration(change.Now.P95Ms)}, but the time is lost in what it calls: "
                                + $"{Quantity.Duration(own)} a trace are its own, {Quantity.Duration(cause.LostMs)} are "
                                + $"{name(cause.Node)}'s."
                        )
                        : string.Create(
                            CultureInfo.InvariantCulture,
                            $"{Quantity.Percent(change.Now.ErrorRate)} of its requests fail, but only where something "
                                + $"it calls failed first."
                        )
                )
            );
        }

        foreach (var node in nodes.Skip(1).Where(n => n.Score > 0 && !together.Contains(n.Node)))
        {
            if (rejected.All(r => r.Service != name(node.Node)))
                rejected.Add(
                    new RejectedCause(
                        name(node.Node),
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"It moved too, but weighs {node.Score:0.00} against {cause.Score:0.00}."
                        )
                    )
                );
        }

        return [.. rejected.Take(PathThresholds.MostRejected)];
    }
}
