namespace Copilot.Analysis.Statistics;

/// <summary>Percentiles by nearest rank, as the whole product counts them.</summary>
public static class Percentiles
{
    public static double Median(IReadOnlyList<double> sorted) => NearestRank(sorted, 0.5);

    /// <summary>The smallest value that at least the share <paramref name="q"/> of the values does not exceed.</summary>
    public static double NearestRank(IReadOnlyList<double> sorted, double q)
    {
        ArgumentOutOfRangeException.ThrowIfZero(sorted.Count);
        return sorted[Math.Clamp((int)Math.Ceiling(q * sorted.Count) - 1, 0, sorted.Count - 1)];
    }
}
