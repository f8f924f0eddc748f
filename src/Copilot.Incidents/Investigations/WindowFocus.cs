using Copilot.Analysis.Statistics;
using Copilot.Store.Samples;
using Copilot.Telemetry.Histograms;
using Copilot.Telemetry.Time;

namespace Copilot.Incidents.Investigations;

/// <summary>
/// Finds the minutes of a long window in which somebody is worse than in the other minutes. What is usual is taken from the better
/// two thirds of all minutes, so that the trouble itself does not count as usual.
/// </summary>
internal static class WindowFocus
{
    private const double Surprise = 4;

    private const double Hint = 2;

    private const int FewestFailed = 3;

    private const int FewestRequests = 8;

    /// <summary>Trouble in more than this share of the window is what the whole window is about.</summary>
    private const double Most = 0.7;

    /// <param name="minutes">Of the window and of some time before it.</param>
    /// <returns>The worst run of bad minutes, within the window; the window where there is none or nearly all are.</returns>
    public static TimeWindow Find(IReadOnlyList<ServiceMinute> minutes, TimeWindow window)
    {
        var badness = new SortedDictionary<long, double>();
        foreach (var service in minutes.GroupBy(m => m.Service))
            Judge([.. service.Where(m => m.Requests > 0)], window, badness);
        if (Worst(badness) is not { } run)
            return window;
        var focus = new TimeWindow(Math.Max(run.FromNs, window.FromNs), Math.Min(run.ToNs, window.ToNs));
        return focus.Seconds > Most * window.Seconds ? window : focus;
    }

    private static void Judge(List<ServiceMinute> minutes, TimeWindow window, SortedDictionary<long, double> badness)
    {
        if (minutes.Count < 3)
            return;
        var keep = Math.Max(2, minutes.Count * 2 / 3);
        var steady = minutes.OrderBy(m => (double)m.Failed / m.Requests).Take(keep).ToList();
        var (failed, requests) = ((int)steady.Sum(m => m.Failed), (int)steady.Sum(m => m.Requests));
        var usual = new DurationHistogram();
        foreach (var minute in minutes.OrderBy(m => m.Durations.Quantile(0.95) ?? 0).Take(keep))
            usual.Merge(minute.Durations);
        var p95 = usual.Quantile(0.95) ?? 0;
        var slow = Math.Max(p95 * 3 / 2, p95 + (25 * UnixNanos.PerMillisecond));
        var slowBefore = (int)usual.CountAbove(slow);
        foreach (var minute in minutes.Where(m => m.Requests >= FewestRequests && m.MinuteNs < window.ToNs && m.MinuteNs + UnixNanos.PerMinute > window.FromNs))
        {
            var failing = minute.Failed < FewestFailed ? 0 : Proportions.Surprise((int)minute.Failed, (int)minute.Requests, failed, requests);
            var slower = minute.Durations.Quantile(0.95) is { } now && now > slow
                ? Proportions.Surprise((int)minute.Durations.CountAbove(slow), (int)minute.Durations.Count, slowBefore, (int)usual.Count)
                : 0;
            badness[minute.MinuteNs] = Math.Max(badness.GetValueOrDefault(minute.MinuteNs), Math.Max(failing, slower));
        }
    }

    /// <summary>The run of bad minutes with most badness in all; one better minute does not end a run.</summary>
    private static TimeWindow? Worst(SortedDictionary<long, double> badness)
    {
        TimeWindow? best = null;
        double most = 0, sum = 0;
        long from = 0, to = 0;
        foreach (var (minute, bad) in badness)
        {
            if (bad < Surprise)
                continue;
            if (minute - to > UnixNanos.PerMinute)
                (from, sum) = (minute, 0);
            to = minute + UnixNanos.PerMinute;
            sum += bad;
            if (sum > most)
                (most, best) = (sum, new TimeWindow(from, to));
        }

        // At its ends the trouble fills only a part of a minute and shows less.
        while (best is { } b && badness.GetValueOrDefault(b.FromNs - UnixNanos.PerMinute) >= Hint)
            best = b with { FromNs = b.FromNs - UnixNanos.PerMinute };
        while (best is { } b && badness.GetValueOrDefault(b.ToNs) >= Hint)
            best = b with { ToNs = b.ToNs + UnixNanos.PerMinute };
        return best;
    }
}
