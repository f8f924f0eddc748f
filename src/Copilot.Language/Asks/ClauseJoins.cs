using Copilot.Language.Lexicon;
using Copilot.Language.Sentences;
using Copilot.Language.Tokens;
using static Copilot.Language.Asks.AskConcepts;

namespace Copilot.Language.Asks;

/// <summary>Clauses that belong to the one before them.</summary>
internal static class ClauseJoins
{
    /// <summary>"Did the rate change? 08:10-08:11 vs 08:12-08:13": what is only times, names and small words belongs to what stands before
    /// it.</summary>
    public static List<AskClause> Joined(Sentence s, List<AskClause> clauses)
    {
        var joined = new List<AskClause>();
        foreach (var clause in clauses)
        {
            if (joined.Count > 0 && joined[^1].Asking != Asking.Nothing && IsRest(s, clause))
            {
                // "…? Finally, who …": a lead to what comes next.
                if (
                    !s.Tokens[joined[^1].End - 1].IsSymbol("?")
                    || s.LinksIn(clause.Start, clause.End).Any()
                    || s.TimesIn(clause.Start, clause.End).Any()
                )
                    joined[^1] = joined[^1] with { End = clause.End };
            }
            else if (
                joined.Count > 0
                && (
                    IsSecondState(s, joined[^1], clause)
                    || IsHowMuch(s, joined[^1], clause)
                    || IsOtherTime(s, joined[^1], clause)
                    || IsBareCount(s, joined[^1], clause)
                    || IsDenied(s, joined[^1], clause)
                )
            )
                joined[^1] = new AskClause(joined[^1].Start, clause.End, Asking.Surely);
            else
                joined.Add(clause);
        }

        return joined;
    }

    // "which requests were slow, which failed, and which traces are in both": further states of the same requests.
    private static bool IsSecondState(Sentence s, AskClause before, AskClause clause)
    {
        bool Within(AskClause c, params Concept[] concepts) => s.MayMeanIn(c.Start, c.End, concepts);
        return Within(before, Concept.Which, Concept.Show)
            && Within(before, Concept.Request, Concept.Trace)
            && Within(before, Outcomes)
            && !Within(clause, Concept.Count)
            && (
                Within(clause, Outcomes) ? Within(clause, Concept.Which) : Within(clause, Concept.Trace) && Within(clause, Concept.Together)
            )
            && IsRest(s, clause, [Concept.Which, Concept.Show, Concept.Trace, Concept.Be, .. Outcomes]);
    }

    // "how many X from 8 to 9, and how many from 9 to 10?": the same of another time.
    private static bool IsOtherTime(Sentence s, AskClause before, AskClause clause)
    {
        bool Timed(AskClause c) => s.TimesIn(c.Start, c.End).Any(t => t.Kind == Times.TimeMentionKind.Range);
        bool Counts(AskClause c) => s.MayMeanIn(c.Start, c.End, Concept.Count);
        return before.Asking == Asking.Surely
            && Counts(before)
            && Counts(clause)
            && Timed(before)
            && Timed(clause)
            && !s.LinksIn(clause.Start, clause.End).Any()
            && IsRest(s, clause, Concept.Count);
    }

    // "p95 from 8 to 9 against 9 to 10. how much worse?"
    private static bool IsHowMuch(Sentence s, AskClause before, AskClause clause) =>
        before.Asking != Asking.Nothing
        && clause.End - clause.Start <= 5
        && s.MarkAt(clause.Start)?.Senses.Contains(Concept.Count) == true
        && s.MayMeanIn(clause.Start + 1, clause.End, Changed)
        && s.MayMeanIn(before.Start, before.End, Measures)
        && IsRest(s, clause, [Concept.Count, Concept.Be, .. Changed]);

    private static readonly Concept[] Changed =
    [
        Concept.Trouble,
        Concept.Up,
        Concept.Slow,
        Concept.Greater,
        Concept.Less,
        Concept.BelowAverage,
    ];

    // "p99.9 please, not p99"
    private static bool IsDenied(Sentence s, AskClause before, AskClause clause) =>
        before.Asking == Asking.Surely && s.MeansAt(clause.Start, Concept.Negation) && IsRest(s, clause, [Concept.Negation, .. Measures]);

    // "requests to X with Y since 8, how many?"
    private static bool IsBareCount(Sentence s, AskClause before, AskClause clause) =>
        before.Asking == Asking.Perhaps
        && clause.End - clause.Start <= 4
        && s.MarkAt(clause.Start)?.Senses.Contains(Concept.Count) == true
        && s.MayMeanIn(before.Start, before.End, Concept.Request)
        && IsRest(s, clause, [Concept.Count]);

    /// <summary>Only times, names and small words.</summary>
    /// <param name="besides">What else may stand there.</param>
    public static bool IsRest(Sentence s, AskClause clause, params Concept[] besides)
    {
        for (var i = clause.Start; i < clause.End; i++)
        {
            if (
                s.TimeAt(i) is null
                && s.LinkAt(i) is null
                && s.Tokens[i].Kind == WordTokenKind.Word
                && !(s.MarkAt(i) is { } mark && mark.Senses.Any(c => Resting.Contains(c) || besides.Contains(c)))
                && !(s.MarkAt(i) is null && (FillerWords.IsFiller(s.Tokens[i].Lower) || Cardinals.Of(s.Tokens[i].Lower) is not null))
            )
                return false;
        }

        return true;
    }
}
