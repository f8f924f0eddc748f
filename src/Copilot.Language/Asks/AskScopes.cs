using Copilot.Language.Lexicon;
using Copilot.Language.Linking;
using Copilot.Language.Sentences;
using Copilot.Language.Times;
using Copilot.Language.Tokens;

namespace Copilot.Language.Asks;

/// <summary>What is said outside an ask and holds for it: times and names told before it, what it points at, the two things that a lead
/// sets against each other.</summary>
internal sealed class AskScopes(Sentence whole, IReadOnlyList<AskClause> clauses, List<AskClause> asks)
{
    private const int LongestScope = 16;

    /// <summary>It turned out to ask for nothing: what it says is told.</summary>
    public void Drop(AskClause ask) => asks.Remove(ask);

    /// <summary>The stretches that say what an ask asks for: itself; where it says no time, the best one told outside the other asks; where
    /// it names nothing, the names.</summary>
    public IReadOnlyList<(int Start, int End)> Around(AskClause ask)
    {
        var first = asks.All(a => a.Start >= ask.Start || IsContrast(a));
        var told = clauses.Where(c => !asks.Contains(c)).ToList();
        var start = told.Find(c => c.End == ask.Start || IsBeside(c, ask)) is { } scope && IsNarrow(scope) ? scope.Start : ask.Start;
        var ranges = WithoutPointer(ask with { Start = start }).ToList();
        ask = ask with { Start = start };
        ranges.AddRange(PointedAt(ask));
        // "X has been slow since 8. Which change brought that about?": the trouble is told before.
        if (
            Means(ask, Readings.Intents.Changes)
            && Means(ask, Concept.Cause, Concept.Why)
            && told.FindLast(c => c.End <= ask.Start && Means(c, Concept.Slow, Concept.Failed, Concept.Trouble)) is { } trouble
        )
            ranges.Insert(0, (trouble.Start, trouble.End));
        ranges.AddRange(Contrasted(ask));
        if (CountsThere(ask) && clauses.TakeWhile(c => c.Start < ask.Start).LastOrDefault() is { } counted && !asks.Contains(counted))
            ranges.Insert(0, (counted.Start, counted.End));
        if (!first)
        {
            // What is told between two asks is told of the second.
            var before = asks.Where(a => a.End <= ask.Start).Select(a => a.End).DefaultIfEmpty(0).Max();
            told = [.. told.Where(c => c.Start >= before && c.End <= ask.Start)];
        }

        if (whole.TimesIn(ask.Start, ask.End).All(t => t.Kind == TimeMentionKind.Shift))
        {
            var time = whole
                .Times.Where(t => t.Kind != TimeMentionKind.Shift && told.Exists(c => Inside(c, t.Start, t.End)))
                .OrderBy(t =>
                    t.Clocks is not null ? 0
                    : t.Kind is TimeMentionKind.Range or TimeMentionKind.Since && t.Instant is not null ? 1
                    : t.Kind is TimeMentionKind.Range or TimeMentionKind.Since or TimeMentionKind.Last ? 2
                    : 3
                )
                .ThenBy(t => t.Start < ask.Start ? ask.Start - t.Start : t.Start)
                .FirstOrDefault();
            // "how many requests failed, and what was the p95 from 8 to 9?"
            time ??= Trailing(ask);
            if (time is not null)
                ranges.Add((time.Start, time.End));
        }
        // "compare the p95 for that period with the one from 9 to 10": the other one was told.
        else if (
            Means(ask, Concept.Compare)
            && Means(ask, Concept.Pronoun)
            && whole.TimesIn(ask.Start, ask.End).Where(t => t.Kind == TimeMentionKind.Range).Take(2).Count() == 1
            && told.SelectMany(c => whole.TimesIn(c.Start, c.End)).Where(t => t.Kind == TimeMentionKind.Range).ToList() is [var before]
        )
        {
            ranges.Insert(0, (before.Start, before.End));
        }

        if (!Names(ask, LinkKind.Service, LinkKind.Operation) && !Means(ask, Concept.Overall))
        {
            // Beside a value only what the same sentence says before it: "looking only at POST /x, what was the error rate of 3.9.0?"
            if (Names(ask, LinkKind.Value))
                told = [.. told.Where(c => c.End == ask.Start || IsBeside(c, ask))];
            // "every flag flip since 8": of all services, whatever is asked about later.
            if (Means(ask, Concept.Every) && Means(ask, Readings.Intents.Changes))
                told = [.. told.Where(c => c.End <= ask.Start)];
            foreach (var link in Nearest(told, ask))
                ranges.Add((link.Start, link.End));
        }

        return ranges;
    }

    // Nothing but a comma and a joint between them: "take the failures of X, and tell me …"; "Take X's failures. How many …?"
    private bool IsBeside(AskClause scope, AskClause ask) =>
        scope.End <= ask.Start
        && Enumerable
            .Range(scope.End, ask.Start - scope.End)
            .All(i => !IsEnd(i) && (whole.Tokens[i].Kind == WordTokenKind.Symbol || whole.MeansAt(i, Concept.Joint)))
        && (!IsEnd(scope.End - 1) || whole.MeansAt(scope.Start, Concept.Take));

    // The only time that is said, at the end of what is asked behind it in the same sentence.
    private TimeMention? Trailing(AskClause ask) =>
        whole
            .Times.Where(t => t.Kind is TimeMentionKind.Range or TimeMentionKind.Since or TimeMentionKind.Last or TimeMentionKind.Day)
            .ToList()
            is [var only]
        && only.Start >= ask.End
        && asks.Exists(a => Inside(a, only.Start, only.End))
        && !Enumerable.Range(ask.End - 1, only.Start - ask.End + 1).Any(IsEnd)
            ? only
            : null;

    // "who is on call for that cause?": the one that was asked for before.
    private IEnumerable<(int Start, int End)> WithoutPointer(AskClause ask)
    {
        var cause = whole
            .MarksIn(ask.Start, ask.End)
            .FirstOrDefault(m => m.Concept == Concept.Cause && whole.MeansAt(m.Start - 1, Concept.Pronoun));
        if (cause is null || !Means(ask, Concept.OnCall, Concept.Owner, Concept.Contact, Concept.Change))
        {
            yield return (ask.Start, ask.End);
            yield break;
        }

        if (cause.Start > ask.Start)
            yield return (ask.Start, cause.Start);
        if (cause.End < ask.End)
            yield return (cause.End, ask.End);
    }

    // The names of the clause that stands nearest before the ask; of one behind it where none does.
    private IReadOnlyList<Link> Nearest(IReadOnlyList<AskClause> told, AskClause ask)
    {
        var named = told.Select(c => (Clause: c, Links: whole.LinksIn(c.Start, c.End).Where(IsName).ToList()))
            .Where(c => c.Links.Count > 0)
            .ToList();
        if (named.Count == 0)
            return [];
        var before = named.Where(c => c.Clause.End <= ask.Start).ToList();
        var nearest = before.Count > 0 ? before[^1] : named[0];
        // A scope in pieces, "patient portal, POST /x": all of one sentence.
        return [.. named.Where(c => c.Clause == nearest.Clause || IsOneSentence(c.Clause, nearest.Clause)).SelectMany(c => c.Links)];
    }

    private static bool IsName(Link link) => link is { Kind: LinkKind.Service or LinkKind.Operation, Quality: >= 0.8 };

    private bool IsOneSentence(AskClause one, AskClause other)
    {
        var (from, to) = (Math.Min(one.End, other.End) - 1, Math.Max(one.Start, other.Start));
        return Enumerable.Range(from, Math.Max(0, to - from)).All(i => !IsEnd(i));
    }

    // "that request", "on that route", "that exception": what was pasted or named before.
    private IEnumerable<(int Start, int End)> PointedAt(AskClause ask)
    {
        var pasted = Enumerable.Range(0, ask.Start).Where(i => whole.Tokens[i].Kind == WordTokenKind.TraceId).ToList();
        if (
            pasted is [var id, ..]
            && (
                Means(ask, Concept.Pronoun, Concept.Single)
                // "there is a number on it: 5187…. Could you look up what happened?"
                || Means(ask, Concept.Overview, Concept.Explain, Concept.Trouble, Concept.Slow, Concept.Failed, Concept.Why, Concept.Where)
                    && !whole.LinksIn(ask.Start, ask.End).Any()
            )
            && !whole.TimesIn(ask.Start, ask.End).Any()
            && asks.TrueForAll(a => a.End >= ask.End)
        )
            yield return (id, id + 1);
        // "They ask about order.id 812. The trace of the request that placed it": the one that was named by its number.
        if (Means(ask, Concept.Pronoun))
        {
            foreach (
                var key in whole.Links.Where(l =>
                    l.Kind == LinkKind.Key
                    && l.End < ask.Start
                    && whole.Tokens[l.End].Kind == WordTokenKind.Number
                    && whole.TimeAt(l.End) is null
                    && !asks.Exists(a => Inside(a, l.Start, l.End))
                )
            )
                yield return (key.Start, key.End + 1);
        }

        if (
            Means(ask, Concept.Pronoun)
            && Means(ask, Concept.Operation)
            && !Names(ask, LinkKind.Operation)
            && whole.Links.LastOrDefault(l => l.Kind == LinkKind.Operation && l.End <= ask.Start) is { } operation
        )
            yield return (operation.Start, operation.End);
        // "`pool at 30 of 30` - how many times was this logged?"
        if (
            Means(ask, Concept.Log, Concept.LogVerb, Concept.ErrorLog, Concept.WarningLog)
            || Means(ask, Concept.ErrorText) && Means(ask, Concept.Pronoun)
            || ErrorNouns.IsPointed(whole, ask.Start, ask.End)
            || Means(ask, Concept.Such) && !whole.LinksIn(ask.Start, ask.End).Any()
            || CountsThose(ask)
        )
        {
            // "X wrote "no" into its logs. How many such lines?"
            if (
                (Means(ask, Concept.Such) || CountsThose(ask))
                && whole.MarksOf(Concept.Log, Concept.LogVerb).LastOrDefault(m => m.End <= ask.Start) is { } log
            )
                yield return (log.Start, log.End);
            foreach (var i in Enumerable.Range(0, ask.Start).Where(i => whole.Tokens[i].Kind == WordTokenKind.Quoted))
                yield return (i, i + 1);
        }
    }

    // "Some come back with a 422. How many were there?"
    private bool CountsThere(AskClause ask) =>
        whole
            .MarksIn(ask.Start, ask.End)
            .Any(m =>
                m.Concept == Concept.Count
                && whole.MeansAt(m.End, Concept.Exist, Concept.Be)
                && whole.WordAt(m.End + 1) is { } word
                && WordRoles.There.Contains(word)
            ) && !Means(ask, Concept.Request, Concept.Log, Concept.ErrorLog, Concept.Trace);

    // "how many of these since 8?", of a record that was pasted.
    private bool CountsThose(AskClause ask) =>
        whole
            .MarksIn(ask.Start, ask.End)
            .Any(m =>
                m.Senses.Contains(Concept.Count) && whole.MeansAt(m.End, Concept.Preposition) && whole.MeansAt(m.End + 1, Concept.Pronoun)
            );

    private static bool Inside(AskClause clause, int start, int end) => start >= clause.Start && end <= clause.End;

    private bool Means(AskClause clause, params Concept[] concepts) => whole.MayMeanIn(clause.Start, clause.End, concepts);

    private bool Names(AskClause clause, params LinkKind[] kinds) =>
        whole.LinksIn(clause.Start, clause.End).Any(l => kinds.Contains(l.Kind));

    private bool IsEnd(int i) => whole.IsEnd(i);

    // "Booking requests on the portal, everything except DE: how many is that?": names and times and nothing that tells a story.
    private bool IsNarrow(AskClause clause) =>
        clause.End - clause.Start <= LongestScope
        && (!IsEnd(clause.End - 1) || whole.MeansAt(clause.Start, Concept.Take))
        && (whole.LinksIn(clause.Start, clause.End).Any() || whole.TimesIn(clause.Start, clause.End).Any())
        && !Means(clause, [Concept.Do, Concept.Modal, Concept.Says, Concept.Show, Concept.Aside, Concept.Up, .. AskConcepts.Measures])
        && !Enumerable.Range(clause.Start, clause.End - clause.Start).Any(IsStory)
        && (
            !Means(clause, Concept.Be, Concept.Person)
            || Means(clause, Concept.Without, Concept.NotEquals, Concept.Negation, Concept.OnlyFor)
            // "requests that were fine and took at most 1 s: how many"
            || Means(clause, Concept.Request) && clause.End < whole.Tokens.Count && whole.Tokens[clause.End].IsSymbol(":")
        );

    private bool IsStory(int i) =>
        whole.Tokens[i].Kind == WordTokenKind.Word
        && whole.MarkAt(i) is null
        && whole.LinkAt(i) is null
        && whole.TimeAt(i) is null
        && !FillerWords.IsFiller(whole.Tokens[i].Lower)
        && PlainWords.English.Contains(whole.Tokens[i].Lower);

    /// <summary>"Did it help?", "gold or silver, who fared worse?": asks for a judgement that figures give.</summary>
    public bool IsJudged(AskClause clause) => Means(clause, Concept.Help, Concept.Affected, Concept.Up, Concept.Do) && Ends(clause, "?");

    /// <summary>"Gold or silver, who fared worse?", where what follows says by which figure.</summary>
    public bool IsLead(AskClause clause) =>
        IsContrast(clause)
        && !Means(clause, Concept.Count, Concept.Share)
        && clauses.SkipWhile(c => c.Start <= clause.Start).FirstOrDefault() is { } next
        && asks.Contains(next)
        && Contrasted(next).Any();

    private bool Ends(AskClause clause, string sign) => whole.Tokens[clause.End - 1].IsSymbol(sign);

    private bool IsContrast(AskClause clause) =>
        Pair(clause) is not null && Means(clause, Contrasting) && !Means(clause, AskConcepts.Measures);

    private static readonly Concept[] Contrasting =
    [
        Concept.Or,
        Concept.Than,
        Concept.Compare,
        Concept.Greater,
        Concept.Less,
        Concept.BelowAverage,
    ];

    // Two values of one attribute, or two services.
    private (Link One, Link Other)? Pair(AskClause clause)
    {
        var links = whole.LinksIn(clause.Start, clause.End).ToList();
        var values = links.Where(l => l.Kind == LinkKind.Value).ToList();
        if (values is [var one, var other] && one.Targets.Any(a => other.Targets.Any(b => a.Key == b.Key && a.Name != b.Name)))
            return (one, other);
        return links.Where(l => l.Kind == LinkKind.Service).ToList() is [var a, var b] ? (a, b) : null;
    }

    // "Gold or silver, who fared worse? Error rate of X", "did the rollback of X help? p95 five minutes before it and after"
    private IEnumerable<(int Start, int End)> Contrasted(AskClause ask)
    {
        var at = clauses.TakeWhile(c => c.Start < ask.Start).Count() - 1;
        if (at < 0)
            yield break;
        var lead = clauses[at];
        if (IsContrast(lead) && Means(ask, AskConcepts.Measures) && Pair(lead) is { } pair && !Names(ask, pair.One.Kind))
            yield return (lead.Start, lead.End);
        if (
            whole.TimesIn(ask.Start, ask.End).Any(t => t.Kind == TimeMentionKind.Shift)
            && !Means(ask, Events)
            && whole.MarksIn(lead.Start, lead.End).FirstOrDefault(m => m.Senses.Any(Events.Contains)) is { } change
        )
            yield return (Math.Max(lead.Start, change.Start - 4), change.End);
    }

    private static readonly Concept[] Events = [Concept.Deploy, Concept.Rollback, Concept.Flag, Concept.Config];
}
