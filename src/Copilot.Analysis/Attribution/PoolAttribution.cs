using Copilot.Analysis.Samples;
using Copilot.Analysis.Signals;
using Copilot.Analysis.Thresholds;
using Copilot.Analysis.Traces;

namespace Copilot.Analysis.Attribution;

/// <summary>
/// Whose a wait is. Who calls something slow soon has all of its connections or threads taken and waits for one to come back, often for
/// longer than the slow answer itself takes: that time is lost in the caller, right before its calls, and is the callee's all the same.
/// Where the callee answers as fast as ever, the caller has too few.
/// </summary>
internal static class PoolAttribution
{
    public static List<Suspicion> Assign(IReadOnlyList<Suspicion> found, SampleRequests sample)
    {
        var late = found.Where(s => s.Kind == SignalKind.OwnTime).ToList();
        var places = Collect(sample, late.Select(s => (s.Node, s.Operation)).ToHashSet());
        var result = found.ToList();
        var own = new List<(Suspicion Late, Suspicion Wait)>();
        foreach (var suspicion in late)
        {
            if (Longest(places, suspicion, sample.Input.Options) is not { } waits)
                continue;
            var (callee, wait, place) = waits;
            var slower =
                place.Answers.Before.Count < PoolThresholds.FewestBefore
                    ? null
                    : SlowTest.Judge(place.Answers.Now, place.Answers.Before, sample.Input.Options);
            if (slower is null)
            {
                own.Add((suspicion, wait with { Node = suspicion.Node, SeenAt = callee }));
            }
            else if (!place.IsDatabase && slower.ExcessMs >= PoolThresholds.Noticeable * wait.ExcessMs)
            {
                result.Remove(suspicion);
                result.Add(wait with { Node = callee, SeenAt = suspicion.Node });
            }
        }

        var lost = late.ToLookup(s => s.Node, s => s.ExcessMs);
        result.AddRange(
            own.GroupBy(o => (o.Wait.Node, o.Wait.SeenAt))
                .Where(pool =>
                    pool.Count() >= PoolThresholds.FewestOperations
                    && pool.Sum(o => o.Late.ExcessMs) >= PoolThresholds.LeastShare * lost[pool.Key.Node].Sum()
                )
                .Select(pool => pool.MaxBy(o => o.Wait.ExcessMs).Wait)
        );
        return result;
    }

    private static (int Callee, Suspicion Wait, Place Place)? Longest(
        Dictionary<(int Service, int Operation), Dictionary<int, Place>> places,
        Suspicion late,
        AnalysisOptions options
    )
    {
        var waits = places[(late.Node, late.Operation)]
            .Where(p => p.Value.Waits is { Now.Count: > 0, Before.Count: >= PoolThresholds.FewestBefore })
            .Select(p => (Callee: p.Key, Wait: SlowTest.Judge(p.Value.Waits.Now, p.Value.Waits.Before, options), Place: p.Value))
            .Where(p => p.Wait is not null && p.Wait.ExcessMs >= PoolThresholds.LeastShare * late.ExcessMs)
            .ToList();
        return waits.Count == 0
            ? null
            : waits.Select(w => (w.Callee, w.Wait! with { Kind = SignalKind.PoolWait }, w.Place)).MaxBy(w => w.Item2.ExcessMs);
    }

    private static Dictionary<(int Service, int Operation), Dictionary<int, Place>> Collect(
        SampleRequests sample,
        HashSet<(int Service, int Operation)> wanted
    )
    {
        var places = wanted.ToDictionary(w => w, _ => new Dictionary<int, Place>());
        foreach (var set in sample.Baselines.Append(sample.Bad))
        {
            for (var r = 0; r < set.Requests.Count; r++)
            {
                var request = set.Requests[r];
                if (!request.Counts || !places.TryGetValue((request.Service, request.Operation), out var callees))
                    continue;
                foreach (var (callee, ms) in WaitsMs(set, request))
                {
                    if (!callees.TryGetValue(callee, out var place))
                        callees.Add(callee, place = new Place());
                    var calls = request.Calls.Where(c => c.Callee == callee).ToList();
                    place.IsDatabase |= calls.Exists(c => c.IsDatabase);
                    place.Waits.Add(ms, set == sample.Bad, r);
                    place.Answers.Add(calls.Max(c => AnswerMs(set, c)), set == sample.Bad, r);
                }
            }
        }

        return places;
    }

    /// <summary>For each callee the time that passed right before calls to it, in which nothing else was called.</summary>
    private static Dictionary<int, double> WaitsMs(RequestSet set, Request request)
    {
        var waits = new Dictionary<int, double>();
        var free = request.StartNs;
        var isClear = true;
        foreach (var call in request.Calls.Where(c => c is { Callee: >= 0, IsMessage: false }).OrderBy(c => set.SpanOf(c).StartNs))
        {
            var span = set.SpanOf(call);
            // Between two tries nobody waits for a place, but for the callee to recover; and without a span for a call its way there and
            // back is in it.
            var wasClear = isClear;
            isClear = set.IsAnnounced(call);
            var wait = call.IsFurtherTry || !isClear || !wasClear ? 0 : Math.Max(0, (span.StartNs - free) / 1e6);
            waits[call.Callee] = waits.GetValueOrDefault(call.Callee) + wait;
            free = Math.Max(free, span.EndNs);
        }

        return waits;
    }

    /// <summary>How long the callee took, without the way there and back; of one that sends nothing, how long the call lasted.</summary>
    private static double AnswerMs(RequestSet set, Call call) =>
        call.Request >= 0 ? set.Requests[call.Request].DurationMs : call.DurationMs;

    /// <summary>An operation's calls to one callee.</summary>
    private sealed class Place
    {
        public bool IsDatabase { get; set; }

        public Durations Waits { get; } = new();

        public Durations Answers { get; } = new();
    }

    private sealed class Durations
    {
        public List<(double Value, int Request)> Now { get; } = [];

        public List<double> Before { get; } = [];

        public void Add(double ms, bool isBad, int request)
        {
            if (isBad)
                Now.Add((ms, request));
            else
                Before.Add(ms);
        }
    }
}
