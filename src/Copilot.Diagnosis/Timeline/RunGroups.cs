using Copilot.Telemetry.Records;

namespace Copilot.Diagnosis.Timeline;

/// <summary>
/// Which runs are one trouble: those of the same minutes whose services call one another. Services that do not are in it too where they
/// begin and end together, as with a host that they share; otherwise they only happen to be worse at the same time.
/// </summary>
internal static class RunGroups
{
    /// <summary>Runs of the same minutes.</summary>
    public static IEnumerable<IReadOnlyList<ServiceRun>> OfTheSameMinutes(IReadOnlyList<ServiceRun> worstFirst)
    {
        var left = worstFirst.ToList();
        while (left.Count > 0)
        {
            var worst = left[0].Minutes;
            var joined = left.Where(run => Overlap(run.Minutes, worst)).ToList();
            left.RemoveAll(joined.Contains);
            yield return joined;
        }
    }

    /// <param name="stretch">When a run's service was bad, to a few seconds.</param>
    /// <param name="calls">Who calls whom among the runs' services.</param>
    /// <returns>The worst run's first, each worst first.</returns>
    public static IReadOnlyList<IReadOnlyList<ServiceRun>> Connected(
        IReadOnlyList<ServiceRun> worstFirst,
        Func<ServiceRun, TimeWindow> stretch,
        IReadOnlyCollection<(string Caller, string Callee)> calls
    )
    {
        var linked = calls.Concat(calls.Select(call => (call.Callee, call.Caller))).ToHashSet();
        var stretches = worstFirst.ToDictionary(run => run, stretch);
        var groups = new List<IReadOnlyList<ServiceRun>>();
        var left = worstFirst.ToList();
        while (left.Count > 0)
        {
            var group = new List<ServiceRun> { left[0] };
            for (var i = 0; i < group.Count; i++)
            {
                var at = group[i];
                group.AddRange(
                    left.Where(run =>
                        !group.Contains(run)
                        && (run.Service == at.Service || linked.Contains((run.Service, at.Service)))
                        && Overlap(stretches[run], stretches[at])
                    )
                );
            }

            left.RemoveAll(group.Contains);
            groups.Add([.. worstFirst.Where(group.Contains)]);
        }

        return groups;
    }

    /// <summary>They begin at the same time, and end at the same time or last.</summary>
    public static bool AreTogether(Episode one, Episode other) =>
        Math.Abs(one.Window.FromNs - other.Window.FromNs) <= TimelineThresholds.TogetherNs
        && one.Lasts == other.Lasts
        && Math.Abs(one.Window.ToNs - other.Window.ToNs) <= TimelineThresholds.TogetherNs;

    private static bool Overlap(TimeWindow one, TimeWindow other) =>
        Shared(one, other) >= TimelineThresholds.Overlap * Math.Min(Length(one), Length(other));

    private static long Length(TimeWindow window) => window.ToNs - window.FromNs;

    private static long Shared(TimeWindow one, TimeWindow other) => Math.Min(one.ToNs, other.ToNs) - Math.Max(one.FromNs, other.FromNs);
}
