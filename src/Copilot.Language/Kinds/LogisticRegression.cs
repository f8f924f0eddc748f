namespace Copilot.Language.Kinds;

/// <summary>Logistic regression over features that are there or not, the same every time.</summary>
internal static class LogisticRegression
{
    private const int Rounds = 20;
    private const double Step = 0.2;
    private const double Shrink = 0.001;

    /// <summary>The places of each example's features among those that count.</summary>
    public static int[][] Rows(IReadOnlyList<string> known, IEnumerable<IReadOnlyCollection<string>> examples)
    {
        var places = known.Select((feature, i) => (feature, i)).ToDictionary(x => x.feature, x => x.i, StringComparer.Ordinal);
        return [.. examples.Select(features => features.Where(places.ContainsKey).Select(f => places[f]).Order().ToArray())];
    }

    /// <param name="rows">The features of each example.</param>
    /// <param name="wanted">Whether it is one.</param>
    /// <param name="features">How many there are.</param>
    public static double[] Weights(int[][] rows, bool[] wanted, int features)
    {
        var weights = new double[features];
        var squares = new double[features];
        var random = new Random(1);
        var order = Enumerable.Range(0, rows.Length).ToArray();
        for (var round = 0; round < Rounds; round++)
        {
            random.Shuffle(order);
            foreach (var row in order)
            {
                var sum = 0.0;
                foreach (var f in rows[row])
                    sum += weights[f];
                var error = 1 / (1 + Math.Exp(-sum)) - (wanted[row] ? 1 : 0);
                foreach (var f in rows[row])
                {
                    var slope = error + Shrink * weights[f];
                    squares[f] += slope * slope;
                    weights[f] -= Step * slope / Math.Sqrt(squares[f] + 1e-8);
                }
            }
        }

        return weights;
    }
}
