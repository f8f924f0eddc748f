using Copilot.Agent.Interpretation.Lexicon;
using Copilot.Agent.Interpretation.Readings;
using Copilot.Agent.Interpretation.Sentences;
using Copilot.Agent.Interpretation.Tokens;
using Copilot.Agent.Questions;

namespace Copilot.Agent.Interpretation.Plans;

/// <summary>Words that no part of the reading used and that may well change the number asked for. With one of them left over there is no number.</summary>
internal static class UnreadWords
{
    private static readonly HashSet<Concept> Narrowing =
    [
        Concept.Greater, Concept.Less, Concept.AtLeast, Concept.AtMost, Concept.NotEquals, Concept.Without, Concept.Missing, Concept.OnlyFor,
        Concept.Fine, Concept.BelowAverage, Concept.AboveAverage, Concept.Share,
    ];

    private static readonly HashSet<string> Denials = new(StringComparer.Ordinal) { "not", "never", "non", "without", "except", "nicht", "kein", "keine", "ohne", "neither", "nor", "ago" };

    private static readonly HashSet<string> Kinds =
        new(StringComparer.Ordinal) { "distinct", "unique", "different", "concurrent", "parallel", "cached", "anonymous", "cpu", "memory", "bytes", "size", "retries", "cost", "price", "revenue" };

    /// <summary>Words between "how many" and what is counted.</summary>
    private static readonly HashSet<string> Small =
        new(StringComparer.Ordinal) { "of", "the", "times", "time", "total", "were", "was", "did", "do", "does", "are", "is", "there", "have", "has", "in", "on", "to", "for", "a", "all", "our", "per" };

    /// <summary>The words, in the order they stand; empty for questions that do not end in one number or list that such a word would change.</summary>
    public static IReadOnlyList<string> Find(ReadingContext context, QuestionPlan plan)
    {
        if (plan.Kind is not (QuestionKind.Measure or QuestionKind.Series or QuestionKind.Comparison))
            return [];
        var s = context.Sentence;
        var found = new List<string>();
        for (var i = 0; i < s.Tokens.Count; i++)
        {
            if (!s.IsUsed(i) && s.TimeAt(i) is null && (MayChange(s, i) || IsWholeSubject(s, i, plan)))
                found.Add(s.Tokens[i].Text);
        }

        return found;
    }

    // "error rate of account": whatever that is, the answer is not about everything.
    private static bool IsWholeSubject(Sentence s, int i, QuestionPlan plan) =>
        plan is { Services.Count: 0, Operations.Count: 0, Conditions.Count: 0, Comparison: null } && s.Tokens[i].Kind == TokenKind.Word && s.ConceptAt(i) is null && !FillerWords.IsFiller(s.Tokens[i].Lower) &&
        (s.WordAt(i - 1) is "of" or "for" or "on" or "in" or "from" or "von" or "für" || s.WordAt(i - 1) is "the" or "our" or "my" or "der" or "die" && s.WordAt(i - 2) is "of" or "for" or "on" or "in" or "from" or "von" or "für");

    private static bool MayChange(Sentence s, int i)
    {
        var token = s.Tokens[i];
        if (token.Kind == TokenKind.Symbol)
            return false;
        var near = InClause(s, i);
        if (token.Kind != TokenKind.Word)
            return near && token.Kind is TokenKind.Number or TokenKind.Percent or TokenKind.Duration or TokenKind.Quoted or TokenKind.Path or TokenKind.Version;
        // "how many users": what is counted has to be known.
        if (s.ConceptAt(i - 1) is { Concept: Concept.Count or Concept.Share } && s.ConceptAt(i) is null && s.LinkAt(i) is null && !Small.Contains(token.Lower))
            return true;
        if (s.LinkAt(i) is { Kind: Linking.LinkKind.Value or Linking.LinkKind.Operation } || near && s.LinkAt(i) is { Kind: Linking.LinkKind.Key })
            return true;
        if (s.ConceptAt(i) is { } mark)
            return near && Narrowing.Contains(mark.Concept);
        if (near && (Denials.Contains(token.Lower) || Kinds.Contains(token.Lower)))
            return true;
        // "LH flights", "gold customers": the noun of a value narrows no further.
        if (i > 0 && s.LinkAt(i - 1) is { Kind: Linking.LinkKind.Value } && s.IsUsed(i - 1))
            return false;
        return token.Glue is '\0' or '/' && token.Lower.Length > 2 && near && !FillerWords.IsOrdinary(token.Lower) && !PhraseTable.Standard.Words.Contains(token.Lower) && token.Lower.Any(char.IsLetter);
    }

    // Small talk stands in a clause of its own; what narrows stands beside what was read.
    private static bool InClause(Sentence s, int i)
    {
        for (var j = i - 1; j >= 0 && !IsBreak(s, j); j--)
        {
            if (s.IsUsed(j))
                return true;
        }

        for (var j = i + 1; j < s.Tokens.Count && !IsBreak(s, j); j++)
        {
            if (s.IsUsed(j))
                return true;
        }

        return false;
    }

    private static bool IsBreak(Sentence s, int i) => s.Tokens[i].Kind == TokenKind.Symbol && s.Tokens[i].Text is "?" or "!" or "." or "\n" or ";" or "," or ":";
}
