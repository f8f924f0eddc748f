using Copilot.Analysis.Statistics;
using Copilot.Analysis.Thresholds;

namespace Copilot.Analysis.Signals;

/// <summary>How often durations exceed their median by how much, over all places of one kind in good times.</summary>
internal sealed class UsualExcess
{
    private readonly List<(double Median, double Excess)> _values = [];

    /// <param name="places">Sorted or not; at least one value each.</param>
    public UsualExcess(IEnumerable<IReadOnlyList<double>> places)
    {
        foreach (var place in places)
        {
            var median = Percentiles.Median([.. place.Order()]);
            _values.AddRange(place.Select(v => (median, v - median)));
        }
    }

    /// <summary>How surprising slow requests are, seen how often others of their size are as late; 0 where too little is known.</summary>
    public double Surprise(Suspicion slow)
    {
        // Long durations vary by more milliseconds than short ones.
        var late = (slow.SlowMs - slow.UsualMs) / 2;
        var (known, such) = (0, 0);
        foreach (var (median, excess) in _values)
        {
            if (median * UsualExcessThresholds.Smaller < slow.UsualMs)
                continue;
            known++;
            such += excess >= late ? 1 : 0;
        }

        return known < UsualExcessThresholds.Enough
            ? 0
            : Proportions.SurpriseGiven(
                slow.Hits,
                slow.Count,
                slow.BaseHits,
                slow.BaseCount,
                Math.Max(UsualExcessThresholds.Rarest, (double)such / known)
            );
    }
}
