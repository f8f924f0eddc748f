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
            if (joined.Count > 0 && IsNounPhrase(s, joined[^1]) && IsBareAct(s, clause))
                joined[^1] = new AskClause(joined[^1].Start, clause.End, Asking.Surely);
            else if (joined.Count > 0 && joined[^1].Asking != Asking.Nothing && IsRest(s, clause))
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
                    || IsPointed(s, joined[^1], clause)
                    || IsOrder(s, joined[^1], clause)
                    || IsNoun(s, joined[^1], clause)
                    || IsByMeasure(s, joined[^1], clause)
                    || IsAfterwards(s, joined[^1], clause)
                    || IsFigure(s, joined[^1], clause)
                    || IsFurtherFigure(s, joined[^1], clause)
                    || IsLeftOut(s, joined[^1], clause)
                    || IsCompared(s, joined[^1], clause)
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
            && !Within(before, Concept.Count)
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
            && Timed(before)
            && Timed(clause)
            && !s.LinksIn(clause.Start, clause.End).Any()
            && (
                Counts(before) && Counts(clause) && IsRest(s, clause, Concept.Count)
                // "what was the p95 from 8:00 to 8:01, and what was it from 8:02 to 8:03?"
                || s.MayMeanIn(before.Start, before.End, [Concept.Count, Concept.Share, .. Measures])
                    && s.TimesIn(before.Start, before.End).Count() == 1
                    && IsRest(
                        s,
                        clause,
                        [Concept.What, Concept.Be, Concept.Do, Concept.Compare, Concept.Earlier, Concept.Later, Concept.Count]
                    )
            );
    }

    /// <summary>"show me, for each value of the plan, the median and the p95": split first, then what.</summary>
    public static IReadOnlyList<AskClause> WithSplits(Sentence s, IReadOnlyList<AskClause> clauses)
    {
        var joined = new List<AskClause>();
        foreach (var clause in clauses)
        {
            if (joined.Count > 0 && IsSplit(s, joined[^1], clause))
                joined[^1] = new AskClause(joined[^1].Start, clause.End, Asking.Surely);
            else
                joined.Add(clause);
        }

        return joined;
    }

    private static bool IsSplit(Sentence s, AskClause before, AskClause clause) =>
        Enumerable.Range(before.End - 1, clause.Start - before.End + 2).Any(i => i >= 0 && i < s.Tokens.Count && s.Tokens[i].IsSymbol(","))
        && s.MarksIn(before.Start, before.End)
            .Any(m => m.Senses.Any(c => c is Concept.Every or Concept.By or Concept.BreakDown) && s.LinksIn(m.End, before.End).Any())
        && !s.MayMeanIn(before.Start, before.End, [Concept.Count, Concept.Share, .. Measures])
        && s.MayMeanIn(clause.Start, clause.End, [Concept.Count, .. Measures]);

    // "which endpoints are slowest, by p95"
    private static bool IsByMeasure(Sentence s, AskClause before, AskClause clause) =>
        before.Asking == Asking.Surely
        && s.MeansAt(clause.Start, Concept.By)
        && s.MayMeanIn(clause.Start, clause.End, Measures)
        && !s.MayMeanIn(before.Start, before.End, Concept.Percentile, Concept.Median, Concept.Mean, Concept.ErrorRate)
        && IsRest(s, clause, [Concept.By, .. Measures]);

    // "what fails most? One operation.", "who slowed down? I want the services"
    private static bool IsNoun(Sentence s, AskClause before, AskClause clause) =>
        before.Asking == Asking.Surely
        && clause.End - clause.Start <= 14
        && s.MayMeanIn(clause.Start, clause.End, Concept.Operation, Concept.Service, Concept.Team)
        && s.MayMeanIn(before.Start, before.End, [Concept.Who, Concept.Most, .. Orders])
        && !s.MayMeanIn(clause.Start, clause.End, Concept.Which, Concept.Who, Concept.What, Concept.Why, Concept.When)
        && !s.LinksIn(clause.Start, clause.End).Any()
        && IsRest(s, clause, [Concept.Operation, Concept.Service, Concept.Team, Concept.Show, Concept.Single, Concept.Modal]);

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

    // "requests to X with Y since 8, how many?", "any payments failed since 8? number please"
    private static bool IsBareCount(Sentence s, AskClause before, AskClause clause) =>
        before.Asking != Asking.Nothing
        && clause.End - clause.Start <= 4
        && s.MarkAt(clause.Start)?.Senses.Contains(Concept.Count) == true
        && (s.MayMeanIn(before.Start, before.End, [Concept.Request, .. Outcomes]) || IsOfOperation(s, before))
        && (before.Asking == Asking.Perhaps || !s.MayMeanIn(before.Start, before.End, Telling))
        && IsRest(s, clause, [Concept.Count, Concept.Modal]);

    // "picks over 3 s at X since 6, list the traces", "401s on X, count"
    private static bool IsBareAct(Sentence s, AskClause clause) =>
        clause.End - clause.Start <= 5
        && s.MayMeanIn(clause.Start, clause.End, Concept.Show, Concept.Count, Concept.Which)
        && !s.LinksIn(clause.Start, clause.End).Any()
        && !s.TimesIn(clause.Start, clause.End).Any()
        && IsRest(s, clause, [Concept.Show, Concept.Count, Concept.Which, Concept.Trace, Concept.Log, Concept.Modal, Concept.Every]);

    // Names and times with what narrows them: nothing that tells a story, and no question of its own.
    private static bool IsNounPhrase(Sentence s, AskClause clause)
    {
        if (
            clause.End - clause.Start is < 3 or > LongestPhrase
            || s.IsEnd(clause.End - 1) && !s.Tokens[clause.End - 1].IsSymbol("\n")
            || s.MayMeanIn(clause.Start, clause.End, [Concept.Be, Concept.Do, Concept.Person, Concept.Modal, Concept.Aside, .. Telling])
            || !s.LinksIn(clause.Start, clause.End).Any(l => l.Kind is Linking.LinkKind.Service or Linking.LinkKind.Operation)
        )
            return false;
        var unknown = Enumerable
            .Range(clause.Start, clause.End - clause.Start)
            .Count(i =>
                s.Tokens[i].Kind == WordTokenKind.Word
                && s.MarkAt(i) is null
                && s.LinkAt(i) is null
                && s.TimeAt(i) is null
                && !FillerWords.IsFiller(s.Tokens[i].Lower)
            );
        return unknown <= 2;
    }

    private const int LongestPhrase = 16;

    private static bool IsOfOperation(Sentence s, AskClause clause) =>
        s.LinksIn(clause.Start, clause.End).Any(l => l.Kind == Linking.LinkKind.Operation);

    // What is asked for by more than being there.
    private static readonly Concept[] Telling =
    [
        Concept.Which,
        Concept.What,
        Concept.Who,
        Concept.Why,
        Concept.Where,
        Concept.Show,
        Concept.Trace,
        Concept.Log,
        Concept.ErrorLog,
        Concept.Count,
        Concept.Share,
        Concept.ErrorText,
        Concept.Cause,
        .. Measures,
    ];

    // "the longest X on Y that succeeded: which trace is it?"
    private static bool IsPointed(Sentence s, AskClause before, AskClause clause) =>
        before.Asking != Asking.Nothing
        && clause.End - clause.Start <= 6
        && s.MayMeanIn(before.Start, before.End, Concept.Slowest, Concept.Fastest, Concept.Maximum, Concept.Minimum)
        && s.MayMeanIn(clause.Start, clause.End, Concept.Trace)
        && s.MayMeanIn(clause.Start, clause.End, Concept.Which, Concept.What, Concept.Show)
        && s.MayMeanIn(clause.Start, clause.End, Concept.Pronoun)
        && IsRest(s, clause, [Concept.Which, Concept.What, Concept.Show, Concept.Trace, Concept.Be]);

    // "the error rate in the 5 minutes before the deploy, and what was it in the 5 minutes after?": two sides of one change.
    private static bool IsAfterwards(Sentence s, AskClause before, AskClause clause)
    {
        bool Shifted(AskClause c, int sign) =>
            s.TimesIn(c.Start, c.End).Any(t => t.Kind == Times.TimeMentionKind.Shift && Math.Sign(t.Shift.Ticks) == sign);
        return before.Asking == Asking.Surely
            && s.MayMeanIn(before.Start, before.End, [Concept.Count, Concept.Share, .. Measures])
            && (Shifted(before, -1) && Shifted(clause, 1) || Shifted(before, 1) && Shifted(clause, -1))
            && IsRest(s, clause, [Concept.What, Concept.Be, Concept.Deploy, Concept.Rollback, Concept.Flag, Concept.Config, .. Measures]);
    }

    // "how long did quotes take? The p95 would be right.": by which figure.
    private static bool IsFigure(Sentence s, AskClause before, AskClause clause) =>
        before.Asking == Asking.Surely
        && s.MayMeanIn(before.Start, before.End, Concept.HowLong, Concept.Lasting, Concept.Slow, Concept.Latency)
        && !s.MayMeanIn(before.Start, before.End, Concept.Percentile, Concept.Median, Concept.Mean, Concept.ErrorRate)
        && s.MayMeanIn(clause.Start, clause.End, Concept.Percentile, Concept.Median, Concept.Mean)
        && !s.MayMeanIn(clause.Start, clause.End, Concept.Which, Concept.Who, Concept.Count, Concept.ErrorRate, Concept.Compare)
        && !s.LinksIn(clause.Start, clause.End).Any()
        && !s.TimesIn(clause.Start, clause.End).Any();

    // "for every pod the number of requests, and the share of them that failed", "by zone: requests, error rate": further columns.
    private static bool IsFurtherFigure(Sentence s, AskClause before, AskClause clause)
    {
        var split =
            s.MayMeanIn(before.Start, before.End, Concept.By, Concept.BreakDown, Concept.Every)
            && s.LinksIn(before.Start, before.End).Any(l => l.Kind == Linking.LinkKind.Key);
        // "the median plus the 90th and the 99th percentile"
        var added = (IsAdding(s, clause.Start - 1) || IsAdding(s, clause.Start)) && s.MayMeanIn(before.Start, before.End, Measures);
        return (split || added)
            && (
                s.Tokens[before.End - 1].IsSymbol(":")
                || clause.Start > 0 && s.Tokens[clause.Start - 1].IsSymbol(":")
                || before.Asking != Asking.Nothing && s.MayMeanIn(before.Start, before.End, [Concept.Count, .. Measures])
            )
            && (
                s.MayMeanIn(clause.Start, clause.End, Measures)
                || s.MayMeanIn(clause.Start, clause.End, Concept.Count)
                    && s.MayMeanIn(clause.Start, clause.End, Concept.Failed, Concept.Succeeded, Concept.Request)
            )
            && !s.LinksIn(clause.Start, clause.End).Any()
            && IsRest(s, clause, [Concept.Count, Concept.Request, Concept.Failed, Concept.Succeeded, Concept.Latency, .. Measures]);
    }

    private static bool IsAdding(Sentence s, int i) => WordRoles.Adding.Contains(s.WordAt(i) ?? "");

    // "how did the median of X change with 4.8.0? Compare the 5 minutes before the release with the 5 minutes after it."
    private static bool IsCompared(Sentence s, AskClause before, AskClause clause) =>
        before.Asking == Asking.Surely
        && s.MayMeanIn(before.Start, before.End, [Concept.Count, .. Measures])
        && s.MayMeanIn(clause.Start, clause.End, Concept.Compare)
        && !s.MayMeanIn(clause.Start, clause.End, Measures)
        && s.TimesIn(clause.Start, clause.End).Any()
        && s.TimesIn(before.Start, before.End).Count() < 2
        && IsRest(
            s,
            clause,
            [Concept.Compare, Concept.Modal, Concept.Person, Concept.Deploy, Concept.Rollback, Concept.Flag, Concept.Config, Concept.Show]
        );

    // "Which changes went live? Please leave out anything on X."
    private static bool IsLeftOut(Sentence s, AskClause before, AskClause clause) =>
        before.Asking == Asking.Surely
        && clause.End - clause.Start <= 10
        && s.MarksIn(clause.Start, clause.End).FirstOrDefault(m => !m.Senses.Contains(Concept.Modal)) is { } first
        && first.Senses.Contains(Concept.Without)
        && s.LinksIn(clause.Start, clause.End).Any()
        && IsRest(s, clause, [Concept.Without, Concept.Modal, Concept.Every]);

    // "calls by tenant. Largest first."
    private static bool IsOrder(Sentence s, AskClause before, AskClause clause) =>
        before.Asking != Asking.Nothing
        && clause.End - clause.Start <= 4
        && s.MeansAt(clause.Start, Orders)
        && s.MayMeanIn(clause.Start + 1, clause.End, Concept.Top)
        && IsRest(s, clause, Orders);

    private static readonly Concept[] Orders =
    [
        Concept.Maximum,
        Concept.Minimum,
        Concept.Top,
        Concept.Slowest,
        Concept.Fastest,
        Concept.Busiest,
        Concept.MostFailing,
        Concept.Newest,
        Concept.Oldest,
    ];

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
                && !WordRoles.Truth.Contains(s.Tokens[i].Lower)
                && !(s.MarkAt(i) is { } mark && mark.Senses.Any(c => Resting.Contains(c) || besides.Contains(c)))
                && !(s.MarkAt(i) is null && (FillerWords.IsFiller(s.Tokens[i].Lower) || Cardinals.Of(s.Tokens[i].Lower) is not null))
            )
                return false;
        }

        return true;
    }
}
