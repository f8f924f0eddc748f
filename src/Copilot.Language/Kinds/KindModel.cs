using System.Globalization;
using Copilot.Language.Lexicon;

namespace Copilot.Language.Kinds;

/// <summary>How likely each kind is, learned from questions of many hands (<c>tests/Copilot.Language.Tests/Kinds</c>): a weight for each
/// feature and kind. The weights are made by one command and reproducible.</summary>
internal sealed class KindModel
{
    private readonly IReadOnlyDictionary<string, (int Kind, float Weight)[]> _weights;
    private readonly IReadOnlyList<AskKind> _kinds;

    // Where what asks for nothing stands among the kinds; negative where that was not learned.
    private readonly int _told;

    private KindModel(IReadOnlyList<AskKind> kinds, IReadOnlyDictionary<string, (int, float)[]> weights)
    {
        _kinds = kinds;
        _told = kinds.ToList().IndexOf(AskKind.Told);
        _weights = weights;
    }

    public static KindModel Learned { get; } = Parse(WordFiles.Read("kinds"));

    /// <summary>A line of kinds; then a line a feature: the feature, a tab, "kind weight" pairs in hundredths.</summary>
    public static KindModel Parse(string text)
    {
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var weights = new Dictionary<string, (int, float)[]>(StringComparer.Ordinal);
        foreach (var line in lines.Skip(1))
        {
            var tab = line.IndexOf('\t', StringComparison.Ordinal);
            var numbers = line[(tab + 1)..].Split(' ');
            var pairs = new (int, float)[numbers.Length / 2];
            for (var i = 0; i < pairs.Length; i++)
                pairs[i] = (
                    int.Parse(numbers[2 * i], CultureInfo.InvariantCulture),
                    int.Parse(numbers[2 * i + 1], CultureInfo.InvariantCulture) / 100f
                );
            weights[line[..tab]] = pairs;
        }

        return new KindModel([.. lines[0].Split(' ').Select(Enum.Parse<AskKind>)], weights);
    }

    /// <summary>The likelihood of each kind of what asks for something, by itself, 0 to 1; they need not add up, since a question may have
    /// two shapes of a right answer.</summary>
    public IReadOnlyDictionary<AskKind, double> Judge(IReadOnlyCollection<string> features)
    {
        var sums = Sums(features);
        return _kinds
            .Select((kind, i) => (kind, Likely: Likelihood(sums[i])))
            .Where(x => x.kind != AskKind.Told)
            .ToDictionary(x => x.kind, x => x.Likely);
    }

    /// <summary>How likely it asks for nothing, 0 to 1.</summary>
    public double Told(IReadOnlyCollection<string> features) => _told < 0 ? 0 : Likelihood(Sums(features)[_told]);

    private static double Likelihood(double sum) => 1 / (1 + Math.Exp(-sum));

    private double[] Sums(IReadOnlyCollection<string> features)
    {
        var sums = new double[_kinds.Count];
        foreach (var feature in features)
        {
            if (!_weights.TryGetValue(feature, out var pairs))
                continue;
            foreach (var (kind, weight) in pairs)
                sums[kind] += weight;
        }

        return sums;
    }
}
