using Copilot.Store.Instrumentation;

namespace Copilot.Instrument.Propagation;

/// <summary>How many calls have a request of their own that lies within them in time, and how many would have one by chance.</summary>
/// <param name="Pairs">Each call and each request once.</param>
/// <param name="Calls">Of so many calls.</param>
/// <param name="Share">Of the calls.</param>
/// <param name="Chance">The share when the requests are moved in time.</param>
/// <param name="SkewNs">How far the callee's clock is ahead.</param>
internal sealed record TimeMatch(
    IReadOnlyList<(CallSide Call, CallSide Request)> Pairs,
    int Calls,
    double Share,
    double Chance,
    long SkewNs
)
{
    /// <summary>Parts of a call's usual length by which requests are moved; no whole numbers, so that no beat falls on itself.</summary>
    private static readonly double[] Moves = [-2.63, -1.37, 1.37, 2.63];

    private const long LeastMoveNs = 400_000_000;

    public double AboveChance => Share - Chance;

    /// <summary>How well the lengths of calls and requests go together, -1 to 1: what encloses a request by chance is not longer when the
    /// request is. 0 where they hardly vary.</summary>
    public double LengthsAgree
    {
        get
        {
            double[] calls = [.. Pairs.Select(pair => Math.Log(pair.Call.DurationNs + 1.0))];
            double[] requests = [.. Pairs.Select(pair => Math.Log(pair.Request.DurationNs + 1.0))];
            if (calls.Length == 0)
                return 0;
            var (call, request) = (calls.Average(), requests.Average());
            var both = calls.Zip(requests, (one, other) => (one - call) * (other - request)).Sum();
            var spread = Math.Sqrt(calls.Sum(one => (one - call) * (one - call)) * requests.Sum(one => (one - request) * (one - request)));
            return spread > 0 ? both / spread : 0;
        }
    }

    /// <param name="calls">In the order of time.</param>
    /// <param name="requests">In the order of time.</param>
    public static TimeMatch Of(IReadOnlyList<CallSide> calls, IReadOnlyList<CallSide> requests)
    {
        var pairs = Pair(calls, requests, 0);
        return new TimeMatch(pairs, calls.Count, Part(pairs.Count, calls.Count), ByChance(calls, requests, 0), 0);
    }

    /// <summary>The same after the clocks were set against each other; null where no difference of clocks explains the requests.</summary>
    public static TimeMatch? Skewed(IReadOnlyList<CallSide> calls, IReadOnlyList<CallSide> requests)
    {
        var votes = new Dictionary<long, int>();
        var first = 0;
        foreach (var request in requests)
        {
            while (first < calls.Count && calls[first].StartNs < request.StartNs - PropagationThresholds.MostSkewNs)
                first++;
            for (var i = first; i < calls.Count && calls[i].StartNs <= request.StartNs + PropagationThresholds.MostSkewNs; i++)
            {
                if (calls[i].DurationNs + PropagationThresholds.ToleranceNs < request.DurationNs)
                    continue;
                // The middle of a request lies near the middle of its call, whatever the clocks say.
                var apart = request.StartNs + (request.DurationNs / 2) - calls[i].StartNs - (calls[i].DurationNs / 2);
                var step = (long)Math.Floor((double)apart / PropagationThresholds.SkewStepNs);
                votes[step] = votes.GetValueOrDefault(step) + 1;
            }
        }

        if (votes.Count == 0)
            return null;
        // A difference may lie on the edge of two steps.
        var best = votes.Keys.MaxBy(step => votes[step] + Math.Max(votes.GetValueOrDefault(step - 1), votes.GetValueOrDefault(step + 1)));
        var skew = (best * PropagationThresholds.SkewStepNs) + (PropagationThresholds.SkewStepNs / 2);
        var pairs = Pair(calls, requests, skew, PropagationThresholds.SkewStepNs);
        return new TimeMatch(
            pairs,
            calls.Count,
            Part(pairs.Count, calls.Count),
            ByChance(calls, requests, skew, PropagationThresholds.SkewStepNs),
            skew
        );
    }

    private static double ByChance(
        IReadOnlyList<CallSide> calls,
        IReadOnlyList<CallSide> requests,
        long skewNs,
        long looseNs = PropagationThresholds.ToleranceNs
    )
    {
        if (calls.Count == 0)
            return 0;
        var unit = Math.Max(LeastMoveNs, calls.Select(call => call.DurationNs).Order().ElementAt(calls.Count * 9 / 10));
        return Moves.Average(move => Part(Pair(calls, requests, skewNs + (long)(move * unit), looseNs).Count, calls.Count));
    }

    /// <summary>Every request takes the latest call that is still free and encloses it.</summary>
    private static List<(CallSide Call, CallSide Request)> Pair(
        IReadOnlyList<CallSide> calls,
        IReadOnlyList<CallSide> requests,
        long skewNs,
        long looseNs = PropagationThresholds.ToleranceNs
    )
    {
        var pairs = new List<(CallSide, CallSide)>();
        if (calls.Count == 0)
            return pairs;
        var taken = new bool[calls.Count];
        var longest = calls.Max(call => call.DurationNs);
        var next = 0;
        foreach (var request in requests)
        {
            var (start, end) = (request.StartNs - skewNs, request.EndNs - skewNs);
            while (next < calls.Count && calls[next].StartNs <= start + looseNs)
                next++;
            for (var i = next - 1; i >= 0 && calls[i].StartNs + longest + looseNs >= end; i--)
            {
                if (taken[i] || calls[i].EndNs + looseNs < end)
                    continue;
                taken[i] = true;
                pairs.Add((calls[i], request));
                break;
            }
        }

        return pairs;
    }

    private static double Part(int some, int all) => all == 0 ? 0 : (double)some / all;
}
