using Copilot.Language.Lexicon;
using Copilot.Language.Linking;
using Copilot.Language.Sentences;
using Copilot.Language.Tokens;
using static Copilot.Language.Asks.AskConcepts;

namespace Copilot.Language.Asks;

/// <summary>How much a clause looks like a question.</summary>
internal enum Asking
{
    /// <summary>It tells something: its times and names may hold for what is asked.</summary>
    Nothing,

    /// <summary>A question where no other clause is one.</summary>
    Perhaps,
    Surely,
}

/// <summary>A stretch of the question between two breaks.</summary>
internal sealed record AskClause(int Start, int End, Asking Asking);

/// <summary>Cuts a question into its asks and what is told around them.</summary>
internal static class AskClauses
{
    public static IReadOnlyList<AskClause> Split(Sentence s)
    {
        var clauses = new List<AskClause>();
        // What was learned to begin a question is one.
        var begun = new HashSet<int>();
        foreach (var (start, end) in Stretches(s))
        {
            var from = start;
            for (var i = start + 1; i < end; i++)
            {
                // "…, so that I can tell the board": why it is asked, not what.
                if (
                    s.TimeAt(i) is null
                    && s.LinkAt(i) is null
                    && i > from + 3
                    && s.MarkAt(i) is { } aside
                    && aside.Start == i
                    && aside.Senses.Contains(Concept.Aside)
                    && HasAsk(s, from, i)
                    && !IsSetAgainst(s, i, end)
                    && !TellsWhich(s, from, aside, end)
                    // "…, if you leave out X"
                    && !s.MayMeanIn(i, end, Concept.Without)
                    && !s.MarksIn(from, i)
                        .Any(m => m.Senses.Any(c => c is Concept.Log or Concept.LogVerb) && s.MeansAt(m.End, Concept.Pronoun))
                )
                {
                    clauses.Add(Of(s, from, i));
                    from = i;
                    continue;
                }

                if (!ClauseBreaks.IsSoftBreak(s, i) || s.LinkAt(i) is not null)
                    continue;
                var next = i;
                while (next < end && ClauseBreaks.IsSoftBreak(s, next))
                    next++;
                // "…, from 8 to 9, and which …": the time belongs to what stands before it.
                if (next < end && s.TimeAt(next) is { } time && IsJointAt(s, time.End, end))
                {
                    i = time.End - 1;
                    continue;
                }

                var opens =
                    next < end
                    && (
                        ClauseBreaks.Opens(s, next, end)
                            && !IsGrouping(s, i, next)
                            && (IsWhole(s, from, i) || IsFigure(s, from, i, next))
                            && !IsCompared(s, from, i, next, end)
                            && !IsListed(s, i, next)
                            && !IsHeading(s, from, i, next)
                            && !IsOneBreath(s, from, i, next, end)
                        || !ClauseBreaks.IsMoment(s, next) && IsStory(s, from, i) && HasAsk(s, next, end)
                    );
                var begins = !opens && next < end && HasAsk(s, from, i) && IsWhole(s, from, i) && LearnedBreaks.Begins(s, i, next, end);
                if (begins)
                    begun.Add(next);
                if (opens || begins)
                {
                    clauses.Add(Of(s, from, i));
                    from = next;
                }

                i = next - 1;
            }

            if (from < end)
                clauses.Add(Of(s, from, end));
        }

        clauses = [.. clauses.Select(c => begun.Contains(c.Start) ? c with { Asking = Asking.Surely } : c)];
        return ClauseJoins.Joined(s, AskRoles.Settled(s, TellingClauses.Demoted(s, clauses)));
    }

    // "…, if I hold it against 20:20 to 20:24": the other side.
    private static bool IsSetAgainst(Sentence s, int start, int end) =>
        s.MayMeanIn(start, end, Concept.Compare, Concept.Than) && s.TimesIn(start, end).Any();

    private static bool IsJointAt(Sentence s, int at, int end) =>
        at + 1 < end
        && (s.MeansAt(at, Concept.Joint, Concept.Compare, Concept.Than) || s.Tokens[at].IsSymbol(",") && s.MeansAt(at + 1, Concept.Joint));

    private static IEnumerable<(int Start, int End)> Stretches(Sentence s)
    {
        foreach (var (start, end) in Sentences(s))
        {
            var from = start;
            foreach (var cut in RunOns.Cuts(s, start, end))
            {
                yield return (from, cut);
                from = cut;
            }

            yield return (from, end);
        }
    }

    private static IEnumerable<(int Start, int End)> Sentences(Sentence s)
    {
        var start = 0;
        for (var i = 0; i < s.Tokens.Count; i++)
        {
            if (!ClauseBreaks.IsHardBreak(s, i))
                continue;
            // The mark belongs to what it ends.
            if (i > start)
                yield return (start, i + 1);
            start = i + 1;
        }

        if (start < s.Tokens.Count)
            yield return (start, s.Tokens.Count);
    }

    // Enough stands there to be asked or told by itself: "p50" alone before "and p99 of cart" is no question, "cart by endpoint" before
    // "p50 and p99" is none, and "for payment since 8:" only says where.
    private static bool IsWhole(Sentence s, int start, int end)
    {
        // "Compared with 8:00-8:10, why …": what it is set against.
        if (s.MeansAt(start, Concept.Compare) && ClauseJoins.IsRest(s, new AskClause(start, end, Asking.Nothing)))
            return false;
        // "For each of the services that X owns, what …": how it is to be told.
        if (s.MeansAt(start, Concept.By, Concept.Every) && !HasMeasure(s, start, end))
            return false;
        // "…, and how often, and who …"
        if (s.MarkAt(start) is { } only && only.Start == start && only.End == end && only.Concept == Concept.Count)
            return true;
        bool asks = false,
            shows = false,
            tells = false,
            named = false;
        var words = 0;
        for (var i = start; i < end; i++)
        {
            named |= s.LinkAt(i) is not null || s.TimeAt(i) is not null;
            if (s.MarkAt(i) is { } mark)
            {
                named |= mark.Senses.Any(c => Outcomes.Contains(c) || c is Concept.Greater or Concept.AtLeast or Concept.Less);
                // "would you count for X, …"
                if (mark.Concept == Concept.Count && mark.End - mark.Start == 1 && s.MeansAt(mark.End, Concept.Preposition))
                    continue;
                asks |= mark.Senses.Any(c => c != Concept.Show && Openers.Contains(c) || Asked.Contains(c) || shows && Weak.Contains(c));
                shows |= mark.Senses.Contains(Concept.Show);
                named |= mark.Senses.Any(c => Weak.Contains(c) || c == Concept.Pronoun);
                tells |= mark.Senses.Any(c => c is Concept.Be or Concept.Do);
            }

            if (s.Tokens[i].Kind == WordTokenKind.Word)
                words++;
        }

        return words > 1 && (asks && named || (!IsScope(s, start) || words > LongestScope) && (tells && words > 3 || words > 8));
    }

    // "For X, from 8 to 9" says of what; a sentence of so many words tells a story.
    private const int LongestScope = 14;

    // "the 90th percentile, and how many took longer": a figure, and a question of its own behind it.
    private static bool IsFigure(Sentence s, int from, int at, int next) =>
        Enumerable.Range(at, next - at).Any(i => s.MeansAt(i, Concept.Joint))
        && s.MarksIn(from, at).Any(m => m.Senses.Any(c => Measures.Contains(c) && c != Concept.Latency))
        && Enumerable
            .Range(next, Math.Min(3, s.Tokens.Count - next))
            .Any(i => s.MeansAt(i, Concept.Which, Concept.Who, Concept.What) || s.MarkAt(i) is { } m && m.Concept == Concept.Count);

    // "encoder durations per codec: median and p95": of what the measures are.
    private static bool IsHeading(Sentence s, int from, int colon, int next) =>
        s.Tokens[colon].IsSymbol(":")
        && s.MarkAt(next) is { } measure
        && measure.Senses.Any(c => Measures.Contains(c) && c != Concept.Latency)
        && s.MarksIn(from, colon)
            .All(m => !m.Senses.Any(c => Openers.Contains(c) || Asked.Contains(c) && c != Concept.Latency || c == Concept.Request));

    // ", grouped by type": how it is asked for, unless a word joins it as a wish of its own ("then break them down by").
    private static bool IsGrouping(Sentence s, int from, int next) =>
        s.MeansAt(next, Concept.BreakDown) && !Enumerable.Range(from, next - from).Any(i => s.MeansAt(i, Concept.Joint));

    // "the number of requests and the p95 of X": of what they are is said once, behind the last.
    private static bool IsOneBreath(Sentence s, int from, int joint, int next, int end)
    {
        if (!s.MeansAt(joint, Concept.Joint))
            return false;
        bool Names(int a, int b) => s.LinksIn(a, b).Any(l => l.Kind is LinkKind.Service or LinkKind.Operation);
        bool Named(int a, int b) => Names(a, b) || s.TimesIn(a, b).Any();
        var at = next;
        while (at < end && s.MeansAt(at, Concept.Article, Concept.Joint))
            at++;
        // "for every plan: the error rate of X and its p95"
        if (
            s.MeansAt(at, Concept.Pronoun)
            && IsMeasure(s, at + 1)
            && IsSplit(s, from, joint)
            && s.MayMeanIn(from, joint, Measures)
            && !Names(at, end)
        )
            return true;
        if (!IsMeasure(s, at) || s.MarkAt(at)!.Start != at)
            return false;
        // "the request count and the p95 per provider": both of them.
        if (
            (IsMeasure(s, joint - 1) || s.MeansAt(joint - 1, Concept.Count))
            && IsSplit(s, at, end)
            && !IsSplit(s, from, joint)
            && !Names(at, end)
        )
            return true;
        // "from 8 to 9, what were the median and the p99 of X"
        return IsMeasure(s, joint - 1) && !Names(from, joint) && Names(at, end)
            || s.MayMeanIn(from, joint, [Concept.Count, .. Measures])
                && !Named(from, joint)
                && Named(at, end)
                && !s.MayMeanIn(at, end, Concept.Which, Concept.Who, Concept.What);
    }

    private static bool IsMeasure(Sentence s, int i) => s.MarkAt(i) is { } mark && mark.Senses.Any(Measures.Contains);

    // "for each plan"
    private static bool IsSplit(Sentence s, int from, int to) =>
        s.MarksIn(from, to).Any(m => m.Senses.Any(c => c is Concept.By or Concept.Every or Concept.BreakDown) && Groups.IsKeyBehind(s, m));

    // "p50 and p99": measures in one breath.
    private static bool IsListed(Sentence s, int joint, int next) =>
        IsMeasure(s, next)
        && (
            IsMeasure(s, joint - 1)
            // "requests, failed requests and error rate"
            || s.MeansAt(joint - 1, Concept.Request, Concept.Failed)
                && s.MarkAt(joint - 2) is { } failed
                && failed.Senses.Contains(Concept.Failed)
                && failed.Start > 0
                && s.Tokens[failed.Start - 1].IsSymbol(",")
        );

    // "sanity check before I go back to bed: …": told before what is asked.
    private static bool IsStory(Sentence s, int start, int end)
    {
        // "requests and error rate per tenant": the first of two figures.
        if (HasAsk(s, start, end) || IsScope(s, start) || end - start == 1 && s.MeansAt(start, Weak))
            return false;
        var named = Enumerable.Range(start, end - start).Any(i => s.LinkAt(i) is not null || s.TimeAt(i) is not null);
        return !named || end - start > 6;
    }

    private const int LongestAnchor = 8;

    // "Of all requests that X took, …", "For X, from 8 to 9: …": it says of what is asked.
    private static bool IsScope(Sentence s, int start)
    {
        while (
            start < s.Tokens.Count
            && (
                s.MeansAt(start, Concept.Joint)
                || s.Tokens[start].IsSymbol(",")
                || s.MarkAt(start) is null && FillerWords.IsFiller(s.Tokens[start].Lower)
            )
        )
            start++;
        return s.MeansAt(start, Concept.Preposition, Concept.Without, Concept.OnlyFor)
            // "Since they rolled back, …"
            || start < s.Tokens.Count
                && WordRoles.Anchoring.Contains(s.Tokens[start].Lower)
                && s.MarksIn(start, Math.Min(s.Tokens.Count, start + LongestAnchor))
                    .Any(m => m.Senses.Any(c => c is Concept.Deploy or Concept.Rollback or Concept.Flag or Concept.Config))
            || start < s.Tokens.Count && s.TimeAt(start) is not null;
    }

    private static bool HasMeasure(Sentence s, int start, int end) => s.MayMeanIn(start, end, [Concept.Count, Concept.Share, .. Measures]);

    private static bool HasAsk(Sentence s, int start, int end) =>
        s.MarksIn(start, end).Any(m => m.Senses.Any(c => Openers.Contains(c) || Asked.Contains(c)));

    // "p95 of cart and p95 of checkout compared": the second is the other side of the first.
    private static bool IsCompared(Sentence s, int from, int at, int next, int end)
    {
        var compares =
            s.MayMeanIn(from, at, Concept.Compare) && !s.MayMeanIn(from, at, Concept.Count)
            // "p95 of cart, this window against that"
            || s.MayMeanIn(next, end, Concept.Compare) && !HasMeasure(s, next, end) && HasMeasure(s, from, at)
            // "request count of cart, increase of this window over that in %"
            || s.TimesIn(next, end).Count() > 1
                && s.MayMeanIn(next, end, Concept.Up)
                && !s.MayMeanIn(next, end, [Concept.Count, .. Measures])
                && !s.LinksIn(next, end).Any()
                && HasMeasure(s, from, at)
            || s.MayMeanIn(next, end, Concept.Compare, Concept.Than)
                && s.MarkAt(next) is { } opening
                && opening.Senses.Any(Measures.Contains);
        return compares
            && !s.MayMeanIn(next, end, [Concept.Which, Concept.What, Concept.Who, Concept.Why, Concept.When, Concept.Show, Concept.Count]);
    }

    // "how many refund requests did it get because the food was cold": which ones, not why it is asked.
    private static bool TellsWhich(Sentence s, int from, ConceptMark aside, int end) =>
        WordRoles.Because.Contains(s.Tokens[aside.Start].Lower)
        && !s.Tokens[aside.Start - 1].IsSymbol(",")
        && s.MayMeanIn(from, aside.Start, Concept.Count, Concept.Share)
        && !s.MayMeanIn(aside.Start, end, Concept.Person, Concept.Modal, Concept.Failed, Concept.Slow)
        && !Enumerable.Range(aside.End, end - aside.End).Any(i => WordRoles.Whose.Contains(s.Tokens[i].Lower));

    // "p95 of X above 500ms": an alert's rule.
    private static bool IsBound(Sentence s, int i) =>
        i < s.Tokens.Count && s.Tokens[i].Kind is WordTokenKind.Duration or WordTokenKind.Percent or WordTokenKind.Number;

    private static AskClause Of(Sentence s, int start, int end)
    {
        start = ClauseLabels.Behind(s, start, end);
        if (start > 0 && s.MeansAt(start, Concept.Aside) && (!s.Tokens[end - 1].IsSymbol("?") || !ClauseBreaks.IsHardBreak(s, start - 1)))
            return new AskClause(start, end, Asking.Nothing);
        var opens = ClauseBreaks.Asks(s, start, end);
        var marks = s.MarksIn(start, end).ToList();
        var question = end > start && s.Tokens[end - 1].IsSymbol("?");
        var asked = marks.Any(m => m.Senses.Any(Asked.Contains));
        var weak = marks.Any(m => m.Senses.Any(Weak.Contains));
        // "every change of X since 8", "all error logs"
        var all = marks.Any(m =>
            m.Senses.Contains(Concept.Every)
            && marks.Any(n => n.Start >= m.End && n.Start <= m.End + 2 && n.Senses.Any(c => Weak.Contains(c) && !Outcomes.Contains(c)))
            && !s.MeansAt(m.Start - 1, Concept.Preposition)
        );
        // "p95 of checkout went through the roof": told, not asked.
        var told =
            !question
            && marks.Any(m => m.Concept == Concept.Up || m.Senses.Contains(Concept.Greater) && IsBound(s, m.End))
            && !marks.Any(m => m.Senses.Any(Openers.Contains) || m.Senses.Contains(Concept.Request) || m.Senses.Contains(Concept.Trace));
        // "[FIRING:1] HighErrorRate service=x": an alert that was pasted; what is asked about it stands elsewhere.
        if (start < end && s.Tokens[start].IsSymbol("[") && marks.Any(m => m.Concept == Concept.Equals))
            return new AskClause(start, end, Asking.Perhaps);
        var asking =
            s.Tokens.Skip(start).Take(end - start).Any(t => t.Kind == WordTokenKind.TraceId) ? Asking.Surely
            : told ? Asking.Perhaps
            : opens
            || all
            || ErrorNouns.Heads(s, start, end)
            || question && (asked || weak || marks.Any(m => m.Senses.Any(c => Openers.Contains(c) || Courses.Contains(c))))
                ? Asking.Surely
            : marks.Any(m => m.Senses.Contains(Concept.Sum) && s.MeansAt(m.End, Concept.Request)) ? Asking.Surely
            // "failed charges per provider since 8"
            : !told && weak && s.MeansAt(start, Weak) && IsSplit(s, start, end) ? Asking.Surely
            // "requests per minute on X from 8 to 9"
            : s.MeansAt(start, Concept.Request) && s.MeansAt(start + 1, Concept.EachStep, Concept.Throughput) ? Asking.Surely
            // "failed requests on X 06:04 to 06:10"
            : s.MeansAt(start, Concept.Failed)
            && s.MeansAt(start + 1, Concept.Request)
            && s.LinksIn(start, end).Any(l => l.Kind == LinkKind.Service)
            && s.TimesIn(start, end).Any()
            && !marks.Any(m => m.Senses.Any(c => c is Concept.Be or Concept.Do or Concept.Up))
                ? Asking.Surely
            : marks.Any(m =>
                !ClauseBreaks.IsSome(s, m)
                && m.Senses.Any(c =>
                    c
                        is Concept.Count
                            or Concept.ErrorRate
                            or Concept.SuccessRate
                            or Concept.Percentile
                            or Concept.Median
                            or Concept.Throughput
                            or Concept.Mean
                            or Concept.Deviation
                )
            )
                ? Asking.Surely
            : asked || weak || question || s.Tokens.Skip(start).Take(end - start).Any(t => t.Kind == WordTokenKind.TraceId) ? Asking.Perhaps
            : Asking.Nothing;
        return new AskClause(start, end, asking);
    }
}
