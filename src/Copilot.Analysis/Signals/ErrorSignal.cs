using System.Runtime.InteropServices;
using Copilot.Analysis.Statistics;
using Copilot.Analysis.Thresholds;
using Copilot.Analysis.Traces;

namespace Copilot.Analysis.Signals;

/// <summary>Where failures start: requests that fail although nothing they called did, peers whose calls fail, services gone
/// silent.</summary>
internal static class ErrorSignal
{
    public static List<Suspicion> Find(SampleRequests sample)
    {
        var options = sample.Input.Options;
        var tallies = new Dictionary<(SignalKind Kind, int Node, int Other), Tally>();
        var services = sample.BaselineRequests.Concat(sample.Bad.Requests).Select(r => r.Service).ToHashSet();
        Count(sample.Bad.Requests, tallies, services, bad: true);
        foreach (var baseline in sample.Baselines)
            Count(baseline.Requests, tallies, services, bad: false);
        var found = new List<Suspicion>();
        var usual = tallies.GroupBy(t => t.Key.Kind).ToDictionary(g => g.Key, g => Usual([.. g.Select(t => t.Value)]));
        foreach (var ((kind, node, other), tally) in tallies)
        {
            if (kind == SignalKind.Silence ? !options.UseSilence : !options.UseErrors)
                continue;
            // Without any good value of its own nothing is known: a seldom call may always have failed.
            var surprise =
                tally.BaseCount == 0
                    ? 0
                    : Math.Max(
                        Proportions.Surprise(tally.Hits.Count, tally.Count, tally.BaseHits, tally.BaseCount),
                        Proportions.SurpriseGiven(tally.Hits.Count, tally.Count, tally.BaseHits, tally.BaseCount, usual[kind])
                    );
            if (surprise < options.Surprise)
                continue;
            var isRequest = kind == SignalKind.Errors && services.Contains(node);
            found.Add(
                new Suspicion
                {
                    Kind = kind,
                    Node = node,
                    Operation = isRequest ? other : -1,
                    SeenAt = isRequest ? -1 : other,
                    Hits = tally.Hits.Count,
                    Count = tally.Count,
                    BaseHits = tally.BaseHits,
                    BaseCount = tally.BaseCount,
                    Surprise = surprise,
                    Requests = tally.Hits,
                    Detail = sample.Names[MostCommon(tally.ErrorTypes)],
                }
            );
        }

        return found;
    }

    /// <summary>How often such things happen in good times.</summary>
    private static double Usual(List<Tally> tallies) =>
        Math.Max(ErrorThresholds.Rarest, (double)tallies.Sum(t => t.BaseHits) / Math.Max(1, tallies.Sum(t => t.BaseCount)));

    private static void Count(
        IReadOnlyList<Request> requests,
        Dictionary<(SignalKind, int, int), Tally> tallies,
        HashSet<int> services,
        bool bad
    )
    {
        for (var r = 0; r < requests.Count; r++)
        {
            var request = requests[r];
            if (!request.Counts)
                continue;
            foreach (ref readonly var call in CollectionsMarshal.AsSpan(request.Calls))
            {
                if (call.Callee < 0)
                    continue;
                // Nobody waits for a message's receiver, so nobody fails with it; but it can fall silent.
                if (services.Contains(call.Callee) && (call.IsMessage || !call.IsDatabase))
                    Of((SignalKind.Silence, call.Callee, request.Service)).Add(bad, call.Request < 0, r, -1);
                else if (!call.IsDatabase)
                    Of((SignalKind.Errors, call.Callee, request.Service)).Add(bad, call.Failed && request.Failed, r, -1);
            }

            Of((SignalKind.Errors, request.Service, request.Operation))
                .Add(bad, request.Failed && !IsExplained(request, requests, services), r, request.ErrorType);
        }

        Tally Of((SignalKind, int, int) key)
        {
            if (!tallies.TryGetValue(key, out var tally))
                tallies.Add(key, tally = new Tally());
            return tally;
        }
    }

    /// <summary>Something that it called, and waited for, failed.</summary>
    private static bool IsExplained(Request request, IReadOnlyList<Request> requests, HashSet<int> services) =>
        request.Calls.Exists(call =>
            call.Callee >= 0
            && !(call.IsMessage && services.Contains(call.Callee))
            && (call.Request >= 0 ? requests[call.Request].Failed : call.Failed && !call.IsDatabase)
        );

    private static int MostCommon(List<int> types) =>
        types.Where(t => t >= 0).CountBy(t => t).OrderByDescending(t => t.Value).Select(t => t.Key).DefaultIfEmpty(-1).First();

    private sealed class Tally
    {
        public int Count { get; private set; }

        public List<int> Hits { get; } = [];

        public List<int> ErrorTypes { get; } = [];

        public int BaseCount { get; private set; }

        public int BaseHits { get; private set; }

        public void Add(bool bad, bool hit, int request, int errorType)
        {
            if (!bad)
            {
                BaseCount++;
                BaseHits += hit ? 1 : 0;
                return;
            }

            Count++;
            if (!hit)
                return;
            Hits.Add(request);
            ErrorTypes.Add(errorType);
        }
    }
}
