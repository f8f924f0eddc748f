using Copilot.Language.Tokens;

namespace Copilot.Language.Lexicon;

/// <summary>The general vocabulary: ordinary words that tell a story and do not say which requests are meant. What is left over of a question
/// and stands there stops nothing; what does not may name, narrow or rank.</summary>
internal static class PlainWords
{
    /// <summary>How many words have to be of another language for its words to count.</summary>
    private const int Several = 3;

    public static IReadOnlySet<string> English { get; } =
        new HashSet<string>(
            [
                .. WordFiles.Words("plain-verbs"),
                .. WordFiles.Words("plain-adverbs"),
                .. WordFiles.Words("plain-nouns"),
                .. WordFiles.Words("plain-adjectives"),
            ],
            StringComparer.Ordinal
        );

    public static IReadOnlySet<string> Verbs { get; } = WordFiles.Words("plain-verbs");

    private static readonly HashSet<string> Nouns = WordFiles.Words("plain-nouns");
    private static readonly HashSet<string> Adverbs = WordFiles.Words("plain-adverbs");

    public static bool IsNoun(string lower) => Nouns.Contains(lower) || lower.Length > 3 && lower[^1] == 's' && Nouns.Contains(lower[..^1]);

    public static bool IsAdverb(string lower) => Adverbs.Contains(lower);

    /// <summary>By the codes of the languages besides English.</summary>
    public static IReadOnlyDictionary<string, IReadOnlySet<string>> Others { get; } =
        new[] { "de", "fr", "es" }.ToDictionary(code => code, IReadOnlySet<string> (code) => WordFiles.Words("plain-" + code));

    /// <param name="question">All words of the question: its language decides.</param>
    public static Func<string, bool> Of(IReadOnlyList<WordToken> question)
    {
        var words = question.Where(t => t.Kind == WordTokenKind.Word).Select(t => t.Lower).ToList();
        var other = Others.Values.Select(list => (List: list, Count: words.Count(list.Contains))).MaxBy(o => o.Count);
        return other.Count >= Several && other.Count > words.Count(English.Contains)
            ? word => other.List.Contains(word) || English.Contains(word)
            : English.Contains;
    }
}
