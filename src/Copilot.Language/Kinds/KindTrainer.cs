using System.Globalization;
using System.Text;

namespace Copilot.Language.Kinds;

/// <summary>Learns the weights of <see cref="KindModel"/>: logistic regression for each kind by itself, the same every time.</summary>
internal static class KindTrainer
{
    /// <summary>A feature counts once this many people have written it: what one system's people say is nothing general.</summary>
    private const int Hands = 3;

    private const int Rounds = 20;
    private const double Step = 0.2;
    private const double Shrink = 0.001;

    /// <summary>What is smaller is not written down.</summary>
    private const double Least = 0.1;

    /// <returns>The text that <see cref="KindModel.Parse"/> reads.</returns>
    public static string Train(IReadOnlyList<(string Author, IReadOnlySet<AskKind> Kinds, IReadOnlyCollection<string> Features)> examples)
    {
        var features = examples
            .SelectMany(e => e.Features.Select(feature => (e.Author, Feature: feature)))
            .GroupBy(f => f.Feature, f => f.Author, StringComparer.Ordinal)
            .Where(g => g.Distinct().Count() >= Hands)
            .Select(g => g.Key)
            .Order(StringComparer.Ordinal)
            .ToList();
        var places = features.Select((feature, i) => (feature, i)).ToDictionary(x => x.feature, x => x.i, StringComparer.Ordinal);
        var rows = examples.Select(e => e.Features.Where(places.ContainsKey).Select(f => places[f]).Order().ToArray()).ToArray();
        var kinds = Enum.GetValues<AskKind>().Where(k => examples.Any(e => e.Kinds.Contains(k))).ToList();
        var weights = kinds.ConvertAll(kind => Weights(rows, [.. examples.Select(e => e.Kinds.Contains(kind))], features.Count));
        var text = new StringBuilder().AppendJoin(' ', kinds).Append('\n');
        for (var f = 0; f < features.Count; f++)
        {
            var told = Enumerable
                .Range(0, kinds.Count)
                .Where(k => Math.Abs(weights[k][f]) >= Least)
                .Select(k => string.Create(CultureInfo.InvariantCulture, $"{k} {Math.Round(weights[k][f] * 100):0}"))
                .ToList();
            if (told.Count > 0)
                text.Append(features[f]).Append('\t').AppendJoin(' ', told).Append('\n');
        }

        return text.ToString();
    }

    private static double[] Weights(int[][] rows, bool[] wanted, int features)
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
