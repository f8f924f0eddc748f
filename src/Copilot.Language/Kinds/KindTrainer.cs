using System.Globalization;
using System.Text;

namespace Copilot.Language.Kinds;

/// <summary>Learns the weights of <see cref="KindModel"/>: logistic regression for each kind by itself, the same every time.</summary>
internal static class KindTrainer
{
    /// <summary>A feature counts once this many people have written it: what one system's people say is nothing general.</summary>
    private const int Hands = 3;

    /// <summary>What is smaller is not written down.</summary>
    private const double Least = 0.1;

    /// <returns>The text that <see cref="KindModel.Parse"/> reads.</returns>
    public static string Train(IReadOnlyList<KindExample> examples)
    {
        var features = examples
            .SelectMany(e => e.Features.Select(feature => (e.Author, Feature: feature)))
            .GroupBy(f => f.Feature, f => f.Author, StringComparer.Ordinal)
            .Where(g => g.Distinct().Count() >= Hands)
            .Select(g => g.Key)
            .Order(StringComparer.Ordinal)
            .ToList();
        var rows = LogisticRegression.Rows(features, examples.Select(e => e.Features));
        var kinds = Enum.GetValues<AskKind>().Where(k => examples.Any(e => e.Kinds.Contains(k))).ToList();
        var weights = kinds.ConvertAll(kind =>
        {
            // What is told is of no kind, and an ask whose kind nobody said teaches only that it is one.
            var taught = Enumerable
                .Range(0, rows.Length)
                .Where(i =>
                    kind == AskKind.Told ? examples[i].IsClause : examples[i].Kinds.Count > 0 && !examples[i].Kinds.Contains(AskKind.Told)
                )
                .ToList();
            return LogisticRegression.Weights(
                [.. taught.Select(i => rows[i])],
                [.. taught.Select(i => examples[i].Kinds.Contains(kind))],
                features.Count
            );
        });
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
}
