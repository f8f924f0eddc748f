using System.Globalization;
using System.Text;
using Copilot.Language.Lexicon;

namespace Copilot.Language.Kinds;

/// <summary>Where a text without punctuation has to be cut, learned from messages of many hands that have some: a weight for each feature of
/// <see cref="CutFeatures"/>.</summary>
internal sealed class CutModel
{
    private readonly Dictionary<string, float> _weights;

    private CutModel(Dictionary<string, float> weights) => _weights = weights;

    public static CutModel Learned { get; } = Parse(WordFiles.Read("cuts"));

    /// <summary>A line a feature: the feature, a tab, its weight in hundredths.</summary>
    public static CutModel Parse(string text) =>
        new(
            text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => line.Split('\t'))
                .ToDictionary(parts => parts[0], parts => int.Parse(parts[1], CultureInfo.InvariantCulture) / 100f, StringComparer.Ordinal)
        );

    /// <summary>How likely something new begins at a word, 0 to 1.</summary>
    public double Cut(IReadOnlyList<string> words, int at) =>
        1 / (1 + Math.Exp(-CutFeatures.Of(words, at).Sum(f => _weights.GetValueOrDefault(f))));

    /// <summary>A sign and no word: who dictates says none.</summary>
    public static bool IsMark(string word) => !word.Any(char.IsLetterOrDigit);

    /// <param name="messages">Masked words of each, those at which something new begins apart.</param>
    /// <returns>The text that <see cref="Parse"/> reads.</returns>
    public static string Train(IReadOnlyList<IReadOnlyList<IReadOnlyList<string>>> messages)
    {
        var examples = new List<(IReadOnlyCollection<string> Features, bool IsCut)>();
        var seen = new Dictionary<string, HashSet<int>>(StringComparer.Ordinal);
        for (var m = 0; m < messages.Count; m++)
        {
            var words = messages[m].SelectMany(part => part).ToList();
            var cuts = messages[m].Select((_, i) => messages[m].Take(i).Sum(part => part.Count)).ToHashSet();
            for (var at = 1; at < words.Count; at++)
            {
                var features = CutFeatures.Of(words, at);
                examples.Add((features, cuts.Contains(at)));
                foreach (var feature in features)
                {
                    if (!seen.TryGetValue(feature, out var where))
                        seen[feature] = where = [];
                    where.Add(m);
                }
            }
        }

        var known = seen.Where(f => f.Value.Count >= Messages).Select(f => f.Key).Order(StringComparer.Ordinal).ToList();
        var weights = LogisticRegression.Weights(
            LogisticRegression.Rows(known, examples.Select(e => e.Features)),
            [.. examples.Select(e => e.IsCut)],
            known.Count
        );
        var text = new StringBuilder();
        for (var f = 0; f < known.Count; f++)
        {
            if (Math.Abs(weights[f]) >= Least)
                text.Append(CultureInfo.InvariantCulture, $"{known[f]}\t{Math.Round(weights[f] * 100):0}\n");
        }

        return text.ToString();
    }

    /// <summary>A feature counts once it stands in so many messages.</summary>
    private const int Messages = 3;

    /// <summary>What is smaller is not written down.</summary>
    private const double Least = 0.1;
}
