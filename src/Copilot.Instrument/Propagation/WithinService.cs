using Copilot.Store.Instrumentation;
using Copilot.Telemetry.Spans;

namespace Copilot.Instrument.Propagation;

/// <summary>
/// Finds services that lose the context between a request and the calls that it makes: the calls begin traces of their own, and begin
/// while requests of one operation are served, far more often than chance would have it. What a timer calls begins at any time.
/// </summary>
internal static class WithinService
{
    private static readonly double[] Moves = [-3.7, -1.9, 1.9, 3.7];

    /// <summary>The services whose calls are to be looked at with all their requests.</summary>
    public static IReadOnlyList<string> Suspects(IEnumerable<CallSide> sides) =>
        [
            .. sides
                .Where(IsLooseCall)
                .GroupBy(side => side.Service, StringComparer.Ordinal)
                .Where(same => same.Count() >= PropagationThresholds.FewestCalls)
                .Select(same => same.Key),
        ];

    public static IEnumerable<BrokenPair> Find(PropagationSample sample)
    {
        var requests = sample
            .Requests.GroupBy(request => (request.Service, Operation: BrokenPair.OperationOf(request)))
            .Select(same => (same.Key.Service, same.Key.Operation, All: same.OrderBy(side => side.StartNs).ToArray()))
            .ToLookup(same => same.Service, StringComparer.Ordinal);
        var loose = sample
            .Sides.Where(IsLooseCall)
            .GroupBy(side => (side.Service, Peer: side.Address ?? side.Destination ?? side.System ?? side.Operation));
        foreach (var kind in loose)
        {
            CallSide[] calls = [.. kind.OrderBy(side => side.StartNs).Take(PropagationThresholds.MostMatched)];
            if (calls.Length < PropagationThresholds.FewestCalls)
                continue;
            var best = requests[kind.Key.Service]
                .Where(served => served.All.Length >= PropagationThresholds.FewestCalls)
                .Select(served => (served.Operation, served.All, Match: Match(calls, served.All)))
                .OrderByDescending(served => served.Match.AboveChance)
                .FirstOrDefault();
            if (
                best.Match is { } match
                && match.Share >= PropagationThresholds.ShareWithin
                && match.AboveChance >= PropagationThresholds.AboveChanceWithin
            )
                yield return new BrokenPair(
                    kind.Key.Service,
                    kind.Key.Service,
                    best.Operation,
                    kind.Key.Peer,
                    true,
                    false,
                    RouteFit.Same,
                    calls,
                    best.All,
                    match
                );
        }
    }

    private static bool IsLooseCall(CallSide side) => side is { IsRoot: true, Kind: SpanKind.Client or SpanKind.Producer };

    private static TimeMatch Match(CallSide[] calls, CallSide[] requests)
    {
        var pairs = During(calls, requests, 0).ToList();
        var unit = requests.Average(request => (double)request.DurationNs) + PropagationThresholds.AfterAnswerNs;
        var chance = Moves.Average(move => (double)During(calls, requests, (long)(move * unit)).Count() / calls.Length);
        return new TimeMatch(pairs, calls.Length, (double)pairs.Count / calls.Length, chance, 0);
    }

    private static IEnumerable<(CallSide Call, CallSide Request)> During(CallSide[] calls, CallSide[] requests, long movedNs)
    {
        var longest = requests.Max(request => request.DurationNs) + PropagationThresholds.AfterAnswerNs;
        var next = 0;
        foreach (var call in calls)
        {
            var at = call.StartNs - movedNs;
            while (next < requests.Length && requests[next].StartNs <= at)
                next++;
            for (var i = next - 1; i >= 0 && requests[i].StartNs + longest >= at; i--)
            {
                if (requests[i].EndNs + PropagationThresholds.AfterAnswerNs < at)
                    continue;
                yield return (call, requests[i]);
                break;
            }
        }
    }
}
