using Copilot.Language.Tokens;

namespace Copilot.Language.Lexicon;

/// <summary>The general vocabulary: ordinary words that tell a story and do not say which requests are meant. What is left over of a question
/// and stands there stops nothing; what does not may name, narrow or rank.</summary>
internal static class PlainWords
{
    /// <summary>How many words have to be of another language for its words to count.</summary>
    private const int Several = 3;

    private static readonly HashSet<string> English =
    [
        .. WordFiles.Words("plain-verbs"),
        .. WordFiles.Words("plain-adverbs"),
        .. WordFiles.Words("plain-nouns"),
        .. WordFiles.Words("plain-adjectives"),
    ];

    private static readonly HashSet<string>[] Others =
    [
        WordFiles.Words("plain-de"),
        WordFiles.Words("plain-fr"),
        WordFiles.Words("plain-es"),
    ];

    /// <param name="question">All words of the question: its language decides.</param>
    public static Func<string, bool> Of(IReadOnlyList<WordToken> question)
    {
        var words = question.Where(t => t.Kind == WordTokenKind.Word).Select(t => t.Lower).ToList();
        var other = Others.Select(list => (List: list, Count: words.Count(list.Contains))).MaxBy(o => o.Count);
        return other.Count >= Several && other.Count > words.Count(English.Contains)
            ? word => other.List.Contains(word) || English.Contains(word)
            : English.Contains;
    }
}
