using Copilot.Language.Lexicon;
using Copilot.Language.Linking;
using Copilot.Language.Readings;
using Copilot.Language.Sentences;
using Copilot.Language.Tokens;

namespace Copilot.Language.Asks;

/// <summary>The course of a trouble in words that mean something else beside a request: "the duration of the errors", "for how many minutes
/// was it failing", "the moment it began", "is the trouble over".</summary>
internal static class TroubleCourses
{
    private static readonly Concept[] Troubles = [Concept.Failed, Concept.Slow, Concept.Trouble];

    /// <summary>What makes a length or a moment one of requests, or asks for a figure.</summary>
    private static readonly Concept[] OfRequests =
    [
        Concept.Trace,
        Concept.Percentile,
        Concept.Median,
        Concept.Mean,
        Concept.ErrorRate,
        Concept.SuccessRate,
        Concept.Throughput,
        Concept.Slowest,
        Concept.Fastest,
        Concept.Compare,
        Concept.Share,
        Concept.Owner,
        Concept.OnCall,
        Concept.Contact,
        Concept.Why,
        Concept.Cause,
        Concept.Log,
        Concept.LogVerb,
        Concept.ErrorText,
        Concept.EachStep,
        .. Intents.Changes,
    ];

    public static bool Asks(ReadingContext context)
    {
        var s = context.Sentence;
        if (
            s.MarksOf(OfRequests)
                .Any(m => !m.Senses.Contains(Concept.Lasting) && !WordRoles.TroubleNouns.Contains(s.Tokens[m.End - 1].Lower))
        )
            return false;
        return IsLength(context) || IsMoment(s) || IsState(context);
    }

    /// <summary>"Which problems do we have?", "everything that broke": the troubles themselves are asked for, not requests or services.</summary>
    public static bool AsksForThem(Sentence s)
    {
        if (
            s.MayMean(OfRequests)
            || s.MarksOf(Concept.Service).Any(m => !IsPlace(s, m))
            || s.MayMean(Concept.Request, Concept.Operation, Concept.Affected, Concept.Count, Concept.By, Concept.Who)
            || s.MayMean(Concept.When, Concept.HowLong, Concept.Third)
            || s.MayMean(Concept.Involve, Concept.InCommon, Concept.Latency, Concept.Most, Concept.MostFailing)
            || s.Marks.Any(m => AskConcepts.Courses.Contains(m.Concept))
            || s.Continues && s.MayMean(Concept.Pronoun)
        )
            return false;
        var noun = Enumerable.Range(0, s.Tokens.Count).FirstOrDefault(i => WordRoles.TroubleNouns.Contains(s.Tokens[i].Lower), -1);
        if (noun < 0)
            return s.MayMean(Concept.Failed)
                && !s.MayMean(Concept.Which)
                && (
                    s.MayMean(Concept.What)
                    || s.MarksOf(Concept.Every).Any(m => s.WordAt(m.End) is { } that && WordRoles.Saying.Contains(that))
                );
        return noun <= 1 || s.MayMean(Concept.Which, Concept.What, Concept.Every, Concept.Exist, Concept.Show);
    }

    // "in the system": everywhere.
    private static bool IsPlace(Sentence s, ConceptMark service)
    {
        var at = service.Start - 1;
        while (s.MeansAt(at, Concept.Article))
            at--;
        return s.MeansAt(at, Concept.Preposition) && !WordRoles.Of.Contains(s.Tokens[at].Lower);
    }

    // "duration of the errors", "for how long did it have trouble", "how many minutes was it down": of requests it would be a latency.
    private static bool IsLength(ReadingContext context)
    {
        var s = context.Sentence;
        if (
            s.MayMean(Concept.Request, Concept.Who, Concept.Maximum, Concept.Minimum)
            || AsksWhich(s)
            || context.Subject.Operations.Count > 0
            || s.MarksOf(Concept.Take).Any(m => !m.Senses.Contains(Concept.Lasting) && s.WordAt(m.Start) is { } word && TakesTime(word))
        )
            return false;
        var minutes = s.MarksOf(Concept.Count)
            .Any(m => m.End < s.Tokens.Count && s.TimeAt(m.End) is null && TimeTokens.NanosOf(s.Tokens[m.End].Lower) >= 1e9);
        if (s.MayMean(Concept.Count) && !minutes)
            return false;
        var length =
            minutes
            || s.MayMean(Concept.HowLong)
            || s.MarksOf(Concept.Lasting).Any(m => m.End - m.Start > 1)
            || Enumerable.Range(0, s.Tokens.Count).Any(i => WordRoles.Duration.Contains(s.Tokens[i].Lower) && s.TimeAt(i) is null);
        return length && s.MayMean(Troubles);
    }

    // "the time during which it failed" asks for no which.
    private static bool AsksWhich(Sentence s) =>
        s.MarksOf(Concept.Which).Any(m => !s.MeansAt(m.Start - 1, Concept.Preposition) || s.MeansAt(m.End, Concept.Service));

    private static bool TakesTime(string word) => WordRoles.Taking.Contains(word);

    // "the moment it began to fail", "start of the errors", "since which time has it had errors"
    private static bool IsMoment(Sentence s)
    {
        if (!s.MayMean(Troubles) && !s.MayMean(Concept.Up, Concept.Latency) || s.MayMean(Concept.Count, Concept.Who, Concept.PeakPoint))
            return false;
        var moment = Enumerable
            .Range(0, s.Tokens.Count)
            .Any(i =>
                WordRoles.Moment.Contains(s.Tokens[i].Lower)
                && s.TimeAt(i) is null
                && (i == 0 || !s.Tokens[i - 1].IsSymbol("-"))
                && !IsAt(s, i)
            );
        var began = s.MarksOf(Concept.Began, Concept.Ended).Any(m => m.Concept is Concept.Began or Concept.Ended);
        var since = s.MarksOf(Concept.Which).Any(m => m.End < s.Tokens.Count && WordRoles.Moment.Contains(s.Tokens[m.End].Lower));
        if (since && s.MarksOf(Concept.Which).All(m => m.End < s.Tokens.Count && WordRoles.Moment.Contains(s.Tokens[m.End].Lower)))
            return true;
        if (AsksWhich(s))
            return false;
        // "start of the payment errors", "onset of the trouble"
        var of = s.MarksOf(Concept.Began)
            .Any(m => m.Concept == Concept.Began && m.End < s.Tokens.Count && WordRoles.Of.Contains(s.Tokens[m.End].Lower));
        return of
            || moment
                && began
                && (s.Tokens.Any(t => t.IsSymbol("?")) || s.MayMean(Concept.Show, Concept.What, Concept.Exist, Concept.Modal));
    }

    // "at the moment": now.
    private static bool IsAt(Sentence s, int i)
    {
        while (i > 0 && s.MeansAt(i - 1, Concept.Article))
            i--;
        return i > 0 && s.MeansAt(i - 1, Concept.Preposition) && !WordRoles.Of.Contains(s.Tokens[i - 1].Lower) && !HasExact(s, i);
    }

    private static bool HasExact(Sentence s, int i) => s.MeansAt(i, Concept.Which, Concept.What);

    // "is the trouble over", "tell me whether it has recovered", "recovered or still broken", "all good again?"
    private static bool IsState(ReadingContext context)
    {
        var s = context.Sentence;
        if (
            s.MayMean(Concept.Which, Concept.Count, Concept.Who, Concept.Affected, Concept.Began)
            || s.MarksOf(Concept.Greater, Concept.AtLeast, Concept.Less).Any(m => !IsLast(s, m))
            || !context.HasSubject && !s.MayMean(Concept.Trouble, Concept.Failed, Concept.Slow)
        )
            return false;
        var ended = s.MarksOf(Concept.Ended).FirstOrDefault(m => m.Concept == Concept.Ended || IsLast(s, m));
        var ongoing = s.Marks.FirstOrDefault(m => m.Concept == Concept.Ongoing);
        var again =
            s.MayMean(Concept.Fine) && s.Tokens.Any(t => WordRoles.AgainWell.Contains(t.Lower))
            || s.MayMean(Concept.Succeeded) && s.Tokens.Any(t => WordRoles.AgainWell.Contains(t.Lower));
        if (ended is null && ongoing is null && !again)
            return false;
        var asks =
            s.Tokens.Any(t => t.IsSymbol("?"))
            || s.MeansAt(0, Concept.Be, Concept.Do, Concept.Modal)
            || WordRoles.Having.Contains(s.Tokens[0].Lower)
            || s.Tokens.Any(t => WordRoles.Whether.Contains(t.Lower))
            || s.MayMean(Concept.Or) && ended is not null && (ongoing is not null || s.MayMean(Troubles))
            || ended is not null && ongoing is not null;
        return asks && (ended is not null || again || s.MayMean(Troubles) || s.MayMean(Concept.Or));
    }

    // "over" with nothing behind it that it could be over.
    private static bool IsLast(Sentence s, ConceptMark mark) =>
        mark.End == s.Tokens.Count
        || s.Tokens[mark.End].Kind == WordTokenKind.Symbol
        || s.MeansAt(mark.End, Concept.Or, Concept.Joint)
        || WordRoles.Now.Contains(s.Tokens[mark.End].Lower)
        || WordRoles.ByNow.Contains(s.Tokens[mark.End].Lower);
}
