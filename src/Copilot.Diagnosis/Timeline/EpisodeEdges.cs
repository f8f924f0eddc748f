using Copilot.Store.Samples;
using Copilot.Telemetry.Records;

namespace Copilot.Diagnosis.Timeline;

/// <summary>
/// When a trouble began and whether it is over, to a few seconds: the stretch whose requests, of all services in it together, speak most
/// for the trouble. It is over only where what came after clearly speaks against it.
/// </summary>
internal static class EpisodeEdges
{
    /// <param name="runs">Of the services that take part.</param>
    /// <param name="steps">Their requests.</param>
    /// <param name="within">What was looked at.</param>
    /// <returns>Null where no stretch speaks for it.</returns>
    public static (TimeWindow Window, bool Lasts)? Find(
        IReadOnlyCollection<ServiceRun> runs,
        IEnumerable<ServiceStep> steps,
        long stepNs,
        TimeWindow within
    ) =>
        Stretch(runs, steps, stepNs) is { } found
            ? (new TimeWindow(found.Window.FromNs, found.Lasts ? within.ToNs : Math.Min(found.Window.ToNs, within.ToNs)), found.Lasts)
            : null;

    /// <inheritdoc cref="Find"/>
    /// <returns>To the end of its last bad step, also where it lasts.</returns>
    public static (TimeWindow Window, bool Lasts)? Stretch(
        IReadOnlyCollection<ServiceRun> runs,
        IEnumerable<ServiceStep> steps,
        long stepNs
    )
    {
        var byService = runs.ToLookup(run => run.Service, StringComparer.Ordinal);
        var evidence = new SortedDictionary<long, double>();
        foreach (var step in steps)
        {
            foreach (var run in byService[step.Service])
                evidence[step.FromNs] = evidence.GetValueOrDefault(step.FromNs) + run.Evidence(step);
        }

        (long From, long To, double Sum)? best = null;
        long from = 0;
        double sum = 0;
        foreach (var (at, value) in evidence)
        {
            if (sum <= 0)
                (from, sum) = (at, 0);
            sum += value;
            if (value > 0 && sum > (best?.Sum ?? 0))
                best = (from, at + stepNs, sum);
        }

        if (best is not { } found)
            return null;
        var after = evidence.Where(e => e.Key >= found.To).Sum(e => e.Value);
        var lasts = after > TimelineThresholds.Over;
        return (new TimeWindow(found.From, found.To), lasts);
    }
}
