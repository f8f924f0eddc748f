using Copilot.Analysis.Statistics;
using Copilot.Analysis.Thresholds;
using Copilot.Store.Samples;
using Copilot.Telemetry.Records;

namespace Copilot.Diagnosis.Timeline;

/// <summary>
/// How a service usually is: how many of its requests fail, and how many are slow. It is taken from the better two thirds of its minutes,
/// so that the trouble itself does not count as usual.
/// </summary>
internal sealed class ServiceLevel
{
    private readonly int _failed;
    private readonly int _requests;
    private readonly DurationHistogram _durations = new();

    /// <param name="steady">The share of its minutes, the best ones, that is usual.</param>
    public ServiceLevel(IReadOnlyCollection<ServiceMinute> minutes, double steady = TimelineThresholds.Steady)
    {
        var keep = Math.Max(2, (int)(minutes.Count * steady));
        foreach (var minute in minutes.OrderBy(m => (double)m.Failed / m.Requests).Take(keep))
        {
            _failed += (int)minute.Failed;
            _requests += (int)minute.Requests;
        }

        foreach (var minute in minutes.OrderBy(m => m.Durations.Quantile(ClearlyWorse.Percentile) ?? 0).Take(keep))
            _durations.Merge(minute.Durations);
        SlowAboveNs = SlowShare.LimitOf(_durations);
    }

    /// <summary>Above this a request is clearly slower than usual.</summary>
    public long SlowAboveNs { get; }

    /// <summary>Never quite 0: what did not happen in so many requests may still happen in the next.</summary>
    public double FailedShare => (_failed + TimelineThresholds.HalfAHit) / (_requests + 1);

    /// <inheritdoc cref="FailedShare"/>
    public double SlowShareUsual => (_durations.CountAbove(SlowAboveNs) + TimelineThresholds.HalfAHit) / (_durations.Count + 1);

    /// <summary>How surprising it is that so many fail in this minute; 0 where few do.</summary>
    public double FailingIn(ServiceMinute minute) =>
        minute.Failed < TimelineThresholds.FewestFailed
            ? 0
            : Proportions.Surprise((int)minute.Failed, (int)minute.Requests, _failed, _requests);

    /// <summary>How surprising it is that so many are slow in this minute; 0 where the 95th percentile is not clearly worse.</summary>
    public double SlowIn(ServiceMinute minute) => SlowShare.Of(minute.Durations, _durations)?.Surprise ?? 0;
}

/// <summary>How many requests are clearly slow now and how many used to be, by the contract's "clearly worse".</summary>
internal readonly record struct SlowShare(int Hits, int Count, int BaseHits, int BaseCount)
{
    /// <summary>The duration above which a request is clearly slower than these.</summary>
    public static long LimitOf(DurationHistogram usual)
    {
        var p95 = usual.Quantile(ClearlyWorse.Percentile) ?? 0;
        return Math.Max((long)(p95 * ClearlyWorse.P95Times), p95 + (ClearlyWorse.P95MoreMs * UnixNanos.PerMillisecond));
    }

    /// <returns>Null where the 95th percentile is not clearly worse than it was.</returns>
    public static SlowShare? Of(DurationHistogram now, DurationHistogram usual)
    {
        var slow = LimitOf(usual);
        return now.Quantile(ClearlyWorse.Percentile) > slow
            ? new SlowShare((int)now.CountAbove(slow), (int)now.Count, (int)usual.CountAbove(slow), (int)usual.Count)
            : null;
    }

    public double Surprise => Proportions.Surprise(Hits, Count, BaseHits, BaseCount);

    /// <summary>By how much the share of slow requests grew.</summary>
    public double Growth => ((double)Hits / Count) - ((double)BaseHits / BaseCount);
}
