using Copilot.Analysis.Samples;
using Copilot.Analysis.Statistics;

namespace Copilot.Analysis.Signals;

/// <summary>Whether durations are worse than they used to be, by how many exceed what is usual: holds for a handful of values too.</summary>
internal static class SlowTest
{
    /// <param name="now">With the request that each was measured in.</param>
    /// <param name="before">Gets sorted.</param>
    /// <returns>A suspicion of no place yet, or null where nothing is surprising.</returns>
    public static Suspicion? Judge(List<(double Value, int Request)> now, List<double> before, AnalysisOptions options) =>
        Count(now, before, options) is { } counted && counted.Surprise >= options.Surprise ? counted : null;

    /// <returns>The same without asking for surprise; null only where no value is slow.</returns>
    public static Suspicion? Count(List<(double Value, int Request)> now, List<double> before, AnalysisOptions options)
    {
        before.Sort();
        var usual = Percentiles.NearestRank(before, 0.5);
        var slow = (Percentiles.NearestRank(before, 0.9) * options.SlowFactor) + options.SlowFloorMs;
        var hits = now.Where(v => v.Value > slow).ToList();
        var baseHits = before.Count(v => v > slow);
        if (hits.Count == 0)
            return null;
        var excess = hits.Sum(v => v.Value - usual) - (before.Where(v => v > slow).Sum(v => v - usual) * now.Count / before.Count);
        return excess <= 0 ? null : new Suspicion
        {
            Node = -1,
            Kind = SignalKind.OwnTime,
            Hits = hits.Count,
            Count = now.Count,
            BaseHits = baseHits,
            BaseCount = before.Count,
            Surprise = Proportions.Surprise(hits.Count, now.Count, baseHits, before.Count),
            ExcessMs = excess,
            UsualMs = usual,
            NowMs = Percentiles.NearestRank([.. now.Select(v => v.Value).Order()], 0.5),
            SlowMs = Percentiles.NearestRank([.. hits.Select(v => v.Value).Order()], 0.5),
            Requests = [.. hits.OrderByDescending(v => v.Value).Select(v => v.Request).Distinct()],
        };
    }
}
