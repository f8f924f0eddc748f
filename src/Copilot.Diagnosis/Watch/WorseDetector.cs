using System.Globalization;
using Copilot.Analysis.Statistics;
using Copilot.Analysis.Thresholds;
using Copilot.Store.Samples;
using Copilot.Telemetry.Records;
using Copilot.Telemetry.Text;

namespace Copilot.Diagnosis.Watch;

/// <summary>
/// Compares the last minutes of each service, and of the calls from one to another, with the quarter of an hour before. Strict, because
/// it looks at everybody every minute: the contract's "clearly worse" must hold, and the difference must be far beyond chance. The worst
/// third of the past is left out, so that trouble that is just over does not hide the next.
/// </summary>
public static class WorseDetector
{
    /// <param name="minutes">Of at least the last quarter of an hour: of services, and of calls.</param>
    /// <param name="end">End of the last whole minute.</param>
    public static IReadOnlyList<WorseService> Find(IReadOnlyList<ServiceMinute> minutes, DateTimeOffset end)
    {
        var endNs = UnixNanos.From(end);
        var found = new List<WorseService>();
        var all = minutes
            .Where(m => m.Caller is null)
            .GroupBy(m => m.MinuteNs)
            .Where(m => m.Key < endNs)
            .ToDictionary(m => m.Key, m => m.Sum(s => s.Requests));
        foreach (var requests in minutes.GroupBy(m => (m.Service, m.Caller)))
        {
            // A single minute first: it is the sooner sign. Two together see what is too rare for one.
            foreach (var length in new[] { 1, 2 })
            {
                var fromNs = endNs - (length * UnixNanos.PerMinute);
                var now = requests.Where(m => m.MinuteNs >= fromNs && m.MinuteNs < endNs).ToList();
                var before = requests.Where(m => m.MinuteNs < endNs - (2 * UnixNanos.PerMinute)).ToList();
                var since = UnixNanos.ToTime(fromNs);
                var (service, caller) = requests.Key;
                var worse =
                    caller is null ? Judge(service, now, before, since) ?? Silent(service, now, before, all, since)
                    : Judge(service, now, before, since) is { Surprise: >= WorseMinuteThresholds.SurpriseOfCalls } call
                        ? call with
                        {
                            Why = $"called by {caller}, {call.Why}",
                        }
                    : null;
                if (worse is null)
                    continue;
                found.Add(worse);
                break;
            }
        }

        return [.. found.OrderByDescending(w => w.Surprise).DistinctBy(w => w.Service)];
    }

    private static WorseService? Judge(string service, List<ServiceMinute> now, List<ServiceMinute> before, DateTimeOffset since)
    {
        if (
            before.Count < WorseMinuteThresholds.FewestMinutes
            || before.Sum(m => m.Requests) < WorseMinuteThresholds.FewestRequests
            || now.Sum(m => m.Requests) < WorseMinuteThresholds.FewestNow
        )
            return null;
        return Failing(service, now, before, since) ?? Slow(service, now, before, since);
    }

    private static WorseService? Failing(string service, List<ServiceMinute> now, List<ServiceMinute> before, DateTimeOffset since)
    {
        var good = BestTwoThirds(before, m => (double)m.Failed / m.Requests);
        var (failed, requests) = (now.Sum(m => m.Failed), now.Sum(m => m.Requests));
        var (failedBefore, requestsBefore) = (good.Sum(m => m.Failed), good.Sum(m => m.Requests));
        var (rate, rateBefore) = ((double)failed / requests, (double)failedBefore / requestsBefore);
        if (
            failed < WorseMinuteThresholds.FewestFailed
            || rate <= ClearlyWorse.ErrorRateTimes * rateBefore
            || rate <= rateBefore + ClearlyWorse.ErrorRateMore
        )
            return null;
        var surprise = Math.Min(
            Proportions.Surprise((int)failed, (int)requests, (int)failedBefore, (int)requestsBefore),
            Proportions.Surprise(
                (int)failed,
                (int)requests,
                (int)Math.Ceiling(before.Sum(m => m.Failed) * WorseMinuteThresholds.WeightOfAll),
                (int)before.Sum(m => m.Requests)
            )
        );
        return surprise < WorseMinuteThresholds.Surprise - WorseMinuteThresholds.LessForFailing
            ? null
            : new WorseService(
                service,
                since,
                surprise,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{failed} of {requests} requests fail where {Quantity.Percent(rateBefore)} did"
                )
            );
    }

    private static WorseService? Slow(string service, List<ServiceMinute> now, List<ServiceMinute> before, DateTimeOffset since)
    {
        var good = BestTwoThirds(before, m => m.Durations.Quantile(ClearlyWorse.Percentile) ?? 0);
        var usual = Together(good);
        var present = Together(now);
        if (usual.Quantile(ClearlyWorse.Percentile) is not { } p95Before || present.Quantile(ClearlyWorse.Percentile) is not { } p95)
            return null;
        var slow = Math.Max((long)(ClearlyWorse.P95Times * p95Before), p95Before + (ClearlyWorse.P95MoreMs * UnixNanos.PerMillisecond));
        if (p95 <= slow)
            return null;
        var all = Together(before);
        var surprise = Math.Min(
            Proportions.Surprise((int)present.CountAbove(slow), (int)present.Count, (int)usual.CountAbove(slow), (int)usual.Count),
            Proportions.Surprise(
                (int)present.CountAbove(slow),
                (int)present.Count,
                (int)(all.CountAbove(slow) * WorseMinuteThresholds.WeightOfAll),
                (int)all.Count
            )
        );
        return surprise < WorseMinuteThresholds.Surprise
            ? null
            : new WorseService(
                service,
                since,
                surprise,
                $"its p95 is {Quantity.Duration(p95 / 1e6)} where it was {Quantity.Duration(p95Before / 1e6)}"
            );
    }

    /// <summary>
    /// Who is dead sends nothing. Requests are expected in proportion to everybody's, so that a quiet night and a gap in what is
    /// received accuse nobody, and only from who had some in every minute.
    /// </summary>
    private static WorseService? Silent(
        string service,
        List<ServiceMinute> now,
        List<ServiceMinute> before,
        Dictionary<long, long> all,
        DateTimeOffset since
    )
    {
        var past = all.Where(m => m.Key < UnixNanos.From(since) - UnixNanos.PerMinute).ToList();
        if (past.Count < WorseMinuteThresholds.FewestMinutes || before.Count < past.Count)
            return null;
        var share = before.Sum(m => m.Requests) / (double)past.Sum(m => m.Value);
        var expected = share * all.Where(m => m.Key >= UnixNanos.From(since)).Sum(m => m.Value);
        var requests = now.Sum(m => m.Requests);
        if (expected < WorseMinuteThresholds.FewestExpected || requests > WorseMinuteThresholds.Silence * expected)
            return null;
        // Requests come in bunches: the least share of any minute before tells how few of them are usual.
        var least = before.Min(m => m.Requests / (double)all[m.MinuteNs]);
        var surprise = (expected - requests) / Math.Sqrt(expected);
        return surprise < WorseMinuteThresholds.Surprise || least < share / WorseMinuteThresholds.Bunching
            ? null
            : new WorseService(
                service,
                since,
                surprise,
                string.Create(CultureInfo.InvariantCulture, $"{requests} requests came where {expected:0} would be usual")
            );
    }

    private static List<ServiceMinute> BestTwoThirds(List<ServiceMinute> minutes, Func<ServiceMinute, double> badness) =>
        [
            .. minutes
                .Where(m => m.Requests > 0)
                .OrderBy(badness)
                .Take(Math.Max(WorseMinuteThresholds.FewestMinutes, (minutes.Count * 2) / WorseMinuteThresholds.GoodParts)),
        ];

    private static DurationHistogram Together(List<ServiceMinute> minutes)
    {
        var sum = new DurationHistogram();
        foreach (var minute in minutes)
            sum.Merge(minute.Durations);
        return sum;
    }
}

/// <summary>A service that got significantly worse in the last minutes.</summary>
/// <param name="Since">Start of the first worse minute.</param>
/// <param name="Surprise">In standard deviations.</param>
public sealed record WorseService(string Service, DateTimeOffset Since, double Surprise, string Why);
