using Copilot.Language.Lexicon;
using Copilot.Language.Linking;
using Copilot.Language.Tokens;

namespace Copilot.Language.Sentences;

/// <summary>Mends mistyped words of the lexicon ("latancy"), unless a name of the catalogue is nearer.</summary>
internal static class Spelling
{
    private static readonly (string Word, uint Letters)[] Words =
    [
        .. PhraseTable
            .Asking.Words.Concat(ActionWords.All)
            .Concat(QuestionLanguages.TimeWords)
            .Distinct()
            .Where(w => w.Length >= 4 && w.All(char.IsLetter))
            .Select(w => (w, EditDistance.Letters(w))),
    ];

    public static IReadOnlyList<WordToken> Mend(IReadOnlyList<WordToken> wordTokens, KnownNamesIndex index)
    {
        var language = QuestionLanguages.Of(wordTokens);
        if (language is null)
            wordTokens = [.. wordTokens.Select((t, i) => InFull(wordTokens, t, i, index))];
        var plain = PlainWords.Of(wordTokens);
        return
        [
            .. wordTokens.Select((t, i) => language?.Words.Contains(t.Lower) == true || plain(t.Lower) ? t : Mend(wordTokens, t, i, index)),
        ];
    }

    private static WordToken InFull(IReadOnlyList<WordToken> wordTokens, WordToken wordToken, int i, KnownNamesIndex index) =>
        wordToken is { Kind: WordTokenKind.Word, Glue: '\0' }
        && ShortForms.Of(wordToken.Lower) is { } word
        && !IsName(wordToken, index)
        && !IsPartOfName(wordTokens, i, index)
            ? wordToken with
            {
                Lower = word,
                Stem = WordStem.Of(word),
            }
            : wordToken;

    private static WordToken Mend(IReadOnlyList<WordToken> wordTokens, WordToken wordToken, int i, KnownNamesIndex index)
    {
        if (
            wordToken.Kind != WordTokenKind.Word
            || wordToken.Lower.Length < 4
            || !wordToken.Lower.All(char.IsLetter)
            || wordToken.Glue is '.' or '_' or WordToken.CamelGlue
            || i + 1 < wordTokens.Count && wordTokens[i + 1].Glue is '.' or '_' or WordToken.CamelGlue
            || wordToken.Text.Skip(1).Any(char.IsUpper)
            || PhraseTable.Asking.Words.Contains(wordToken.Lower)
            || FillerWords.IsOrdinary(wordToken.Lower)
            || ActionWords.IsAction(wordToken.Lower)
            || TimeTokens.NanosOf(wordToken.Lower) > 0
            || IsName(wordToken, index)
            || IsPartOfName(wordTokens, i, index)
            || IsOneOfTwo(wordTokens, i - 1, index)
            || IsOneOfTwo(wordTokens, i, index)
        )
        {
            return wordToken;
        }

        // Two slips turn too many words of everyday language into others: "reboot" and "report", "distance" and "distinct".
        var allowed = wordToken.Lower.Length < 10 ? 1 : 2;
        var near = Nearest(wordToken.Lower, allowed);
        if (near is null)
            return wordToken;
        var (word, distance) = near.Value;
        // "uploads were failing": a noun, no order that was misspelt.
        if (ActionWords.IsAction(word) && WordStem.Of(word) == wordToken.Stem)
            return wordToken;
        if (index.Services.FindNear(wordToken.Lower) is { } name && name.Distance <= distance)
            return wordToken;
        return wordToken with { Lower = word, Stem = WordStem.Of(word) };
    }

    private static bool IsName(WordToken wordToken, KnownNamesIndex index) =>
        index.Services.Find(wordToken.Lower) is not null
        || index.Services.FindStem(wordToken.Stem) is not null
        || (index.Attributes.FindValue(wordToken.Lower) ?? index.Attributes.FindValue(wordToken.Stem)) is not null
        || index.Attributes.FindKey(wordToken.Lower, wordToken.Stem) is not null
        || index.Teams.Find(wordToken.Lower) is not null
        || index.People.Find(wordToken.Lower) is not null
        || index.Operations.ByNoun(wordToken.Stem).Count > 0;

    // "United States": two words that are a name together.
    private static bool IsOneOfTwo(IReadOnlyList<WordToken> wordTokens, int first, KnownNamesIndex index) =>
        first >= 0
        && first + 1 < wordTokens.Count
        && wordTokens[first].Kind == WordTokenKind.Word
        && wordTokens[first + 1].Kind == WordTokenKind.Word
        && wordTokens[first].Lower + wordTokens[first + 1].Lower is var joined
        && (
            index.Attributes.FindValue(joined) is not null
            || index.Services.Find(joined) is not null
            || index.Operations.Find(joined) is not null
            || index.Metrics.Find(joined) is not null
        );

    // "core-banking": what is joined to a name is no slip.
    private static bool IsPartOfName(IReadOnlyList<WordToken> wordTokens, int i, KnownNamesIndex index)
    {
        var group = wordTokens[i].Group;
        var joined = string.Concat(wordTokens.Where(t => t.Group == group).Select(t => t.Lower));
        return joined.Length > wordTokens[i].Lower.Length
            && (
                index.Services.Find(joined) is not null
                || index.Teams.Find(joined) is not null
                || index.People.Find(joined) is not null
                || index.Attributes.FindValue(joined) is not null
            );
    }

    private static (string Word, int Distance)? Nearest(string lower, int allowed)
    {
        var letters = EditDistance.Letters(lower);
        (string, int)? best = null;
        foreach (var (word, set) in Words)
        {
            if (
                word[0] != lower[0]
                || System.Numerics.BitOperations.PopCount(set ^ letters) > 2 * allowed
                || word.Length < 5 && word.Length != lower.Length
                || lower.Length < 6 && (word.Length == lower.Length ? set != letters : word[^1] != lower[^1])
            )
                continue;
            var limit = best is { } b ? b.Item2 - 1 : allowed;
            if (limit < 1)
                break;
            if (EditDistance.Between(lower, word, limit) is var distance && distance <= limit && distance > 0)
                best = (word, distance);
        }

        return best;
    }
}
