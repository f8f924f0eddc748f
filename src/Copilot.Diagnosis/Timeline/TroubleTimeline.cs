using Copilot.Store.Reads.Topology;
using Copilot.Store.Retention;
using Copilot.Store.Samples;
using Copilot.Telemetry.Records;

namespace Copilot.Diagnosis.Timeline;

/// <summary>What went wrong in a window, one thing after another: found in the rollups' minutes, its onset and end in the spans.</summary>
public sealed class TroubleTimeline(ServiceMinuteReads minutes, ServiceStepReads steps, TopologyReads topology, ThinnedHours thinned)
{
    private const long StepNs = TimelineThresholds.StepSeconds * UnixNanos.PerSecond;

    /// <param name="past">How much of the time before it shows what is usual.</param>
    /// <returns>Worst first; none where no service is worse in some minutes than in the others.</returns>
    public Task<IReadOnlyList<Episode>> FindAsync(TimeWindow window, TimeSpan past, CancellationToken cancellationToken) =>
        FindAsync(window, past, TimelineThresholds.MostEpisodes, cancellationToken);

    /// <inheritdoc cref="FindAsync(TimeWindow, TimeSpan, CancellationToken)"/>
    /// <param name="most">So many are told apart, the worst.</param>
    public Task<IReadOnlyList<Episode>> FindAsync(TimeWindow window, TimeSpan past, int most, CancellationToken cancellationToken) =>
        FindAsync(window, past, most, null, TimelineThresholds.Steady, cancellationToken);

    /// <inheritdoc cref="FindAsync(TimeWindow, TimeSpan, CancellationToken)"/>
    /// <param name="services">Of these services only.</param>
    /// <param name="steady">The share of their minutes that is usual.</param>
    public Task<IReadOnlyList<Episode>> FindAsync(
        TimeWindow window,
        TimeSpan past,
        IReadOnlyCollection<string> services,
        double steady,
        CancellationToken cancellationToken
    ) => FindAsync(window, past, TimelineThresholds.MostEpisodes, services, steady, cancellationToken);

    private async Task<IReadOnlyList<Episode>> FindAsync(
        TimeWindow window,
        TimeSpan past,
        int most,
        IReadOnlyCollection<string>? services,
        double steady,
        CancellationToken cancellationToken
    )
    {
        var read = await minutes.ReadAsync(new TimeWindow(window.From - past, window.To), services, cancellationToken);
        var episodes = new List<Episode>();
        foreach (var runs in RunGroups.OfTheSameMinutes(ServiceRuns.Find(read, window, steady: steady)).Take(most))
            episodes.AddRange(await EpisodesOfAsync(runs, window, past, cancellationToken));
        return episodes;
    }

    /// <summary>When a trouble that is known to show at a service began, and whether it lasts.</summary>
    /// <param name="window">Where it was found.</param>
    /// <param name="past">How much of the time before it shows what is usual.</param>
    /// <returns>Null where the service's own requests do not tell.</returns>
    public async Task<Episode?> EpisodeOfAsync(string service, TimeWindow window, TimeSpan past, CancellationToken cancellationToken)
    {
        var read = await minutes.ReadAsync(new TimeWindow(window.From - past, window.To), [service], cancellationToken);
        return ServiceRuns.Of(read, window) is { } run ? (await EpisodesOfAsync([run], window, past, cancellationToken))[0] : null;
    }

    /// <summary>Runs of the same minutes: one trouble, or several that only share some minutes.</summary>
    private async Task<IReadOnlyList<Episode>> EpisodesOfAsync(
        IReadOnlyList<ServiceRun> runs,
        TimeWindow window,
        TimeSpan past,
        CancellationToken cancellationToken
    )
    {
        var rough = Rough(runs, window);
        var around = new TimeWindow(
            Math.Max(window.FromNs, rough.FromNs - UnixNanos.PerMinute),
            Math.Min(window.ToNs, rough.ToNs + (2 * UnixNanos.PerMinute))
        );
        if (await thinned.TouchAsync(around, cancellationToken))
            return [Roughly(runs, window)];
        // Of very many services the worst tell when it began.
        var telling = runs.Take(TimelineThresholds.MostServices).ToList();
        var limits = telling
            .DistinctBy(run => run.Service)
            .ToDictionary(run => run.Service, run => run.SlowAboveNs, StringComparer.Ordinal);
        var read = new List<ServiceStep>();
        foreach (var end in Ends(around))
            read.AddRange(await steps.ReadAsync(end, StepNs, limits, cancellationToken));
        var calls =
            limits.Count == 1
                ? []
                : await topology.AmongAsync([.. limits.Keys], new TimeWindow(window.From - past, window.To), cancellationToken);
        var found = new List<(IReadOnlyList<ServiceRun> Runs, Episode Episode)>();
        foreach (var group in RunGroups.Connected(telling, run => EpisodeEdges.Stretch([run], read, StepNs)?.Window ?? run.Minutes, calls))
        {
            var episode = Exactly(group);
            var at = found.FindIndex(other => RunGroups.AreTogether(other.Episode, episode));
            if (at < 0)
            {
                found.Add((group, episode));
                continue;
            }

            IReadOnlyList<ServiceRun> all = [.. found[at].Runs, .. group];
            found[at] = (all, Exactly(all));
        }

        return [.. found.Select((f, i) => i == 0 ? Naming(f.Episode, runs.Skip(telling.Count)) : f.Episode)];

        Episode Exactly(IReadOnlyList<ServiceRun> group)
        {
            var roughly = Roughly(group, window);
            return EpisodeEdges.Find(group, read, StepNs, around) is { } edges
                ? roughly with
                {
                    Window = edges.Window,
                    Lasts = edges.Lasts && around.ToNs == window.ToNs,
                }
                : roughly;
        }
    }

    // Of what takes long its beginning and its end are looked at closely: all between is bad.
    private static IReadOnlyList<TimeWindow> Ends(TimeWindow around) =>
        around.Length <= 2 * TimelineThresholds.End
            ? [around]
            :
            [
                new TimeWindow(around.From, around.From + TimelineThresholds.End),
                new TimeWindow(around.To - TimelineThresholds.End, around.To),
            ];

    private static TimeWindow Rough(IReadOnlyList<ServiceRun> runs, TimeWindow window) =>
        new(Math.Max(window.FromNs, runs.Min(run => run.Minutes.FromNs)), Math.Min(window.ToNs, runs.Max(run => run.Minutes.ToNs)));

    private static Episode Roughly(IReadOnlyList<ServiceRun> runs, TimeWindow window)
    {
        var rough = Rough(runs, window);
        return new Episode(
            rough,
            rough.ToNs == window.ToNs,
            [.. runs.Select(run => run.Service).Distinct(StringComparer.Ordinal)],
            runs.Sum(run => run.Badness)
        );
    }

    private static Episode Naming(Episode episode, IEnumerable<ServiceRun> more) =>
        episode with
        {
            Services = [.. episode.Services.Concat(more.Select(run => run.Service)).Distinct(StringComparer.Ordinal)],
        };
}
