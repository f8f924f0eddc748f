using Copilot.Language.Lexicon;
using Copilot.Language.Linking;
using Copilot.Language.Questions;
using Copilot.Language.Readings;
using Copilot.Language.Sentences;
using Copilot.Language.Tokens;

namespace Copilot.Language.Plans;

/// <summary>Words that no part of the reading used and that may well change the number asked for. With one of them left over there is no
/// number.</summary>
internal static partial class UnreadWords
{
    private static readonly HashSet<Concept> Narrowing =
    [
        Concept.Greater,
        Concept.Less,
        Concept.AtLeast,
        Concept.AtMost,
        Concept.NotEquals,
        Concept.Without,
        Concept.Missing,
        Concept.OnlyFor,
        Concept.Fine,
        Concept.BelowAverage,
        Concept.AboveAverage,
        Concept.Share,
        Concept.PeakPoint,
    ];

    private static readonly HashSet<string> Denials = new(StringComparer.Ordinal)
    {
        "not",
        "never",
        "non",
        "without",
        "except",
        "nicht",
        "kein",
        "keine",
        "ohne",
        "neither",
        "nor",
        "ago",
    };

    private static readonly HashSet<string> Kinds = new(StringComparer.Ordinal)
    {
        "distinct",
        "unique",
        "different",
        "concurrent",
        "parallel",
        "cached",
        "anonymous",
        "cpu",
        "memory",
        "bytes",
        "size",
        "retries",
        "cost",
        "price",
        "revenue",
    };

    /// <summary>Verbs that add nothing to what is asked: "which tenant sends most requests".</summary>
    private static readonly HashSet<string> Light = WordFiles.Words("light-verbs");

    /// <summary>Words between "how many" and what is counted.</summary>
    private static readonly HashSet<string> Small = WordFiles.Words("counting-words");

    /// <summary>The words, in the order they stand; empty for questions that do not end in one number or list that such a word would
    /// change.</summary>
    public static IReadOnlyList<string> Find(ReadingContext context, QuestionPlan plan)
    {
        var number = plan.Kind is QuestionKind.Measure or QuestionKind.Series or QuestionKind.Comparison;
        var list =
            plan.Kind
            is QuestionKind.Traces
                or QuestionKind.Operations
                or QuestionKind.Services
                or QuestionKind.Breakdown
                or QuestionKind.Changes
                or QuestionKind.Logs;
        var whole = plan.Kind is QuestionKind.Affected or QuestionKind.Overview or QuestionKind.Summary;
        if (!number && !list && !whole)
            return [];
        var s = context.Sentence;
        var plain = PlainWords.Of(s.Tokens);
        var found = new List<string>();
        for (var i = 0; i < s.Tokens.Count; i++)
        {
            if (
                !s.IsUsed(i)
                    && s.TimeAt(i) is null
                    && !SaidAgain.Is(s, i, plan)
                    && !SaidAgain.IsOfValue(s, i, plan)
                    && !(
                        s.Tokens[i].Kind == WordTokenKind.Word
                        && s.LinkAt(i) is null or { Kind: LinkKind.Key, Quality: < 0.82 }
                        && (
                            s.MarkAt(i) is not { } mark
                                ? plain(s.Tokens[i].Lower)
                                    && !IsGrouping(s, i)
                                    && !(number && IsCounted(s, i))
                                    && !(list && IsPredicate(s, i))
                                    && !(whole && IsOfWhat(s, i))
                                : IsSmall(s, mark) || plain(s.Tokens[i].Lower) && !mark.Senses.Any(Selecting.Contains)
                        )
                    )
                    && (
                        plan.Kind == QuestionKind.Changes && Denials.Contains(s.Tokens[i].Lower)
                        || (number ? MayChange(s, i) || IsWholeSubject(s, i, plan) : MayNarrow(s, i, list))
                    )
                || number && (IsOurs(s, i) || IsReason(s, i) || IsVerbOfCounted(s, i))
            )
                found.Add(s.Tokens[i].Text);
        }

        return found;
    }

    private static readonly Concept[] Selecting =
    [
        .. Narrowing,
        Concept.Failed,
        Concept.Succeeded,
        Concept.Slow,
        Concept.Distinct,
        Concept.Negation,
        Concept.Count,
        Concept.Sum,
        Concept.Ordinal,
    ];

    // "which customer tiers churned": what the ones asked for did. A superlative says that by itself.
    private static bool IsPredicate(Sentence s, int i) =>
        IsAskedNoun(s, i - 1)
        && !Light.Contains(s.Tokens[i].Lower)
        && !s.HasAny(
            Concept.Most,
            Concept.Least,
            Concept.Top,
            Concept.Slowest,
            Concept.Fastest,
            Concept.Busiest,
            Concept.MostFailing,
            Concept.Failed,
            Concept.Maximum,
            Concept.Minimum
        );

    // "what went wrong with push messages": of what it is asked.
    private static bool IsOfWhat(Sentence s, int i) =>
        s.MeansAt(i - 1, Concept.Preposition)
        && s.WordAt(i - 1) is { } with
        && WordRoles.Appending.Contains(with)
        && s.MarkAt(i) is null
        && s.LinkAt(i) is null
        && !FillerWords.IsFiller(s.Tokens[i].Lower);

    // "errors by note": whatever the word means elsewhere, here the figure is to be split by it.
    private static bool IsGrouping(Sentence s, int i) => s.WordAt(i - 1) is "by" or "per" or "pro" or "je" && s.MarkAt(i - 2) is not null;

    // "how many beds are taken": whatever the word means elsewhere, here it is what is counted.
    private static bool IsCounted(Sentence s, int i) =>
        s.MarkAt(i - 1) is { } count
        && count.Senses.Contains(Concept.Count)
        && count.End - count.Start > 1
        && !Small.Contains(s.Tokens[i].Lower)
        && s.Tokens[i].Lower[^1] == 's';

    // "on our website", "in our apps": a place that nobody knows by this name.
    private static bool IsOurs(Sentence s, int i) =>
        !s.IsUsed(i)
        && s.Tokens[i].Kind == WordTokenKind.Word
        && s.LinkAt(i) is null
        && s.MarkAt(i) is null
        && s.TimeAt(i) is null
        && s.WordAt(i - 1) is { } whose
        && WordRoles.Ours.Contains(whose)
        && s.MeansAt(i - 2, Concept.Preposition);

    // What only holds a sentence together.
    private static bool IsSmall(Sentence s, Linking.ConceptMark mark) =>
        mark.Senses.Contains(Concept.Preposition)
            && mark.End < s.Tokens.Count
            && s.Tokens[mark.End].Kind is not (WordTokenKind.Number or WordTokenKind.Duration or WordTokenKind.Percent)
        || mark.Senses.All(c =>
            c
                is Concept.Take
                    or Concept.Be
                    or Concept.Do
                    or Concept.Person
                    or Concept.Modal
                    or Concept.Aside
                    or Concept.Article
                    or Concept.Preposition
                    or Concept.Joint
                    or Concept.Or
                    or Concept.Itself
                    or Concept.Says
        );

    // Lists bear more small talk than numbers; what stands where a name or a condition stands narrows them all the same.
    private static bool MayNarrow(Sentence s, int i, bool list)
    {
        var wordToken = s.Tokens[i];
        // "that needed upwards of 2 s": a bound that was not understood.
        if (wordToken.Kind == WordTokenKind.Duration)
            return list && InClause(s, i);
        if (wordToken.Kind is WordTokenKind.Number or WordTokenKind.Version or WordTokenKind.Quoted)
            return list
                && InClause(s, i)
                && (
                    s.WordAt(i - 1) is "for" or "with" or "of" or "at"
                    || s.ConceptAt(i - 1) is { } compared && Narrowing.Contains(compared.Concept)
                );
        if (
            wordToken.Kind != WordTokenKind.Word
            || wordToken.Lower.Length < 3 && !wordToken.Lower.Any(char.IsDigit)
            || s.ConceptAt(i) is { Concept: not Concept.Trouble }
            || IsWithdrawn(s, i)
            || FillerWords.IsFiller(wordToken.Lower, s.Language)
            || !InClause(s, i)
        )
            return false;
        if (s.WordAt(i + 1) is "users" or "customers" or "clients" or "tenants" or "accounts" or "subscribers" or "kunden")
            return true;
        if (!list && IsOfWhat(s, i))
            return true;
        var before = s.Tokens.Take(i).TakeWhile(t => t.Group != wordToken.Group).Count() - 1;
        while (
            s.WordAt(before)
                is "a"
                    or "an"
                    or "any"
                    or "some"
                    or "the"
                    or "one"
                    or "been"
                    or "were"
                    or "was"
                    or "are"
                    or "not"
                    or "got"
                    or "have"
                    or "had"
                    or "has"
                    or "only"
                    or "went"
                    or "goes"
                    or "go"
        )
            before--;
        if (s.ConceptAt(i) is not null)
            return list && s.WordAt(before) is "with" or "that";
        // "traces with a retry", "requests that timed out twice", "which pods restarted"
        if (list && (s.WordAt(before) is "who" or "that") && Light.Contains(wordToken.Lower))
            return false;
        if (
            list
            && (
                s.WordAt(before) is "with" or "that" or "who" or "whose" or "having" or "without" or "where" or "mit"
                || IsAskedNoun(s, before) && !Light.Contains(wordToken.Lower)
            )
        )
            return true;
        if (
            s.WordAt(before) is "by" or "per" or "pro" or "je"
            && wordToken.Lower is not ("far" or "chance" or "mistake" or "accident" or "default" or "hand")
        )
            return s.ConceptAt(before - 1)?.Concept is not (Concept.Affected or Concept.Cause);
        if (FillerWords.IsOrdinary(wordToken.Lower) && s.LinkAt(i) is null || PhraseTable.Standard.Words.Contains(wordToken.Lower))
            return false;
        return list
            && (
                s.WordAt(before)
                    is "for"
                        or "of"
                        or "on"
                        or "from"
                        or "in"
                        or "via"
                        or "only"
                        or "during"
                        or "für"
                        or "von"
                        or "bei"
                        or "aus"
                || s.ConceptAt(i + 1)?.Concept is Concept.Request or Concept.Trace or Concept.Log or Concept.ErrorLog or Concept.Operation
                || s.WordAt(i + 1) is "traffic" or "calls"
            );
    }

    // "overaverage... I mean above-average": what stands before was taken back.
    private static bool IsWithdrawn(Sentence s, int i) =>
        Enumerable.Range(i + 1, Math.Max(0, s.Tokens.Count - i - 2)).Any(j => s.WordAt(j) is "i" && s.WordAt(j + 1) is "mean" or "meant");

    // What "which …" asks for: the word behind it is the question's verb.
    private static bool IsAskedNoun(Sentence s, int i) =>
        i > 0
        && (
            s.LinkAt(i) is { Kind: LinkKind.Key }
            || s.ConceptAt(i)?.Concept is Concept.Request or Concept.Trace or Concept.Operation or Concept.Service
        )
        && s.ConceptAt((s.LinkAt(i)?.Start ?? s.ConceptAt(i)!.Start) - 1)?.Concept is Concept.Which or Concept.What;

    // "error rate of account": whatever that is, the answer is not about everything.
    private static bool IsWholeSubject(Sentence s, int i, QuestionPlan plan) =>
        plan is { Services.Count: 0, Operations.Count: 0, Conditions.Count: 0, Comparison: null }
        && s.Tokens[i].Kind == WordTokenKind.Word
        && s.ConceptAt(i) is null
        && !FillerWords.IsFiller(s.Tokens[i].Lower)
        && (
            s.WordAt(i - 1) is "of" or "for" or "on" or "in" or "from" or "von" or "für"
            || s.WordAt(i - 1) is "the" or "our" or "my" or "der" or "die"
                && s.WordAt(i - 2) is "of" or "for" or "on" or "in" or "from" or "von" or "für"
        );

    private static bool MayChange(Sentence s, int i)
    {
        var wordToken = s.Tokens[i];
        if (wordToken.Kind == WordTokenKind.Symbol)
            return false;
        var near = InClause(s, i);
        // "the error rate with the rollback": a time that was not understood.
        if (near && s.ConceptAt(i) is { Concept: Concept.Rollback })
            return true;
        if (wordToken.Kind != WordTokenKind.Word)
            return near
                && wordToken.Text != "/"
                && wordToken.Kind
                    is WordTokenKind.Number
                        or WordTokenKind.Percent
                        or WordTokenKind.Duration
                        or WordTokenKind.Quoted
                        or WordTokenKind.Path
                        or WordTokenKind.Version;
        if (i > 0 && s.IsUsed(i - 1) && s.Tokens[i - 1].Kind == WordTokenKind.Number && Quantities.IsUnit(wordToken.Text))
            return true;
        // "how many users": what is counted has to be known.
        if (
            s.ConceptAt(i - 1) is { Concept: Concept.Count or Concept.Share }
            && s.ConceptAt(i) is null
            && s.LinkAt(i) is null
            && !Small.Contains(wordToken.Lower)
        )
            return true;
        // "LH flights", "gold customers": the noun of a value narrows no further, be it called like an attribute.
        if (
            s.LinkAt(i - 1) is { Kind: LinkKind.Value or LinkKind.Key }
            && s.IsUsed(i - 1)
            && s.LinkAt(i) is not { Kind: LinkKind.Value or LinkKind.Operation }
            && s.ConceptAt(i) is null
            && !Denials.Contains(wordToken.Lower)
            && !Kinds.Contains(wordToken.Lower)
        )
            return false;
        if (s.LinkAt(i) is { Kind: LinkKind.Value or LinkKind.Operation } || near && s.LinkAt(i) is { Kind: LinkKind.Key })
            return true;
        if (s.ConceptAt(i) is { } mark)
            return near && Narrowing.Contains(mark.Concept);
        if (near && (Denials.Contains(wordToken.Lower) || Kinds.Contains(wordToken.Lower)))
            return true;
        return (wordToken.Glue is '\0' or '/' || s.ConceptAt(i - 1) is { Concept: Concept.Service })
            && wordToken.Lower.Length > 2
            && near
            && !FillerWords.IsOrdinary(wordToken.Lower)
            && !PhraseTable.Standard.Words.Contains(wordToken.Lower)
            && wordToken.Lower.Any(char.IsLetter);
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

    private static bool IsBreak(Sentence s, int i) =>
        s.Tokens[i].Kind == WordTokenKind.Symbol && s.Tokens[i].Text is "?" or "!" or "." or "\n" or ";" or "," or ":";
}
