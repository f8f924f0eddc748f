namespace Copilot.Analysis.Statistics;

/// <summary>
/// Fisher's exact test over several strata at once: whether what has a property is hit more often than the rest of its own stratum.
/// What is hit more often for belonging to another stratum (another operation, another service) counts for nothing.
/// </summary>
public static class Strata
{
    /// <summary>How surprising it is, in standard deviations, that so many of those with the property are hit, all strata
    /// together.</summary>
    public static double Surprise(IReadOnlyCollection<Stratum> strata)
    {
        // The exact distribution of the sum: the strata's hypergeometric distributions, one after the other.
        double[] sum = [1];
        var least = 0;
        var hits = 0;
        foreach (var stratum in strata)
        {
            var (from, chances) = Chances(stratum);
            least += from;
            hits += stratum.Hits;
            sum = chances.Length == 1 ? sum : Convolve(sum, chances);
        }

        var tail = 0.0;
        for (var i = Math.Max(0, hits - least); i < sum.Length; i++)
            tail += sum[i];
        return Normal.FromUpperTail(Math.Min(1, tail));
    }

    /// <summary>How likely each number of hits among those with the property is, beginning with the least possible.</summary>
    private static (int From, double[] Chances) Chances(Stratum s)
    {
        var least = Math.Max(0, s.AllHits - (s.All - s.Count));
        var most = Math.Min(s.Count, s.AllHits);
        var chances = new double[most - least + 1];
        for (var k = least; k <= most; k++)
            chances[k - least] = Proportions.Hypergeometric(k, s.Count, s.AllHits, s.All);
        return (least, chances);
    }

    private static double[] Convolve(double[] a, double[] b)
    {
        var result = new double[a.Length + b.Length - 1];
        for (var i = 0; i < a.Length; i++)
        {
            for (var k = 0; k < b.Length; k++)
                result[i + k] += a[i] * b[k];
        }

        return result;
    }
}

/// <summary>Things that are alike but for one property.</summary>
/// <param name="Hits">Of those with the property, so many are hit.</param>
/// <param name="Count">So many have the property.</param>
/// <param name="AllHits">So many are hit in all.</param>
/// <param name="All">So many there are.</param>
public readonly record struct Stratum(int Hits, int Count, int AllHits, int All);
