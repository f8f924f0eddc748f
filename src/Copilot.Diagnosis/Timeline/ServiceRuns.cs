using Copilot.Analysis.Statistics;
using Copilot.Store.Samples;
using Copilot.Telemetry.Records;

namespace Copilot.Diagnosis.Timeline;

/// <summary>
/// Finds the runs of minutes in which a service is worse than in its other minutes. Each service has its own minutes: what happens to
/// others at other times is no part of its trouble.
/// </summary>
internal static class ServiceRuns
{
    /// <param name="minutes">Of the window and of some time before it.</param>
    /// <returns>The runs that touch the window, in whole minutes, worst first.</returns>
    /// <param name="least">However few minutes are compared, a bad one surprises so much.</param>
    /// <param name="steady">The share of a service's minutes that is usual.</param>
    public static IReadOnlyList<ServiceRun> Find(
        IReadOnlyList<ServiceMinute> minutes,
        TimeWindow window,
        double least = TimelineThresholds.Surprise,
        double steady = TimelineThresholds.Steady
    )
    {
        var services = minutes.Where(m => m.Requests > 0).GroupBy(m => m.Service).Select(Steps).ToList();
        var surprise = Math.Max(least, Normal.FromUpperTail(TimelineThresholds.ByChance / Math.Max(1, services.Sum(s => s.Minutes.Count))));
        return [.. services.SelectMany(s => RunsOf(s.Minutes, s.StepNs, window, surprise, steady)).OrderByDescending(run => run.Badness)];
    }

    /// <summary>The minutes of a window in which one service is known to be in trouble, against those before it.</summary>
    /// <returns>Null where they show nothing.</returns>
    public static ServiceRun? Of(IReadOnlyList<ServiceMinute> minutes, TimeWindow window)
    {
        var before = minutes.Where(m => m.Requests > 0 && m.MinuteNs + UnixNanos.PerMinute <= window.FromNs).ToList();
        if (before.Count < 2)
            return null;
        var usual = new ServiceLevel(before);
        ServiceRun? run = null;
        foreach (var minute in minutes.Where(m => m.Requests > 0 && m.MinuteNs + (UnixNanos.PerMinute / 2) >= window.FromNs))
        {
            var (failing, slow) = (usual.FailingIn(minute), usual.SlowIn(minute));
            if (Math.Max(failing, slow) < TimelineThresholds.Hint)
                continue;
            run ??= ServiceRun.From(minute, usual);
            run.Add(minute, UnixNanos.PerMinute, failing, slow, TimelineThresholds.Hint);
        }

        return run;
    }

    private static (List<ServiceMinute> Minutes, long StepNs) Steps(IEnumerable<ServiceMinute> service)
    {
        var minutes = service.ToList();
        var perMinute = minutes.Sum(m => m.Requests) / (((minutes[^1].MinuteNs - minutes[0].MinuteNs) / (double)UnixNanos.PerMinute) + 1);
        var step =
            UnixNanos.PerMinute
            * Math.Clamp((long)Math.Ceiling(TimelineThresholds.FewestRequests / perMinute), 1, TimelineThresholds.LongestStep);
        return step == UnixNanos.PerMinute
            ? (minutes, step)
            : ([.. minutes.GroupBy(m => m.MinuteNs / step).Select(g => Together(g.Key * step, g))], step);
    }

    private static ServiceMinute Together(long fromNs, IEnumerable<ServiceMinute> minutes)
    {
        ServiceMinute? all = null;
        foreach (var minute in minutes)
        {
            all ??= new ServiceMinute { MinuteNs = fromNs, Service = minute.Service };
            all.Requests += minute.Requests;
            all.Failed += minute.Failed;
            all.Durations.Merge(minute.Durations);
        }

        return all!;
    }

    /// <summary>Some better minutes do not end a run, but what fails after it was slow, or the other way round, is another.</summary>
    private static IEnumerable<ServiceRun> RunsOf(
        List<ServiceMinute> minutes,
        long stepNs,
        TimeWindow window,
        double surprise,
        double steady
    )
    {
        if (minutes.Count < TimelineThresholds.FewestMinutes)
            yield break;
        var usual = new ServiceLevel(minutes, steady);
        var judged = new SortedDictionary<long, (ServiceMinute Minute, double Failing, double Slow)>();
        foreach (
            var minute in minutes.Where(m =>
                m.Requests >= TimelineThresholds.FewestRequests && m.MinuteNs < window.ToNs && m.MinuteNs + stepNs > window.FromNs
            )
        )
            judged[minute.MinuteNs] = (minute, usual.FailingIn(minute), usual.SlowIn(minute));

        var better = Math.Max(stepNs, TimelineThresholds.BetterMinutes * UnixNanos.PerMinute);
        ServiceRun? run = null;
        foreach (var (minute, (figures, failing, slow)) in judged)
        {
            if (run is not null && minute - run.Minutes.ToNs > better)
            {
                yield return Widened(run);
                run = null;
            }

            // What is known needs less proof than what is new.
            var again = run is not null && run.ShowsAs(failing >= TimelineThresholds.Again, slow >= TimelineThresholds.Again);
            if (!again && Math.Max(failing, slow) < surprise)
                continue;
            if (run is not null && !again)
            {
                yield return Widened(run);
                run = null;
            }

            run ??= ServiceRun.From(figures, usual);
            run.Add(figures, stepNs, failing, slow, surprise);
        }

        if (run is not null)
            yield return Widened(run);

        // At its ends the trouble fills only a part of a minute and shows less.
        ServiceRun Widened(ServiceRun found)
        {
            while (Hints(found, found.Minutes.FromNs - stepNs))
                found.Minutes = found.Minutes with { FromNs = found.Minutes.FromNs - stepNs };
            while (Hints(found, found.Minutes.ToNs))
                found.Minutes = found.Minutes with { ToNs = found.Minutes.ToNs + stepNs };
            return found;
        }

        bool Hints(ServiceRun found, long minute) =>
            judged.TryGetValue(minute, out var at)
            && found.ShowsAs(at.Failing >= TimelineThresholds.Hint, at.Slow >= TimelineThresholds.Hint);
    }
}

/// <summary>Minutes in which one service is clearly worse than usual.</summary>
internal sealed class ServiceRun(string service, ServiceLevel usual)
{
    private long _requests;
    private long _failed;
    private long _slow;
    private bool _fails;
    private bool _isSlow;

    public string Service => service;

    public long SlowAboveNs => usual.SlowAboveNs;

    public required TimeWindow Minutes { get; set; }

    /// <summary>More of its requests fail than usual.</summary>
    public bool Fails => _fails;

    /// <summary>More of its requests are slow than usual.</summary>
    public bool IsSlow => _isSlow;

    /// <summary>What is seen in a minute is what it shows too.</summary>
    public bool ShowsAs(bool failing, bool slow) => (failing && _fails) || (slow && _isSlow);

    /// <summary>How surprising its failures are, added up over its minutes.</summary>
    public double Failing { get; private set; }

    /// <summary>The same of slow requests.</summary>
    public double Slow { get; private set; }

    /// <summary>How surprising its minutes are, added up.</summary>
    public double Badness { get; private set; }

    /// <summary>A run that begins with this minute, which is still to be added.</summary>
    public static ServiceRun From(ServiceMinute minute, ServiceLevel usual) =>
        new(minute.Service, usual) { Minutes = new TimeWindow(minute.MinuteNs, minute.MinuteNs) };

    /// <param name="failing">How surprising it is that so many fail in it; <paramref name="slow"/> the same of slow ones.</param>
    /// <param name="surprise">From where on either counts.</param>
    public void Add(ServiceMinute minute, long stepNs, double failing, double slow, double surprise)
    {
        Minutes = Minutes with { ToNs = minute.MinuteNs + stepNs };
        (_fails, _isSlow) = (_fails || failing >= surprise, _isSlow || slow >= surprise);
        _requests += minute.Requests;
        _failed += minute.Failed;
        _slow += minute.Durations.CountAbove(SlowAboveNs);
        (Failing, Slow, Badness) = (Failing + failing, Slow + slow, Badness + Math.Max(failing, slow));
    }

    /// <summary>
    /// How much likelier these requests are in the trouble than out of it, as a logarithm: positive speaks for the trouble, negative
    /// against it.
    /// </summary>
    public double Evidence(in ServiceStep step) =>
        (_fails ? LogLikelihood(step.Failed, step.Requests, _failed, usual.FailedShare) : 0)
        + (_isSlow ? LogLikelihood(step.Slow, step.Requests, _slow, usual.SlowShareUsual) : 0);

    private double LogLikelihood(long hits, long count, long badHits, double usualShare)
    {
        var share = Math.Min(TimelineThresholds.AllButSome, (double)badHits / _requests);
        return share <= usualShare
            ? 0
            : (hits * Math.Log(share / usualShare)) + ((count - hits) * Math.Log((1 - share) / (1 - usualShare)));
    }
}
