using Copilot.Analysis.Signals;
using Copilot.Analysis.Traces;

namespace Copilot.Analysis.Attribution;

/// <summary>Everything that speaks against one service or peer, weighed.</summary>
internal sealed record NodeScore
{
    public required int Node { get; init; }

    public required double Score { get; init; }

    public required double Latency { get; init; }

    public required double Flow { get; init; }

    public required double Errors { get; init; }

    public required double Strain { get; init; }

    /// <summary>Milliseconds lost here, per trace.</summary>
    public required double LostMs { get; init; }

    /// <summary>The most surprising of its suspicions that requests suffer from.</summary>
    public required double Surprise { get; init; }

    public required IReadOnlyList<Suspicion> Suspicions { get; init; }
}

/// <summary>
/// Symptoms travel from callee to caller. A request that fails or takes another course only because something it called
/// (directly or not) failed, took another course or was slow is a symptom; what is left is where trouble starts.
/// </summary>
internal static class Propagation
{
    /// <summary>The suspicions with the explained requests taken out; a suspicion left with too little is dropped.</summary>
    public static List<Suspicion> Unexplained(IReadOnlyList<Suspicion> found, RequestSet bad)
    {
        var troubled = new bool[bad.Requests.Count];
        var edges = new HashSet<(int Request, int Callee)>();
        foreach (var suspicion in found)
        {
            foreach (var request in suspicion.Requests)
            {
                if (
                    suspicion.Kind is SignalKind.OwnTime or SignalKind.Flow or SignalKind.Timeouts
                    || (suspicion.Kind == SignalKind.Errors && suspicion.SeenAt < 0)
                )
                    troubled[request] = true;
                else if (suspicion.SeenAt >= 0 && bad.Requests[request].Service == suspicion.SeenAt)
                    edges.Add((request, suspicion.Node));
            }
        }

        var below = new bool[bad.Requests.Count];
        for (var r = bad.Requests.Count - 1; r >= 0; r--)
        {
            foreach (var call in bad.Requests[r].Calls)
                below[r] |= edges.Contains((r, call.Callee)) || (call.Request > r && (troubled[call.Request] || below[call.Request]));
        }

        var left = new List<Suspicion>();
        foreach (var suspicion in found)
        {
            if (suspicion.Kind is not (SignalKind.Flow or SignalKind.Errors) || suspicion.SeenAt >= 0)
            {
                left.Add(suspicion);
                continue;
            }

            var own = suspicion.Requests.Where(r => !below[r]).ToList();
            // What happens as often in good times needs no explanation either.
            var expected = (double)suspicion.BaseHits * suspicion.Count / suspicion.BaseCount;
            if (own.Count > expected && own.Count >= 2)
                left.Add(suspicion with { Requests = own, Hits = own.Count });
        }

        return left;
    }
}
