using System.Globalization;
using Copilot.Analysis.Statistics;
using Copilot.Store.Samples;
using Copilot.Telemetry.Histograms;
using Copilot.Telemetry.Time;

namespace Copilot.Watch.Detection;

/// <summary>
/// Compares the last minutes of each service with the quarter of an hour before. Strict, because it looks at every service every
/// minute: the contract's "clearly worse" must hold, and the difference must be far beyond chance. The worst third of the past is
/// left out, so that trouble that is just over does not hide the next.
/// </summary>
public static class WorseDetector
{
    /// <summary>At this many standard deviations, a thousand services give one false alarm in about a month of minutes.</summary>
    private const double Surprise = 5;

    private const int FewestMinutes = 3;

    private const int FewestRequests = 30;

    private const int FewestNow = 8;

    private const int FewestFailed = 5;

    /// <param name="minutes">Of at least the last quarter of an hour.</param>
    /// <param name="end">End of the last whole minute.</param>
    public static IReadOnlyList<WorseService> Find(IReadOnlyList<ServiceMinute> minutes, DateTimeOffset end)
    {
        var endNs = UnixNanos.From(end);
        var found = new List<WorseService>();
        foreach (var service in minutes.GroupBy(m => m.Service))
        {
            // A single minute first: it is the sooner sign. Two together see what is too rare for one.
            foreach (var length in new[] { 1, 2 })
            {
                var fromNs = endNs - (length * UnixNanos.PerMinute);
                var now = service.Where(m => m.MinuteNs >= fromNs && m.MinuteNs < endNs).ToList();
                var before = service.Where(m => m.MinuteNs < endNs - (2 * UnixNanos.PerMinute)).ToList();
                if (Judge(service.Key, now, before, UnixNanos.ToTime(fromNs)) is { } worse)
                {
                    found.Add(worse);
                    break;
                }
            }
        }

        return [.. found.OrderByDescending(w => w.Surprise)];
    }

    private static WorseService? Judge(string service, List<ServiceMinute> now, List<ServiceMinute> before, DateTimeOffset since)
    {
        if (before.Count < FewestMinutes || before.Sum(m => m.Requests) < FewestRequests || now.Sum(m => m.Requests) < FewestNow)
            return null;
        return Failing(service, now, before, since) ?? Slow(service, now, before, since);
    }

    private static WorseService? Failing(string service, List<ServiceMinute> now, List<ServiceMinute> before, DateTimeOffset since)
    {
        var good = BestTwoThirds(before, m => (double)m.Failed / m.Requests);
        var (failed, requests) = (now.Sum(m => m.Failed), now.Sum(m => m.Requests));
        var (failedBefore, requestsBefore) = (good.Sum(m => m.Failed), good.Sum(m => m.Requests));
        var (rate, rateBefore) = ((double)failed / requests, (double)failedBefore / requestsBefore);
        if (failed < FewestFailed || rate <= 3 * rateBefore || rate <= rateBefore + 0.005)
            return null;
        // Leaving out the worst minutes makes the rest look too good, so all of them have a say too, at half their weight.
        var surprise = Math.Min(
            Proportions.Surprise((int)failed, (int)requests, (int)failedBefore, (int)requestsBefore),
            Proportions.Surprise((int)failed, (int)requests, (int)Math.Ceiling(before.Sum(m => m.Failed) / 2.0), (int)before.Sum(m => m.Requests)));
        // Failures are seldom chance where there were none, so a little less is asked than of durations.
        return surprise < Surprise - 1 ? null : new WorseService(service, since, surprise, string.Create(
            CultureInfo.InvariantCulture, $"{failed} of {requests} requests fail where {rateBefore:P2} did"));
    }

    private static WorseService? Slow(string service, List<ServiceMinute> now, List<ServiceMinute> before, DateTimeOffset since)
    {
        var good = BestTwoThirds(before, m => m.Durations.Quantile(0.95) ?? 0);
        var usual = Together(good);
        var present = Together(now);
        if (usual.Quantile(0.95) is not { } p95Before || present.Quantile(0.95) is not { } p95)
            return null;
        var slow = Math.Max((long)(1.5 * p95Before), p95Before + (25 * UnixNanos.PerMillisecond));
        if (p95 <= slow)
            return null;
        var all = Together(before);
        var surprise = Math.Min(
            Proportions.Surprise((int)present.CountAbove(slow), (int)present.Count, (int)usual.CountAbove(slow), (int)usual.Count),
            Proportions.Surprise((int)present.CountAbove(slow), (int)present.Count, (int)(all.CountAbove(slow) / 2), (int)all.Count));
        return surprise < Surprise ? null : new WorseService(service, since, surprise, string.Create(
            CultureInfo.InvariantCulture, $"its p95 is {p95 / 1e6:0} ms where it was {p95Before / 1e6:0} ms"));
    }

    private static List<ServiceMinute> BestTwoThirds(List<ServiceMinute> minutes, Func<ServiceMinute, double> badness) =>
        [.. minutes.Where(m => m.Requests > 0).OrderBy(badness).Take(Math.Max(FewestMinutes, (minutes.Count * 2) / 3))];

    private static DurationHistogram Together(List<ServiceMinute> minutes)
    {
        var sum = new DurationHistogram();
        foreach (var minute in minutes)
            sum.Merge(minute.Durations);
        return sum;
    }
}
