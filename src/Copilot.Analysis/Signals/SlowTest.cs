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
        var median = Percentiles.NearestRank([.. now.Select(v => v.Value).Order()], 0.5);
        var seldom = Exceeding(now, before, (Percentiles.NearestRank(before, 0.9) * options.SlowFactor) + options.SlowFloorMs, usual);
        // Where durations vary much anyway, half of them being later than usual shows before any is later than the latest ones were.
        var limit = (usual * options.SlowFactor) + options.SlowFloorMs;
        var mostly = median > limit ? Exceeding(now, before, limit, usual) : null;
        var worse = mostly is not null && mostly.Surprise > (seldom?.Surprise ?? 0) ? mostly : seldom;
        return worse is null ? null : worse with { UsualMs = usual, NowMs = median };
    }

    private static Suspicion? Exceeding(List<(double Value, int Request)> now, List<double> before, double limit, double usual)
    {
        var hits = now.Where(v => v.Value > limit).ToList();
        var baseHits = before.Count(v => v > limit);
        if (hits.Count == 0)
            return null;
        var excess = hits.Sum(v => v.Value - usual) - (before.Where(v => v > limit).Sum(v => v - usual) * now.Count / before.Count);
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
            SlowMs = Percentiles.NearestRank([.. hits.Select(v => v.Value).Order()], 0.5),
            Requests = [.. hits.OrderByDescending(v => v.Value).Select(v => v.Request).Distinct()],
        };
    }
}
