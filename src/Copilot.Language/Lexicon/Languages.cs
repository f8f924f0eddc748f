using Copilot.Language.Tokens;

namespace Copilot.Language.Lexicon;

/// <summary>The languages that questions are read in, besides English: each has a lexicon and a general vocabulary, and is told by its
/// words.</summary>
internal static class Languages
{
    /// <summary>How many words of a question have to be of a language for it to be read in it.</summary>
    private const int Several = 2;

    private static readonly string[] Codes = ["de", "fr", "es"];

    private static readonly (string Code, HashSet<string> Words, Lazy<PhraseTable> Table)[] Known =
    [
        .. Codes.Select(code =>
        {
            var own = PhraseTable.Of(WordFiles.Read("lexicon-" + code));
            var plain = WordFiles.Words("plain-" + code);
            plain.UnionWith(own.Words);
            return (code, plain, new Lazy<PhraseTable>(own));
        }),
    ];

    private static readonly HashSet<string> English =
    [
        .. WordFiles.Words("plain-verbs"),
        .. WordFiles.Words("plain-adverbs"),
        .. WordFiles.Words("plain-nouns"),
        .. WordFiles.Words("plain-adjectives"),
        .. WordFiles.Words("fillers"),
        .. PhraseTable.Asking.Words,
    ];

    /// <summary>The lexicon of the language that most words of a question are of; null for English.</summary>
    public static PhraseTable? Of(IReadOnlyList<WordToken> question)
    {
        var words = question.Where(t => t.Kind == WordTokenKind.Word && t.Glue == '\0').Select(t => t.Lower).ToList();
        // A word that both have says nothing.
        var english = words.Count(w => English.Contains(w) && !Known.Any(k => k.Words.Contains(w)));
        var best = Known
            .Select(k => (k.Table, Count: words.Count(w => k.Words.Contains(w) && !English.Contains(w)), All: words.Count(k.Words.Contains)))
            .OrderByDescending(k => k.Count)
            .ThenByDescending(k => k.All)
            .First();
        return best.Count >= Several && best.Count > english ? best.Table.Value : null;
    }
}
