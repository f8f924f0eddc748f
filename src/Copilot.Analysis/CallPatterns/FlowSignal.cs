using Copilot.Analysis.Signals;
using Copilot.Analysis.Thresholds;
using Copilot.Analysis.Traces;

namespace Copilot.Analysis.CallPatterns;

/// <summary>
/// Requests that take another course than they used to: an early return or an exception makes steps vanish and brings new ones,
/// with no status and no slowness to tell. Compared per entry operation, by the set of things that happened in a request.
/// </summary>
internal static class FlowSignal
{
    public static List<Suspicion> Find(SampleRequests sample)
    {
        var windows = sample
            .Baselines.Select(b => b.Requests.Where(r => r.Counts).ToLookup(r => (r.Service, r.Operation), r => r.Events))
            .ToList();
        var surprise = sample.Input.Options.Surprise;
        var found = new List<Suspicion>();
        var asked = sample
            .Bad.Requests.Select((request, index) => (request, index))
            .Where(r => r.request.Counts)
            .GroupBy(r => (r.request.Service, r.request.Operation))
            .Select(g => (g.Key, Now: g.ToList(), Windows: windows.Select(w => w[g.Key].ToList()).ToList()))
            .Select(o => (o.Key, o.Now, o.Windows, Anywhere: Compare(o.Now, [.. o.Windows.SelectMany(w => w)])))
            .ToList();
        // What is usual anywhere says which windows were good; then it is asked again of those alone.
        var anywhere = CallPatternBaseline.Of([.. asked.Select(o => o.Anywhere).OfType<FlowComparison>()]);
        var operations =
            new List<(
                (int Service, int Operation) Key,
                List<(Request Request, int Index)> Now,
                int Before,
                bool Skipped,
                FlowComparison Courses
            )>();
        foreach (var (key, now, then, all) in asked)
        {
            var (before, skipped) = GoodWindows.Choose(
                then,
                FlowThresholds.FewestBefore,
                (worse, others) => new FlowComparison(worse, others).Judge(FlowThresholds.WorseWindow, anywhere) is not null
            );
            if ((skipped ? Compare(now, before) : all) is { } courses)
                operations.Add((key, now, before.Count, skipped, courses));
        }

        var habits = CallPatternBaseline.Of([.. operations.Select(o => o.Courses)]);
        foreach (var (key, now, before, skipped, courses) in operations)
        {
            if (courses.Judge(surprise, habits) is not { } difference)
                continue;
            found.Add(
                new Suspicion
                {
                    Node = key.Service,
                    Kind = SignalKind.Flow,
                    Operation = key.Operation,
                    Hits = difference.Hits.Count,
                    Count = now.Count,
                    BaseHits = difference.BaseHits,
                    BaseCount = before,
                    Surprise = difference.Surprise * GoodWindows.Worth(skipped),
                    Requests = [.. difference.Hits.Select(h => now[h].Index)],
                    Detail = difference.Describe(sample.Names),
                }
            );
        }

        return found;
    }

    /// <returns>Null where too little is known of before.</returns>
    private static FlowComparison? Compare(List<(Request Request, int Index)> now, List<int[]> before) =>
        before.Count < FlowThresholds.FewestBefore ? null : new FlowComparison([.. now.Select(r => r.Request.Events)], before);
}
