using Copilot.Language.Lexicon;

namespace Copilot.Language.Kinds;

/// <summary>What tells whether something new begins between two words: the words around, and what they may mean.</summary>
internal static class CutFeatures
{
    /// <param name="words">Masked, without marks.</param>
    /// <param name="at">The first word behind the gap.</param>
    public static IReadOnlyCollection<string> Of(IReadOnlyList<string> words, int at)
    {
        string Word(int i) => i < 0 || i >= words.Count ? "-" : KindFeatures.Token(words[i]).Stem;
        var features = new HashSet<string>(StringComparer.Ordinal)
        {
            "always",
            $"behind {Word(at)}",
            $"behind {Word(at)} {Word(at + 1)}",
            $"behind {Word(at)} {Word(at + 1)} {Word(at + 2)}",
            $"second {Word(at + 1)}",
            $"before {Word(at - 1)}",
            $"before {Word(at - 2)} {Word(at - 1)}",
            $"around {Word(at - 1)} {Word(at)}",
            $"around {Word(at - 1)} {Word(at)} {Word(at + 1)}",
        };
        if (Means(words, at) is { } behind)
            features.Add($"behind means {behind}");
        if (Means(words, at - 1) is { } before)
            features.Add($"before means {before}");
        return features;
    }

    private static Concept? Means(IReadOnlyList<string> words, int at) =>
        at < 0 || at >= words.Count || words[at][0] == '<'
            ? null
            : PhraseTable.Asking.Find([.. words.Skip(at).Take(3).Select(KindFeatures.Token)], 0, _ => true)?.Concept;
}
