using Copilot.Analysis.Signals;
using Copilot.Analysis.Statistics;
using Copilot.Analysis.Thresholds;
using Copilot.Analysis.Traces;

namespace Copilot.Analysis.Causes;

/// <summary>
/// The database that a service's lost time is spent waiting for. A database that one service alone uses counts as that service's work,
/// since its queries and its data may be what is slow; but whoever reads it has to know where the time goes.
/// </summary>
/// <param name="Peer">The called name; -1 where no span tells it.</param>
/// <param name="NowMs">The median wait of the slow requests.</param>
/// <param name="UsualMs">The median wait before.</param>
/// <param name="Calls">Of a slow request, the median.</param>
/// <param name="UsualCalls">Of a request before, the median.</param>
internal sealed record DatabaseWait(int Peer, double NowMs, double UsualMs, double Calls, double UsualCalls)
{
    /// <summary>The service asks more often: that it waits is its own doing.</summary>
    public bool AsksMore => Calls >= TellingThresholds.AsksMore * UsualCalls;

    /// <returns>Null where most of the time is lost elsewhere.</returns>
    public static DatabaseWait? Of(SampleRequests sample, Suspicion suspicion)
    {
        if (suspicion.Kind != SignalKind.OwnTime || suspicion.Requests.Count == 0)
            return null;
        var slow = suspicion.Requests.Select(request => (sample.Bad, sample.Bad.Requests[request])).ToList();
        var peers = slow.SelectMany(r => r.Item2.Calls.Where(IsWait).Select(call => call.Callee)).Distinct().ToList();
        // Most lose their time elsewhere: nothing is read of the time before.
        if (peers.Count == 0)
            return null;
        var usual = sample
            .Baselines.SelectMany(set => set.Requests.Select(request => (set, request)))
            .Where(r => r.request.Counts && r.request.Service == suspicion.Node && r.request.Operation == suspicion.Operation)
            .ToList();
        var lost = Median(slow, (_, request) => request.OwnMs) - suspicion.UsualMs;
        var waits = peers
            .Select(peer => new DatabaseWait(
                peer,
                Median(slow, (set, request) => Waited(set, request, peer)),
                Median(usual, (set, request) => Waited(set, request, peer)),
                Median(slow, (_, request) => Waits(request, peer).Count()),
                Median(usual, (_, request) => Waits(request, peer).Count())
            ))
            .ToList();
        return
            waits.MaxBy(wait => wait.NowMs - wait.UsualMs) is { } most && most.NowMs - most.UsualMs >= TellingThresholds.MostOfWait * lost
            ? most
            : null;
    }

    private static bool IsWait(Call call) => call is { IsDatabase: true, Request: < 0 };

    // Calls side by side are waited for once.
    private static double Waited(RequestSet set, Request request, int peer)
    {
        var span = set.Forest.Spans[request.Span];
        var waits = Waits(request, peer).Select(set.SpanOf).Select(call => (call.StartNs, call.EndNs)).ToList();
        return Intervals.Covered(waits, span.StartNs, span.EndNs) / 1e6;
    }

    private static IEnumerable<Call> Waits(Request request, int peer) => request.Calls.Where(call => IsWait(call) && call.Callee == peer);

    private static double Median(List<(RequestSet, Request)> requests, Func<RequestSet, Request, double> measure) =>
        requests.Count == 0 ? 0 : Percentiles.Median([.. requests.Select(r => measure(r.Item1, r.Item2)).Order()]);
}
