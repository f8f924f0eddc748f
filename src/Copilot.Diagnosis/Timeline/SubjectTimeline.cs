using Copilot.Store.Reads.Requests;
using Copilot.Store.Retention;
using Copilot.Store.Samples;
using Copilot.Telemetry.Records;

namespace Copilot.Diagnosis.Timeline;

/// <summary>When the requests that are asked about were clearly worse than usual: of a service, an operation, or whatever a condition
/// names.</summary>
public sealed class SubjectTimeline(RequestStepReads reads, ThinnedHours thinned)
{
    private const long StepNs = TimelineThresholds.StepSeconds * UnixNanos.PerSecond;

    /// <param name="past">How much of the time before it shows what is usual.</param>
    public async Task<SubjectHistory> FindAsync(
        RequestSubject subject,
        TroubleSide side,
        TimeWindow window,
        TimeSpan past,
        CancellationToken cancellationToken
    )
    {
        var read = await reads.ReadAsync(
            subject,
            new TimeWindow(UnixNanos.From(window.From - past), window.ToNs),
            UnixNanos.PerMinute,
            cancellationToken
        );
        var episodes = new List<SubjectEpisode>();
        foreach (var one in side == TroubleSide.Any ? new[] { TroubleSide.Errors, TroubleSide.Latency } : [side])
            episodes.AddRange(await FindAsync(subject, one, read, window, cancellationToken));
        var first = read.FirstOrDefault(minute => minute.MinuteNs + UnixNanos.PerMinute > window.FromNs);
        return new SubjectHistory(Together(episodes), new TimeWindow(Math.Max(window.FromNs, first?.MinuteNs ?? window.ToNs), window.ToNs));
    }

    /// <summary>Failures and slowness are looked for apart: what fails may be over when what is slow begins.</summary>
    private async Task<List<SubjectEpisode>> FindAsync(
        RequestSubject subject,
        TroubleSide side,
        IReadOnlyList<ServiceMinute> read,
        TimeWindow window,
        CancellationToken cancellationToken
    )
    {
        var minutes = read.Select(minute => OnlyOf(minute, side)).ToList();
        var runs = Runs(TimelineThresholds.Steady);
        // Where nothing stands out, most of it may be the trouble; how slow is usual would be too little to tell by.
        if (runs.Count == 0 && side == TroubleSide.Errors)
            runs = Runs(LongTroubleThresholds.Steady);
        var episodes = new List<SubjectEpisode>();
        for (var i = 0; i < runs.Count; i++)
        {
            var around = new TimeWindow(
                Math.Max(i == 0 ? window.FromNs : runs[i - 1].Minutes.ToNs, runs[i].Minutes.FromNs - UnixNanos.PerMinute),
                Math.Min(
                    i == runs.Count - 1 ? window.ToNs : runs[i + 1].Minutes.FromNs,
                    runs[i].Minutes.ToNs + (TimelineThresholds.MinutesAfter * UnixNanos.PerMinute)
                )
            );
            var usual = read.Where(minute => !runs.Any(run => run.Minutes.Overlaps(MinuteOf(minute))));
            episodes.Add(await EpisodeOfAsync(subject, runs[i], around, window, usual, cancellationToken));
        }

        return episodes;

        List<ServiceRun> Runs(double steady) =>
            [.. ServiceRuns.Find(minutes, window, TimelineThresholds.SurpriseOfNamed, steady).OrderBy(run => run.Minutes.FromNs)];
    }

    /// <summary>What fails and is slow at the same time is one trouble, told by what shows it more.</summary>
    internal static IReadOnlyList<SubjectEpisode> Together(IEnumerable<SubjectEpisode> episodes)
    {
        var joined = new List<SubjectEpisode>();
        foreach (var episode in episodes.OrderByDescending(episode => episode.Badness))
        {
            var at = joined.FindIndex(other =>
                Shared(other.Window, episode.Window) >= TimelineThresholds.Overlap * Math.Min(Length(other.Window), Length(episode.Window))
            );
            if (at < 0)
            {
                joined.Add(episode);
                continue;
            }

            var worse = joined[at];
            joined[at] = worse with
            {
                Window = new TimeWindow(
                    Math.Min(worse.Window.FromNs, episode.Window.FromNs),
                    Math.Max(worse.Window.ToNs, episode.Window.ToNs)
                ),
                Lasts = worse.Lasts || episode.Lasts,
                LastBadNs = Math.Max(worse.LastBadNs, episode.LastBadNs),
            };
        }

        return [.. joined.OrderBy(episode => episode.Window.FromNs)];
    }

    private static long Length(TimeWindow window) => window.ToNs - window.FromNs;

    private static long Shared(TimeWindow one, TimeWindow other) => Math.Min(one.ToNs, other.ToNs) - Math.Max(one.FromNs, other.FromNs);

    private async Task<SubjectEpisode> EpisodeOfAsync(
        RequestSubject subject,
        ServiceRun run,
        TimeWindow around,
        TimeWindow window,
        IEnumerable<ServiceMinute> usual,
        CancellationToken cancellationToken
    )
    {
        var isThinned = await thinned.TouchAsync(around, cancellationToken);
        var stepNs = isThinned ? UnixNanos.PerMinute : StepNs;
        var steps = await reads.ReadAsync(subject, around, stepNs, cancellationToken);
        var stretch = EpisodeEdges.Stretch(
            [run],
            steps.Select(s => new ServiceStep(s.Service, s.MinuteNs, s.Requests, s.Failed, s.Durations.CountAbove(run.SlowAboveNs))),
            stepNs
        );
        var rough = new TimeWindow(Math.Max(window.FromNs, run.Minutes.FromNs), Math.Min(window.ToNs, run.Minutes.ToNs));
        var found = Within(stretch?.Window ?? rough, window);
        var lasts = (stretch?.Lasts ?? rough.ToNs == window.ToNs) && around.ToNs == window.ToNs;
        var edges = isThinned
            ? null
            : await reads.EdgesAsync(subject, found, run.Fails, run.IsSlow ? run.SlowAboveNs : null, cancellationToken);
        var (from, last) = edges ?? (found.FromNs, found.ToNs);
        var errors = run.Failing >= run.Slow;
        var inside = steps.Where(step => step.MinuteNs >= found.FromNs && step.MinuteNs < found.ToNs).ToList();
        var all = RequestSum.Of(inside);
        var peak = Peak(inside, stepNs, errors);
        var before = usual.Where(minute =>
            minute.MinuteNs + UnixNanos.PerMinute <= from
            && minute.MinuteNs >= from - (TimelineThresholds.MinutesBefore * UnixNanos.PerMinute)
        );
        return new SubjectEpisode
        {
            Window = new TimeWindow(from, lasts ? window.ToNs : last),
            Lasts = lasts,
            LastBadNs = last,
            ByErrors = errors,
            Badness = run.Badness,
            Requests = all.Requests,
            Failed = all.Failed,
            After = steps.Where(step => step.MinuteNs >= found.ToNs).Sum(step => step.Requests),
            Before = RequestSum.Of(before).Measure(errors),
            Peak = peak?.Value ?? all.Measure(errors),
            PeakAt = UnixNanos.ToTime(peak?.AtNs ?? from),
            IsToTheSecond = edges is not null,
        };
    }

    /// <summary>The highest of steps that hold enough requests to be measured.</summary>
    private static (double Value, long AtNs)? Peak(IReadOnlyCollection<ServiceMinute> steps, long stepNs, bool errors)
    {
        foreach (var lengthNs in TimelineThresholds.PeakSeconds.Select(seconds => seconds * UnixNanos.PerSecond))
        {
            if (lengthNs < stepNs)
                continue;
            var measured = steps
                .GroupBy(step => step.MinuteNs / lengthNs)
                .Select(group => (At: group.Min(step => step.MinuteNs), Sum: RequestSum.Of(group)))
                .Where(step => step.Sum.Requests >= TimelineThresholds.FewestRequests)
                .ToList();
            // Most of it is to be measured, not its busiest step alone.
            if (2 * measured.Sum(step => step.Sum.Requests) >= steps.Sum(step => step.Requests) && measured.Count > 0)
                return measured.Select(step => (step.Sum.Measure(errors)!.Value, step.At)).MaxBy(step => step.Value);
        }

        return null;
    }

    private static ServiceMinute OnlyOf(ServiceMinute minute, TroubleSide side)
    {
        var only = new ServiceMinute
        {
            MinuteNs = minute.MinuteNs,
            Service = minute.Service,
            Requests = minute.Requests,
            Failed = side == TroubleSide.Latency ? 0 : minute.Failed,
        };
        if (side != TroubleSide.Errors)
            only.Durations.Merge(minute.Durations);
        return only;
    }

    private static TimeWindow Within(TimeWindow found, TimeWindow window) =>
        new(Math.Max(found.FromNs, window.FromNs), Math.Min(found.ToNs, window.ToNs));

    private static TimeWindow MinuteOf(ServiceMinute minute) => new(minute.MinuteNs, minute.MinuteNs + UnixNanos.PerMinute);
}
