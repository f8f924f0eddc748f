using Copilot.Store.Retention;
using Copilot.Store.Samples;
using Copilot.Telemetry.Records;

namespace Copilot.Diagnosis.Timeline;

/// <summary>What went wrong in a window, one thing after another: found in the rollups' minutes, its onset and end in the spans.</summary>
public sealed class TroubleTimeline(ServiceMinuteReads minutes, ServiceStepReads steps, ThinnedHours thinned)
{
    private const long StepNs = TimelineThresholds.StepSeconds * UnixNanos.PerSecond;

    /// <param name="past">How much of the time before it shows what is usual.</param>
    /// <returns>Worst first; none where no service is worse in some minutes than in the others.</returns>
    public Task<IReadOnlyList<Episode>> FindAsync(TimeWindow window, TimeSpan past, CancellationToken cancellationToken) =>
        FindAsync(window, past, TimelineThresholds.MostEpisodes, cancellationToken);

    /// <inheritdoc cref="FindAsync(TimeWindow, TimeSpan, CancellationToken)"/>
    /// <param name="most">So many are told apart, the worst.</param>
    public async Task<IReadOnlyList<Episode>> FindAsync(TimeWindow window, TimeSpan past, int most, CancellationToken cancellationToken)
    {
        var read = await minutes.ReadAsync(new TimeWindow(window.From - past, window.To), cancellationToken);
        var episodes = new List<Episode>();
        foreach (var runs in Together(ServiceRuns.Find(read, window)).Take(most))
            episodes.Add(await EpisodeOfAsync(runs, window, cancellationToken));
        return episodes;
    }

    /// <summary>When a trouble that is known to show at a service began, and whether it lasts.</summary>
    /// <param name="window">Where it was found.</param>
    /// <param name="past">How much of the time before it shows what is usual.</param>
    /// <returns>Null where the service's own requests do not tell.</returns>
    public async Task<Episode?> EpisodeOfAsync(string service, TimeWindow window, TimeSpan past, CancellationToken cancellationToken)
    {
        var read = await minutes.ReadAsync(new TimeWindow(window.From - past, window.To), [service], cancellationToken);
        return ServiceRuns.Of(read, window) is { } run ? await EpisodeOfAsync([run], window, cancellationToken) : null;
    }

    /// <summary>Runs of the same minutes are one trouble.</summary>
    internal static IEnumerable<IReadOnlyList<ServiceRun>> Together(IReadOnlyList<ServiceRun> worstFirst)
    {
        var left = worstFirst.ToList();
        while (left.Count > 0)
        {
            var worst = left[0].Minutes;
            var joined = left.Where(run =>
                    Shared(run.Minutes, worst) >= TimelineThresholds.Overlap * Math.Min(Length(run.Minutes), Length(worst))
                )
                .ToList();
            left.RemoveAll(joined.Contains);
            yield return joined;
        }
    }

    private static long Length(TimeWindow window) => window.ToNs - window.FromNs;

    private static long Shared(TimeWindow one, TimeWindow other) => Math.Min(one.ToNs, other.ToNs) - Math.Max(one.FromNs, other.FromNs);

    private async Task<Episode> EpisodeOfAsync(IReadOnlyList<ServiceRun> runs, TimeWindow window, CancellationToken cancellationToken)
    {
        var rough = new TimeWindow(
            Math.Max(window.FromNs, runs.Min(run => run.Minutes.FromNs)),
            Math.Min(window.ToNs, runs.Max(run => run.Minutes.ToNs))
        );
        IReadOnlyList<string> services = [.. runs.Select(run => run.Service).Distinct(StringComparer.Ordinal)];
        var badness = runs.Sum(run => run.Badness);
        var around = new TimeWindow(
            Math.Max(window.FromNs, rough.FromNs - UnixNanos.PerMinute),
            Math.Min(window.ToNs, rough.ToNs + (2 * UnixNanos.PerMinute))
        );
        if (await thinned.TouchAsync(around, cancellationToken))
            return new Episode(rough, rough.ToNs == window.ToNs, services, badness);
        var telling = runs.Take(TimelineThresholds.MostServices).ToList();
        var limits = telling
            .DistinctBy(run => run.Service)
            .ToDictionary(run => run.Service, run => run.SlowAboveNs, StringComparer.Ordinal);
        var read = await steps.ReadAsync(around, StepNs, limits, cancellationToken);
        return EpisodeEdges.Find(telling, read, StepNs, around) is { } edges
            ? new Episode(edges.Window, edges.Lasts && around.ToNs == window.ToNs, services, badness)
            : new Episode(rough, rough.ToNs == window.ToNs, services, badness);
    }
}
