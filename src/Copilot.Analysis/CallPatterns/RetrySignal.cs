using Copilot.Analysis.Signals;
using Copilot.Analysis.Statistics;
using Copilot.Analysis.Traces;
using Copilot.Telemetry.Spans;

namespace Copilot.Analysis.CallPatterns;

/// <summary>
/// Calls that are made again and again because they come to nothing. That tells what the trouble does, not where it starts: whoever
/// is called again may only suffer from what it calls itself. So it is said of places that are suspected anyway, and weighs nothing.
/// </summary>
internal static class RetrySignal
{
    /// <param name="left">What is suspected; of a callee that is retried, or of a caller whose patience is too short.</param>
    public static IEnumerable<Suspicion> Find(IReadOnlyList<Suspicion> left, SampleRequests sample)
    {
        var callees = left.Select(s => s.Node).ToHashSet();
        var impatient = left.Where(s => s.Kind == SignalKind.Timeouts).Select(s => (s.Node, s.SeenAt)).ToHashSet();
        // Of a large fleet's calls few are anybody's who is suspected.
        bool IsConcerned(int service, int callee) => callees.Contains(callee) || impatient.Contains((service, callee));
        var asked = sample.Baselines.SelectMany(baseline => Asked(baseline, IsConcerned)).ToList();
        var usual = asked.GroupBy(a => a.What, a => a.Calls).ToDictionary(g => g.Key, g => Percentiles.Median([.. g.Order()]));
        var before = asked.ToLookup(a => (a.What.Service, a.What.Callee));
        foreach (var edge in Asked(sample.Bad, IsConcerned).GroupBy(a => (a.What.Service, a.What.Callee)))
        {
            var isCallers = impatient.Contains(edge.Key);
            var (now, then) = (edge.ToList(), before[edge.Key].ToList());
            // A loop over many things goes on after one that failed: only more calls than usual are tries.
            bool IsTriedAgain(Asking a) => a.IsTriedAgain && a.Calls > usual.GetValueOrDefault(a.What, 1);
            var again = now.Where(IsTriedAgain).ToList();
            var baseHits = then.Count(IsTriedAgain);
            var surprise = Proportions.Surprise(again.Count, now.Count, baseHits, then.Count);
            if (then.Count == 0 || surprise < sample.Input.Options.Surprise)
                continue;
            yield return new Suspicion
            {
                Kind = SignalKind.Retries,
                Node = isCallers ? edge.Key.Service : edge.Key.Callee,
                SeenAt = isCallers ? edge.Key.Callee : edge.Key.Service,
                Hits = again.Count,
                Count = now.Count,
                BaseHits = baseHits,
                BaseCount = then.Count,
                Surprise = surprise,
                Requests = [.. again.Select(a => a.Request)],
                // Calls for each request, not milliseconds.
                UsualMs = then.Average(a => a.Calls),
                NowMs = now.Average(a => a.Calls),
                Detail = sample.Names[Reason(again, sample.Bad)],
            };
        }
    }

    /// <summary>The error type with which most tries ended, where they tell.</summary>
    private static int Reason(List<Asking> again, RequestSet bad) =>
        again
            .SelectMany(a => bad.Requests[a.Request].Calls.Where(c => c.Callee == a.What.Callee && Tries.CameToNothing(bad, c)))
            .Select(c =>
                bad.Forest.Spans[c.Span].ErrorType is >= 0 and var type ? type
                : c.Request >= 0 ? bad.Requests[c.Request].ErrorType
                : NameTable.None
            )
            .Where(t => t >= 0)
            .CountBy(t => t)
            .OrderByDescending(t => t.Value)
            .Select(t => t.Key)
            .FirstOrDefault(NameTable.None);

    private static IEnumerable<Asking> Asked(RequestSet set, Func<int, int, bool> isConcerned)
    {
        for (var r = 0; r < set.Requests.Count; r++)
        {
            var request = set.Requests[r];
            if (!request.Counts || !request.Calls.Exists(c => isConcerned(request.Service, c.Callee)))
                continue;
            foreach (
                var calls in request
                    .Calls.Where(c => c is { Callee: >= 0, IsMessage: false, IsDatabase: false } && isConcerned(request.Service, c.Callee))
                    .GroupBy(c => (c.Callee, Operation: Tries.Operation(set, c)))
            )
                yield return new Asking(
                    (request.Service, request.Operation, calls.Key.Callee, calls.Key.Operation),
                    r,
                    calls.Count(),
                    calls.Any(c => c.IsFurtherTry)
                );
        }
    }

    /// <summary>One request's calls for one thing.</summary>
    private readonly record struct Asking(
        (int Service, int Operation, int Callee, int Asked) What,
        int Request,
        double Calls,
        bool IsTriedAgain
    );
}
