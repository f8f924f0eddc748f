using Copilot.Analysis.Blame;
using Copilot.Analysis.Reports;
using Copilot.Analysis.Signals;
using Copilot.Analysis.Traces;

namespace Copilot.Analysis.Causes;

/// <summary>The way from what users send to where trouble starts: the one that most of the concerned requests took.</summary>
internal static class PathFinder
{
    public static IReadOnlyList<PathStep> Find(SampleRequests sample, NodeScore cause, Func<int, string> name)
    {
        var requests = sample.Bad.Requests;
        var chains = new Dictionary<string, (int Count, List<int> Chain)>();
        foreach (var start in cause.Suspicions.SelectMany(s => s.Requests).Distinct().Take(500))
        {
            var chain = new List<int> { cause.Node };
            for (var at = start; at >= 0 && chain.Count < 32; at = requests[at].Caller)
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

    private static PathStep Step(SampleRequests sample, int caller, int callee, Func<int, string> name)
    {
        var now = Calls(sample.Bad, caller, callee);
        var before = sample.Baselines.SelectMany(b => Calls(b, caller, callee)).ToList();
        var operation = now.CountBy(c => c.Operation).OrderByDescending(c => c.Value).Select(c => c.Key).FirstOrDefault(-1);
        return new PathStep(name(caller), name(callee), sample.Names[operation], Mean(before), Mean(now));
    }

    private static List<(double Ms, int Operation)> Calls(RequestSet set, int caller, int callee) =>
    [
        .. set.Requests.Where(r => r.Service == caller).SelectMany(r => r.Calls).Where(c => c.Callee == callee)
            .Select(c => (c.DurationMs, c.Request >= 0 ? set.Requests[c.Request].Operation : set.Forest.Spans[c.Span].Operation)),
    ];

    private static double Mean(List<(double Ms, int Operation)> calls) => calls.Count == 0 ? 0 : Math.Round(calls.Average(c => c.Ms), 1);
}
