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
                    || s.Links.Any(l => l.Start >= clause.Start && l.End <= clause.End)
                    || s.Times.Any(t => t.Start >= clause.Start && t.End <= clause.End)
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
        bool Within(AskClause c, params Concept[] concepts) =>
            s.Marks.Any(m => m.Start >= c.Start && m.End <= c.End && m.Senses.Any(concepts.Contains));
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
        bool Timed(AskClause c) => s.Times.Any(t => t.Start >= c.Start && t.End <= c.End && t.Kind == Times.TimeMentionKind.Range);
        bool Counts(AskClause c) => s.Marks.Any(m => m.Start >= c.Start && m.End <= c.End && m.Senses.Contains(Concept.Count));
        return before.Asking == Asking.Surely
            && Counts(before)
            && Counts(clause)
            && Timed(before)
            && Timed(clause)
            && !s.Links.Any(l => l.Start >= clause.Start && l.End <= clause.End)
            && IsRest(s, clause, Concept.Count);
    }

    // "p95 from 8 to 9 against 9 to 10. how much worse?"
    private static bool IsHowMuch(Sentence s, AskClause before, AskClause clause) =>
        before.Asking != Asking.Nothing
        && clause.End - clause.Start <= 5
        && s.MarkAt(clause.Start)?.Senses.Contains(Concept.Count) == true
        && s.Marks.Any(m =>
            m.Start > clause.Start
            && m.End <= clause.End
            && m.Senses.Any(c =>
                c is Concept.Trouble or Concept.Up or Concept.Slow or Concept.Greater or Concept.Less or Concept.BelowAverage
            )
        )
        && s.Marks.Any(m => m.Start >= before.Start && m.End <= before.End && m.Senses.Any(Measures.Contains))
        && IsRest(
            s,
            clause,
            Concept.Count,
            Concept.Trouble,
            Concept.Up,
            Concept.Slow,
            Concept.Greater,
            Concept.Less,
            Concept.BelowAverage,
            Concept.Be
        );

    // "p99.9 please, not p99"
    private static bool IsDenied(Sentence s, AskClause before, AskClause clause) =>
        before.Asking == Asking.Surely && s.MeansAt(clause.Start, Concept.Negation) && IsRest(s, clause, [Concept.Negation, .. Measures]);

    // "requests to X with Y since 8, how many?"
    private static bool IsBareCount(Sentence s, AskClause before, AskClause clause) =>
        before.Asking == Asking.Perhaps
        && clause.End - clause.Start <= 4
        && s.MarkAt(clause.Start)?.Senses.Contains(Concept.Count) == true
        && s.Marks.Any(m => m.Start >= before.Start && m.End <= before.End && m.Senses.Contains(Concept.Request))
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
