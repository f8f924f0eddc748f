using Copilot.Language.Lexicon;
using Copilot.Language.Tokens;

namespace Copilot.Language.Linking;

/// <summary>One thing by what it is numbered with: "order 1006", "customer c-1234".</summary>
internal sealed partial class Linker
{
    // What the noun tells one of, where an id stands behind it.
    private Link? Identified(int start, int end, IReadOnlyList<LinkTarget> keys)
    {
        IReadOnlyList<LinkTarget> telling = [.. keys.Where(t => Identifiers.Tells(t.Key!))];
        if (telling.Count == 0 || WordStem.IsPlural(wordTokens[end - 1].Lower))
            return null;
        var at = Identifiers.Behind(wordTokens, end);
        var said = at > end || WordRoles.Numbered.Contains(wordTokens[end - 1].Lower);
        return at < wordTokens.Count && free(at) && (IsNumber(at, said) || IsMixed(at))
            ? new Link(start, end, LinkKind.Key, telling, Identifiers.OfOneThing)
            : null;
    }

    // "order 10 slowest requests": a number of those.
    private static readonly Concept[] Counted =
    [
        Concept.Slowest,
        Concept.Fastest,
        Concept.Request,
        Concept.Trace,
        Concept.Top,
        Concept.Newest,
        Concept.Maximum,
        Concept.Minimum,
        Concept.Operation,
        Concept.Service,
    ];

    // A number of two digits and more that counts nothing and is no status.
    private bool IsNumber(int at, bool said) =>
        wordTokens[at] is { Kind: WordTokenKind.Number, Text: { Length: > 1 } text }
        && text.All(char.IsDigit)
        && (
            said
            || !(text.Length == 3 && text[0] is '4' or '5')
                && (
                    at + 1 == wordTokens.Count
                    || wordTokens[at + 1].Kind != WordTokenKind.Word
                    || FillerWords.IsFiller(wordTokens[at + 1].Lower)
                    || IsConceptWord(at + 1) && !concepts.Any(c => c.Start == at + 1 && Counted.Contains(c.Concept))
                )
        );

    // "c-1234", "X7J2KQ": in one word, with digits, and nothing that the language knows.
    private bool IsMixed(int at)
    {
        var end = at + 1;
        while (end < wordTokens.Count && wordTokens[end].Group == wordTokens[at].Group)
            end++;
        return wordTokens[at].Kind == WordTokenKind.Word
            && Enumerable.Range(at, end - at).Any(i => wordTokens[i].Text.Any(char.IsDigit))
            && Enumerable
                .Range(at, end - at)
                .All(i => wordTokens[i].Kind is WordTokenKind.Word or WordTokenKind.Number && !IsConceptWord(i) && free(i))
            && PhraseTable.Asking.FindAll(wordTokens, at, _ => true) is null;
    }
}
