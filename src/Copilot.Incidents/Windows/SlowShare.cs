using Copilot.Analysis.Statistics;
using Copilot.Telemetry.Histograms;
using Copilot.Telemetry.Time;

namespace Copilot.Incidents.Windows;

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
