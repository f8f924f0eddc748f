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
            .ToList();
        // What is usual anywhere says which windows were good; then it is asked again of those alone.
        var anywhere = CallPatternBaseline.Of([
            .. asked
                .Select(o => (o.Now, Before: o.Windows.SelectMany(w => w).ToList()))
                .Where(o => o.Before.Count >= FlowThresholds.FewestBefore)
                .Select(o => Compare(o.Now, o.Before)),
        ]);
        var operations =
            new List<(
                (int Service, int Operation) Key,
                List<(Request Request, int Index)> Now,
                int Before,
                bool Skipped,
                FlowComparison Courses
            )>();
        foreach (var (key, now, then) in asked)
        {
            var (before, skipped) = GoodWindows.Choose(
                then,
                FlowThresholds.FewestBefore,
                (worse, others) => new FlowComparison(worse, others).Judge(FlowThresholds.WorseWindow, anywhere) is not null
            );
            if (before.Count >= FlowThresholds.FewestBefore)
                operations.Add((key, now, before.Count, skipped, Compare(now, before)));
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

    private static FlowComparison Compare(List<(Request Request, int Index)> now, List<int[]> before) =>
        new([.. now.Select(r => r.Request.Events)], before);
}
