using Copilot.Language.Tokens;

namespace Copilot.Language.Lexicon;

/// <summary>The languages that questions are read in, besides English: each has a lexicon and a general vocabulary, and is told by its
/// words.</summary>
internal static class QuestionLanguages
{
    /// <summary>How many words of a question have to be of a language for it to be read in it.</summary>
    private const int Several = 2;

    private static readonly (string Code, HashSet<string> Words, PhraseTable Table)[] Known =
    [
        .. PlainWords.Others.Select(plain =>
        {
            var table = PhraseTable.Of(WordFiles.Read("lexicon-" + plain.Key));
            return (plain.Key, new HashSet<string>([.. plain.Value, .. table.Words]), table);
        }),
    ];

    private static readonly HashSet<string> English = [.. PlainWords.English, .. WordFiles.Words("fillers"), .. PhraseTable.Asking.Words];

    /// <summary>The words of times put into English, for whoever reads times; all else stays, and stays in its place.</summary>
    public static IReadOnlyList<WordToken> Timed(IReadOnlyList<WordToken> question, string? language)
    {
        if (language is null || !Times.TryGetValue(language, out var words))
            return question;
        return
        [
            .. question.Select(t =>
                t.Kind == WordTokenKind.Word && words.TryGetValue(t.Lower, out var english)
                    ? t with
                    {
                        Lower = english,
                        Text = english,
                        Stem = WordStem.Of(english),
                    }
                    : t
            ),
        ];
    }

    /// <summary>"today", "minutes", "since": the English words of times that others are put into.</summary>
    public static IEnumerable<string> TimeWords => Times.Values.SelectMany(words => words.Values).Where(word => word.Length > 4).Distinct();

    private static readonly Dictionary<string, Dictionary<string, string>> Times = new[] { "fr", "es" }.ToDictionary(
        code => code,
        code =>
            WordFiles
                .Read("times-" + code)
                .Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => line.Split(' '))
                .ToDictionary(parts => parts[0], parts => parts[1], StringComparer.Ordinal)
    );

    /// <summary>The lexicon of a language.</summary>
    public static PhraseTable? TableOf(string? language) => language is null ? null : Array.Find(Known, k => k.Code == language).Table;

    /// <summary>The lexicon of the language that most words of a question are of; null for English.</summary>
    public static PhraseTable? Of(IReadOnlyList<WordToken> question) => TableOf(CodeOf(question));

    /// <summary>"de", "fr", "es"; null for English.</summary>
    public static string? CodeOf(IReadOnlyList<WordToken> question)
    {
        var words = question.Where(t => t.Kind == WordTokenKind.Word && t.Glue == '\0').Select(t => t.Lower).ToList();
        // A word that both have says nothing.
        var english = words.Count(w => English.Contains(w) && !Known.Any(k => k.Words.Contains(w)));
        var best = Known
            .Select(k => (k.Code, Count: words.Count(w => k.Words.Contains(w) && !English.Contains(w)), All: words.Count(k.Words.Contains)))
            .OrderByDescending(k => k.Count)
            .ThenByDescending(k => k.All)
            .First();
        if (best.Count >= Several && best.Count > english)
            return best.Code;
        // "was läuft gerade schief": phrases that English questions are asked with, too, and no word that English alone has.
        return english == 0 && best.All == words.Count && words.Count(w => !PlainWords.English.Contains(w)) >= Several ? best.Code : null;
    }
}
