using Copilot.Analysis.Samples;
using Copilot.Analysis.Statistics;
using Copilot.Analysis.Thresholds;
using Copilot.Analysis.Traces;

namespace Copilot.Analysis.Signals;

/// <summary>
/// Databases, caches and queues that several services use and that got worse for most of them: what a table or a query of one service
/// does to its own calls is that service's, what all users suffer is the database's.
/// </summary>
internal static class SickDatabases
{
    public static HashSet<int> Find(CallForest bad, IReadOnlyList<CallForest> baselines, AnalysisOptions options)
    {
        var calls = new Dictionary<(int Database, int User), Calls>();
        Collect(bad, calls, isBad: true);
        foreach (var baseline in baselines)
            Collect(baseline, calls, isBad: false);
        return
        [
            .. calls
                .Where(c => c.Value.Now.Count >= DatabaseThresholds.FewestCalls && c.Value.Before.Count >= DatabaseThresholds.FewestCalls)
                .GroupBy(c => c.Key.Database, c => c.Value)
                .Select(users => (users.Key, Users: users.Select(c => c.IsWorse(options, UsuallyFailing(users))).ToList()))
                .Where(database =>
                    database.Users.Count(worse => worse) is var sick
                    && sick >= DatabaseThresholds.FewestUsers
                    && sick >= DatabaseThresholds.LeastShare * database.Users.Count
                )
                .Select(database => database.Key),
        ];
    }

    /// <summary>How often its calls fail in good times, whoever makes them: what a dozen calls of one user cannot tell.</summary>
    private static double UsuallyFailing(IEnumerable<Calls> users) =>
        Math.Max(DatabaseThresholds.Rarest, users.Sum(u => u.FailedBefore) / (double)users.Sum(u => u.Before.Count));

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

        public bool IsWorse(AnalysisOptions options, double usuallyFailing) =>
            Proportions.Surprise(Failed, Now.Count, FailedBefore, Before.Count) >= options.Surprise
            || Proportions.SurpriseGiven(Failed, Now.Count, FailedBefore, Before.Count, usuallyFailing) >= options.Surprise
            || SlowTest.Judge(Now, Before, options) is not null;
    }
}
