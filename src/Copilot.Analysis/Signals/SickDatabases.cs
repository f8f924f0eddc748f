using Copilot.Analysis.Samples;
using Copilot.Analysis.Statistics;
using Copilot.Analysis.Traces;

namespace Copilot.Analysis.Signals;

/// <summary>
/// Databases, caches and queues that several services use and that got worse for most of them: what a table or a query of one service
/// does to its own calls is that service's, what all users suffer is the database's.
/// </summary>
internal static class SickDatabases
{
    private const int Enough = 4;

    private const int Users = 2;

    /// <summary>So many of the services that use it must suffer.</summary>
    private const double Most = 0.6;

    public static HashSet<int> Find(CallForest bad, IReadOnlyList<CallForest> baselines, AnalysisOptions options)
    {
        var calls = new Dictionary<(int Database, int User), Calls>();
        Collect(bad, calls, isBad: true);
        foreach (var baseline in baselines)
            Collect(baseline, calls, isBad: false);
        return
        [
            .. calls.Where(c => c.Value.Now.Count >= Enough && c.Value.Before.Count >= Enough)
                .GroupBy(c => c.Key.Database, c => c.Value.IsWorse(options))
                .Where(users => users.Count(worse => worse) is var sick && sick >= Users && sick >= Most * users.Count())
                .Select(users => users.Key),
        ];
    }

    private static void Collect(CallForest forest, Dictionary<(int, int), Calls> calls, bool isBad)
    {
        foreach (ref readonly var span in forest.Spans.AsSpan())
        {
            if (!span.IsCall || !span.IsDatabase || span.Peer < 0)
                continue;
            if (!calls.TryGetValue((span.Peer, span.Service), out var known))
                calls.Add((span.Peer, span.Service), known = new Calls());
            var ms = span.DurationNs / 1e6;
            if (isBad)
            {
                known.Now.Add((ms, -1));
                known.Failed += span.Failed ? 1 : 0;
            }
            else
            {
                known.Before.Add(ms);
                known.FailedBefore += span.Failed ? 1 : 0;
            }
        }
    }

    private sealed class Calls
    {
        public List<(double Ms, int Request)> Now { get; } = [];

        public List<double> Before { get; } = [];

        public int Failed { get; set; }

        public int FailedBefore { get; set; }

        public bool IsWorse(AnalysisOptions options) =>
            Proportions.Surprise(Failed, Now.Count, FailedBefore, Before.Count) >= options.Surprise
            || SlowTest.Judge(Now, Before, options) is not null;
    }
}
