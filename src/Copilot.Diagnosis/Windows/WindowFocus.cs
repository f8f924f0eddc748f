using Copilot.Analysis.Statistics;
using Copilot.Store.Samples;
using Copilot.Telemetry.Records;

namespace Copilot.Diagnosis.Windows;

/// <summary>
/// Finds the minutes of a long window in which somebody is worse than in his other minutes. What is usual is taken from the better
/// two thirds of all minutes, so that the trouble itself does not count as usual. Each service has its own minutes: what happens to
/// others at other times is no part of its trouble.
/// </summary>
internal static class WindowFocus
{
    private const double Surprise = 4;

    /// <summary>With very many services a minute must surprise more: one such window in a hundred without trouble is risked.</summary>
    private const double ByChance = 0.01;

    private const double Hint = 2;

    private const int FewestFailed = 3;

    private const int FewestRequests = 8;

    /// <summary>Minutes of a service that is seldom called are taken together, so many at most.</summary>
    private const int LongestStep = 5;

    /// <summary>Trouble in more than this share of the window is what the whole window is about.</summary>
    private const double Most = 0.7;

    /// <param name="minutes">Of the window and of some time before it.</param>
    /// <returns>The worst run of bad minutes, within the window; the window where there is none or nearly all are.</returns>
    public static TimeWindow Find(IReadOnlyList<ServiceMinute> minutes, TimeWindow window)
    {
        var services = minutes.Where(m => m.Requests > 0).GroupBy(m => m.Service).Select(Steps).ToList();
        var surprise = Math.Max(Surprise, Normal.FromUpperTail(ByChance / Math.Max(1, services.Sum(s => s.Minutes.Count))));
        var runs = services
            .Select(s => Worst(Judge(s.Minutes, window), s.StepNs, surprise))
            .OfType<(TimeWindow Run, double Badness)>()
            .OrderByDescending(r => r.Badness)
            .ToList();
        if (runs.Count == 0)
            return window;
        var focus = runs[0].Run;
        // Whoever is worse at the same time takes part in it.
        foreach (var (run, _) in runs.Where(r => r.Run.Overlaps(runs[0].Run)))
            focus = new TimeWindow(Math.Min(focus.FromNs, run.FromNs), Math.Max(focus.ToNs, run.ToNs));
        focus = new TimeWindow(Math.Max(focus.FromNs, window.FromNs), Math.Min(focus.ToNs, window.ToNs));
        return focus.Seconds > Most * window.Seconds ? window : focus;
    }

    private static (List<ServiceMinute> Minutes, long StepNs) Steps(IEnumerable<ServiceMinute> service)
    {
        var minutes = service.ToList();
        var perMinute = minutes.Sum(m => m.Requests) / (((minutes[^1].MinuteNs - minutes[0].MinuteNs) / (double)UnixNanos.PerMinute) + 1);
        var step = UnixNanos.PerMinute * Math.Clamp((long)Math.Ceiling(FewestRequests / perMinute), 1, LongestStep);
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

    private static SortedDictionary<long, double> Judge(List<ServiceMinute> minutes, TimeWindow window)
    {
        var badness = new SortedDictionary<long, double>();
        if (minutes.Count < 3)
            return badness;
        var keep = Math.Max(2, minutes.Count * 2 / 3);
        var steady = minutes.OrderBy(m => (double)m.Failed / m.Requests).Take(keep).ToList();
        var (failed, requests) = ((int)steady.Sum(m => m.Failed), (int)steady.Sum(m => m.Requests));
        var usual = new DurationHistogram();
        foreach (var minute in minutes.OrderBy(m => m.Durations.Quantile(0.95) ?? 0).Take(keep))
            usual.Merge(minute.Durations);
        foreach (
            var minute in minutes.Where(m =>
                m.Requests >= FewestRequests && m.MinuteNs < window.ToNs && m.MinuteNs + UnixNanos.PerMinute > window.FromNs
            )
        )
        {
            var failing =
                minute.Failed < FewestFailed ? 0 : Proportions.Surprise((int)minute.Failed, (int)minute.Requests, failed, requests);
            badness[minute.MinuteNs] = Math.Max(failing, SlowShare.Of(minute.Durations, usual)?.Surprise ?? 0);
        }

        return badness;
    }

    /// <summary>The run of bad minutes with most badness in all; one better minute does not end a run.</summary>
    private static (TimeWindow Run, double Badness)? Worst(SortedDictionary<long, double> badness, long stepNs, double surprise)
    {
        TimeWindow? best = null;
        double most = 0,
            sum = 0;
        long from = 0,
            to = 0;
        foreach (var (minute, bad) in badness)
        {
            if (bad < surprise)
                continue;
            if (minute - to > stepNs)
                (from, sum) = (minute, 0);
            to = minute + stepNs;
            sum += bad;
            if (sum > most)
                (most, best) = (sum, new TimeWindow(from, to));
        }

        // At its ends the trouble fills only a part of a minute and shows less.
        while (best is { } b && badness.GetValueOrDefault(b.FromNs - stepNs) >= Hint)
            best = b with { FromNs = b.FromNs - stepNs };
        while (best is { } b && badness.GetValueOrDefault(b.ToNs) >= Hint)
            best = b with { ToNs = b.ToNs + stepNs };
        return best is { } run ? (run, most) : null;
    }
}

/// <summary>How many requests are clearly slow now and how many used to be, by the contract's "clearly worse".</summary>
internal readonly record struct SlowShare(int Hits, int Count, int BaseHits, int BaseCount)
{
    /// <returns>Null where the 95th percentile is not clearly worse than it was.</returns>
    public static SlowShare? Of(DurationHistogram now, DurationHistogram usual)
    {
        var p95 = usual.Quantile(0.95) ?? 0;
        var slow = Math.Max(p95 * 3 / 2, p95 + (25 * UnixNanos.PerMillisecond));
        return now.Quantile(0.95) > slow
            ? new SlowShare((int)now.CountAbove(slow), (int)now.Count, (int)usual.CountAbove(slow), (int)usual.Count)
            : null;
    }

    public double Surprise => Proportions.Surprise(Hits, Count, BaseHits, BaseCount);

    /// <summary>By how much the share of slow requests grew.</summary>
    public double Growth => ((double)Hits / Count) - ((double)BaseHits / BaseCount);
}
