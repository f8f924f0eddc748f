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
        return (new TimeWindow(found.From, found.To), Lasts(runs, steps, found.From, found.To));
    }

    /// <summary>
    /// Whoever shows the trouble most says whether it is over, since one request counts in every service that it passes; and nobody else
    /// may still show it.
    /// </summary>
    private static bool Lasts(IEnumerable<ServiceRun> runs, IEnumerable<ServiceStep> steps, long fromNs, long toNs)
    {
        var byService = steps.Where(step => step.FromNs >= fromNs).ToLookup(step => step.Service, StringComparer.Ordinal);
        var shown = runs.Select(run => Course.Of(run, byService[run.Service], toNs)).ToList();
        return shown.Exists(course => course.After >= -TimelineThresholds.Over)
            || shown.MaxBy(course => course.Inside) is not { IsOver: true };
    }

    /// <summary>What one service's requests say during the trouble, and after it.</summary>
    /// <param name="Spell">The best spell it had before it was bad again: as good a one says nothing.</param>
    private sealed record Course(double Inside, double Spell, double After)
    {
        public bool IsOver => After <= Math.Clamp(-Spell, TimelineThresholds.SurelyOver, TimelineThresholds.Over);

        public static Course Of(ServiceRun run, IEnumerable<ServiceStep> steps, long toNs)
        {
            var (sum, highest, lowest, spell, after) = (0.0, 0.0, 0.0, 0.0, 0.0);
            foreach (var step in steps.OrderBy(step => step.FromNs))
            {
                var value = run.Evidence(step);
                if (step.FromNs >= toNs)
                {
                    after += value;
                    continue;
                }

                sum += value;
                lowest = Math.Min(lowest, sum);
                if (sum < highest)
                    continue;
                spell = Math.Max(spell, highest - lowest);
                (highest, lowest) = (sum, sum);
            }

            return new Course(sum, spell, after);
        }
    }
}
