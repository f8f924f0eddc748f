using Copilot.Language.Lexicon;
using Copilot.Language.Linking;
using Copilot.Language.Sentences;
using Copilot.Language.Tokens;

namespace Copilot.Language.Plans;

/// <summary>What tells which of those that are counted are meant: what they did, and why.</summary>
internal static partial class UnreadWords
{
    // "how many were refunded because the food was cold": which ones.
    private static bool IsReason(Sentence s, int i) =>
        IsStrange(s, i)
        && Enumerable
            .Range(0, i)
            .Any(j =>
                WordRoles.Because.Contains(s.Tokens[j].Lower)
                && s.MarkAt(j) is { } mark
                && mark.Senses.Any(c => c is Concept.Aside or Concept.Cause)
                && !Enumerable.Range(j, i - j).Any(k => IsBreak(s, k))
            );

    // "how many customers quit gold", "how many players were waiting": what those who are counted did.
    private static bool IsVerbOfCounted(Sentence s, int i) =>
        IsStrange(s, i)
        && (PlainWords.Verbs.Contains(s.Tokens[i].Lower) || EndsAsVerb(s.Tokens[i].Lower))
        && !PlainWords.IsNoun(s.Tokens[i].Lower)
        && !Light.Contains(s.Tokens[i].Lower)
        && !WordRoles.Arriving.Contains(s.Tokens[i].Lower)
        && (s.MeansAt(i - 1, Concept.Be) && s.Tokens[i].Lower.EndsWith("ing", StringComparison.Ordinal) ? i - 2 : i - 1) is var noun
        && (s.LinkAt(noun)?.Start ?? s.MarkAt(noun)?.Start) is { } counted
        && (s.LinkAt(noun) is not null || s.MeansAt(noun, Concept.Request, Concept.Person))
        && s.MarkAt(counted - 1) is { Concept: Concept.Count } count
        && count.End - count.Start > 1
        && !LeadsToService(s, i + 1);

    private static bool EndsAsVerb(string word) =>
        word.EndsWith("ed", StringComparison.Ordinal) || word.EndsWith("ing", StringComparison.Ordinal);

    // "reached storefront", "drained by the worker": where the requests were.
    private static bool LeadsToService(Sentence s, int i)
    {
        while (i < s.Tokens.Count && s.MeansAt(i, Concept.Preposition, Concept.Article, Concept.By))
            i++;
        return s.LinkAt(i) is { Kind: LinkKind.Service or LinkKind.Operation } || WordRoles.Whose.Contains(s.WordAt(i) ?? "");
    }

    private static bool IsStrange(Sentence s, int i) =>
        s.Tokens[i].Kind == WordTokenKind.Word
        && !s.IsUsed(i)
        && s.LinkAt(i) is null
        && s.MarkAt(i) is null
        && s.TimeAt(i) is null
        && !FillerWords.IsFiller(s.Tokens[i].Lower);
}
