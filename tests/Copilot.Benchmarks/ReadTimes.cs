namespace Copilot.Benchmarks;

/// <summary>How long reads took, in milliseconds: the middle one, the one that 19 of 20 do not exceed, and the longest.</summary>
public sealed record ReadTimes(double P50, double P95, double Max)
{
    /// <summary>Of one time at least, in any order.</summary>
    public static ReadTimes Of(IEnumerable<double> milliseconds)
    {
        double[] sorted = [.. milliseconds.Order()];
        return new ReadTimes(At(sorted, 0.5), At(sorted, 0.95), sorted[^1]);
    }

    private static double At(double[] sorted, double share) => sorted[(int)Math.Ceiling(sorted.Length * share) - 1];
}
