namespace Copilot.Analysis.Statistics;

/// <summary>Comparing how often something happens in two samples, small ones too.</summary>
public static class Proportions
{
    /// <summary>
    /// Fisher's exact test, one-sided: how likely it is to see <paramref name="hits"/> or more among <paramref name="count"/> when
    /// both samples have the same rate. No large-sample assumption, so 7 of 9 against 0 of 15 is judged rightly.
    /// </summary>
    public static double FisherGreater(int hits, int count, int baseHits, int baseCount)
    {
        var total = count + baseCount;
        var totalHits = hits + baseHits;
        if (count == 0 || baseCount == 0 || totalHits == 0)
            return 1;
        var most = Math.Min(count, totalHits);
        var p = 0.0;
        var term = Math.Exp(
            LogChoose(totalHits, hits) + LogChoose(total - totalHits, count - hits) - LogChoose(total, count));
        for (var k = hits; k <= most && term > 0; k++)
        {
            p += term;
            // The next hypergeometric term from this one, without more logarithms.
            term *= (double)(totalHits - k) / (k + 1) * (count - k) / (total - totalHits - count + k + 1);
        }

        return Math.Min(1, p);
    }

    /// <summary>The same as standard deviations of a normal variable: 0.00135 is 3.</summary>
    public static double Surprise(int hits, int count, int baseHits, int baseCount) =>
        Normal.FromUpperTail(FisherGreater(hits, count, baseHits, baseCount));

    private static double LogChoose(int n, int k) => k < 0 || k > n ? double.NegativeInfinity : LogFactorial(n) - LogFactorial(k) - LogFactorial(n - k);

    private static double LogFactorial(int n) => n < LogFactorials.Length ? LogFactorials[n] : Stirling(n);

    private static double Stirling(double n) => (n * Math.Log(n)) - n + (0.5 * Math.Log(2 * Math.PI * n)) + (1 / (12 * n));

    private static readonly double[] LogFactorials = MakeLogFactorials();

    private static double[] MakeLogFactorials()
    {
        var table = new double[256];
        for (var n = 2; n < table.Length; n++)
            table[n] = table[n - 1] + Math.Log(n);
        return table;
    }
}
