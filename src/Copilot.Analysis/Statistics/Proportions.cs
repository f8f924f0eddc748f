using Copilot.Analysis.Thresholds;

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
        var term = Hypergeometric(hits, count, totalHits, total);
        for (var k = hits; k <= most && term > 0; k++)
        {
            p += term;
            // The next hypergeometric term from this one, without more logarithms.
            term *= (double)(totalHits - k) / (k + 1) * (count - k) / (total - totalHits - count + k + 1);
        }

        return Math.Min(1, p);
    }

    /// <summary>How likely exactly so many hits are among <paramref name="count"/> that are drawn of <paramref name="all"/> with <paramref
    /// name="allHits"/> hits.</summary>
    internal static double Hypergeometric(int hits, int count, int allHits, int all) =>
        Math.Exp(LogChoose(allHits, hits) + LogChoose(all - allHits, count - hits) - LogChoose(all, count));

    /// <summary>The same as standard deviations of a normal variable: 0.00135 is 3.</summary>
    public static double Surprise(int hits, int count, int baseHits, int baseCount) =>
        Normal.FromUpperTail(FisherGreater(hits, count, baseHits, baseCount));

    /// <summary>
    /// Surprise where it is also known how often such things happen elsewhere: with a dozen good values alone nothing can be very
    /// surprising, but what hardly ever happened anywhere is. Beta-binomial: the rate elsewhere counts as a few values more.
    /// </summary>
    /// <param name="elsewhere">The rate in good times in places like this one.</param>
    public static double SurpriseGiven(int hits, int count, int baseHits, int baseCount, double elsewhere)
    {
        if (hits == 0)
            return 0;
        // Where it happens often already, other places do not make it rarer.
        var usual = Math.Max(elsewhere, baseCount == 0 ? 0 : Math.Min(StatisticsThresholds.MostUsual, (double)baseHits / baseCount));
        var a = (usual * StatisticsThresholds.KnowledgeElsewhere) + baseHits;
        var b = ((1 - usual) * StatisticsThresholds.KnowledgeElsewhere) + baseCount - baseHits;
        var p = 0.0;
        var all = LogBeta(a, b);
        for (var k = hits; k <= count; k++)
            p += Math.Exp(LogChoose(count, k) + LogBeta(k + a, count - k + b) - all);
        return Normal.FromUpperTail(Math.Min(1, p));
    }

    private static double LogBeta(double a, double b) => LogGamma(a) + LogGamma(b) - LogGamma(a + b);

    private static double LogGamma(double x)
    {
        // Shifted up to where Stirling's series is exact to ten digits.
        var shift = 0.0;
        for (; x < 8; x++)
            shift += Math.Log(x);
        return ((x - 0.5) * Math.Log(x)) - x + (0.5 * Math.Log(2 * Math.PI)) + (1 / (12 * x)) - (1 / (360 * x * x * x)) - shift;
    }

    private static double LogChoose(int n, int k) =>
        k < 0 || k > n ? double.NegativeInfinity : LogFactorial(n) - LogFactorial(k) - LogFactorial(n - k);

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
