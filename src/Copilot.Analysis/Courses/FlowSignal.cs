using Copilot.Analysis.Signals;

namespace Copilot.Analysis.Courses;

/// <summary>
/// Requests that take another course than they used to: an early return or an exception makes steps vanish and brings new ones,
/// with no status and no slowness to tell. Compared per entry operation, by the set of things that happened in a request.
/// </summary>
internal static class FlowSignal
{
    private const int Enough = 5;

    public static List<Suspicion> Find(SampleRequests sample)
    {
        var windows = sample.Baselines.Select(b => b.Requests.ToLookup(r => (r.Service, r.Operation), r => r.Events)).ToList();
        var surprise = sample.Input.Options.Surprise;
        var found = new List<Suspicion>();
        var indexed = sample.Bad.Requests.Select((request, index) => (request, index));
        foreach (var group in indexed.GroupBy(r => (r.request.Service, r.request.Operation)))
        {
            var (before, skipped) = GoodWindows.Choose(
                [.. windows.Select(w => w[group.Key].ToList())], Enough, (worse, others) => new FlowComparison(worse, others).Judge(3) is not null);
            if (before.Count < Enough)
                continue;
            var now = group.ToList();
            var course = new FlowComparison([.. now.Select(r => r.request.Events)], before);
            if (course.Judge(surprise) is not { } difference)
                continue;
            found.Add(new Suspicion
            {
                Node = group.Key.Service,
                Kind = SignalKind.Flow,
                Operation = group.Key.Operation,
                Hits = difference.Hits.Count,
                Count = now.Count,
                BaseHits = difference.BaseHits,
                BaseCount = before.Count,
                // With a window skipped there is one comparison more that could have gone wrong.
                Surprise = difference.Surprise * (skipped ? 0.8 : 1),
                Requests = [.. difference.Hits.Select(h => now[h].index)],
                Detail = difference.Describe(sample.Names),
            });
        }

        return found;
    }
}
