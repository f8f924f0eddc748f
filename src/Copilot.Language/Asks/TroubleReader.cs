using Copilot.Language.Frames;
using Copilot.Language.Kinds;
using Copilot.Language.Lexicon;
using Copilot.Language.Plans;
using Copilot.Language.Questions;
using Copilot.Language.Readings;
using Copilot.Language.Sentences;
using Copilot.Language.Tokens;
using Copilot.Telemetry.Records;
using Copilot.TraceQL.Syntax;

namespace Copilot.Language.Asks;

/// <summary>Questions about a trouble's course: when it began, how long it lasted, whether it is over; what all went wrong; with which
/// errors.</summary>
internal static class TroubleReader
{
    /// <summary>How long a window has to be for "what went wrong" to ask for all of it.</summary>
    private static readonly TimeSpan Whole = TimeSpan.FromMinutes(30);

    public static QuestionPlan? Read(ReadingContext context)
    {
        var s = context.Sentence;
        if (s.Tokens.Any(t => t.Kind == WordTokenKind.TraceId) || Peaks.Asks(s))
            return null;
        if (IsErrors(context))
            return Errors(context);
        if (IsPeriod(context))
            return Period(context);
        if (IsSummary(context))
            return Summary(context);
        return !context.HasSubject && context.Subject.Conditions.Count == 0 && TroubleCourses.AsksForThem(s)
            ? Summary(context) with
            {
                Kind = QuestionKind.Overview,
                Window = WindowPlanner.Plan(context, QuestionKind.Overview),
            }
            : null;
    }

    /// <summary>One of the kinds, where it is known which is asked for.</summary>
    public static QuestionPlan? Asked(ReadingContext context, AskKind kind) =>
        kind switch
        {
            AskKind.Errors => Errors(context),
            AskKind.Period => Period(context),
            AskKind.Summary when !context.HasSubject => Summary(context),
            _ => null,
        };

    // "what does the error message say", "which exception does it die with"; "throws" alone is a state.
    private static bool IsErrors(ReadingContext context)
    {
        var s = context.Sentence;
        if (s.MayMean(Concept.StackTrace) || IsThrown(s))
            return true;
        // "what do the errors of X actually say"
        if (
            s.MayMean(Concept.What)
            && s.MayMean(Concept.Says)
            && (s.MarksOf(Concept.Failed).Any() || context.HasSubject)
            && !s.MayMean(Concept.ErrorRate, Concept.Log, Concept.LogVerb, Concept.Count)
        )
            return true;
        if (
            ErrorNouns.Heads(s, 0, s.Tokens.Count)
            || ErrorNouns.IsPointed(s, 0, s.Tokens.Count)
                && !s.MayMean(Concept.Request, Concept.Trace, Concept.ErrorRate, Concept.Percentile)
        )
            return true;
        if (s.Mark(Concept.ErrorText) is not { } text)
            return false;
        if (
            s.MayMean(
                Concept.Percentile,
                Concept.ErrorRate,
                Concept.Median,
                Concept.Throughput,
                Concept.Owner,
                Concept.OnCall,
                Concept.LogVerb
            )
        )
            return false;
        if (text.Concept == Concept.ErrorText || text.Concept == Concept.ErrorLog && !s.MayMean(Concept.Count, Concept.Log))
            return true;
        // "which pod throws the 503s" asks for the pod.
        if (s.MarksOf(Concept.What, Concept.Which).Any(m => s.LinkAt(m.End) is { Kind: Linking.LinkKind.Key }))
            return false;
        return s.MarksOf(Concept.What, Concept.Which).Any(m => m.End <= text.Start)
            && !s.MayMean(Concept.Service, Concept.Operation, Concept.Count, Concept.Request);
    }

    // "did X raise an IllegalStateException, with what message?"
    private static bool IsThrown(Sentence s) =>
        ExceptionTypes.At(s) is { } type
        && !s.MayMean(Concept.Log, Concept.LogVerb, Concept.ErrorLog, Concept.Trace, Concept.ErrorRate, Concept.Percentile)
        && !s.MarksOf(Concept.Request, Concept.Count, Concept.Share, Concept.Which, Concept.Who, Concept.Operation)
            .Any(m => m.End <= type.Start);

    private static QuestionPlan Errors(ReadingContext context)
    {
        var s = context.Sentence;
        foreach (
            var mark in s.MarksOf(
                    Concept.ErrorText,
                    Concept.StackTrace,
                    Concept.Failed,
                    Concept.What,
                    Concept.Which,
                    Concept.Show,
                    Concept.Log,
                    Concept.Count,
                    Concept.Request,
                    Concept.Most,
                    Concept.Top,
                    Concept.Every
                )
                .ToList()
        )
            s.Use(mark);
        var said = Said(s);
        // "grouped by type": errors are told by their type anyway.
        foreach (var key in s.LinksOf(Linking.LinkKind.Key).ToList())
            s.Use(key.Start, key.End);
        s.Use(s.Mark(Concept.BreakDown));
        var plan = new QuestionPlan
        {
            Kind = QuestionKind.Query,
            AsOfNs = UnixNanos.From(context.Request.AsOf),
            Window = WindowPlanner.Plan(IsAgo(s) ? context with { Sentence = s.WithoutTimes() } : context, QuestionKind.Logs),
            Services = context.Subject.Services,
            Operations = context.Subject.Operations,
            Conditions = [.. context.Subject.Conditions.Where(c => said is null || !ErrorNouns.IsOfErrors(c.Key))],
            Frame = new QueryFrame
            {
                Act = FrameAct.Errors,
                Over = FramePopulation.Requests,
                Where = said,
                Limit = Rankings.Limit(s),
            },
        };
        return FrameFollowUp.Complete(context, plan);
    }

    // Of one that is named or quoted.
    private static FieldExpression? Said(Sentence s)
    {
        if (ExceptionTypes.At(s) is { } type)
        {
            s.Use(type.Start, type.End);
            return Field.Any("exception.type").Matches($".*{System.Text.RegularExpressions.Regex.Escape(s.Words(type.Start, type.End))}.*");
        }

        var quoted = Enumerable
            .Range(0, s.Tokens.Count)
            .FirstOrDefault(i => s.Tokens[i].Kind == Tokens.WordTokenKind.Quoted && !WordRoles.Thrown.Contains(s.Tokens[i].Lower), -1);
        if (quoted < 0)
            return null;
        s.Use(quoted, quoted + 1);
        return LogReader.Body(s.Tokens[quoted].Text, alike: false);
    }

    private static bool IsPeriod(ReadingContext context)
    {
        var s = context.Sentence;
        if (TroubleCourses.Asks(context))
            return true;
        if (
            s.MayMean(
                Concept.ErrorRate,
                Concept.SuccessRate,
                Concept.Percentile,
                Concept.Median,
                Concept.Throughput,
                Concept.Count,
                Concept.Share,
                Concept.Which,
                Concept.Who,
                Concept.Contact,
                Concept.OnCall,
                Concept.Runbook,
                Concept.Guide,
                Concept.Owner,
                Concept.Cause,
                Concept.Why,
                Concept.Compare,
                Concept.PeakPoint,
                Concept.Trace,
                Concept.Log,
                Concept.Mean,
                Concept.Most,
                Concept.Least,
                Concept.Slowest,
                Concept.Busiest
            )
        )
            return false;
        // "for each tier, how long did quotes take?", "how long did the slowest POST /x take?": a latency.
        if (
            s.MarksOf(Concept.Lasting).Any()
            && !s.MayMean(Concept.Failed, Concept.Slow, Concept.Trouble, Concept.Began, Concept.Ended, Concept.Ongoing)
            && (context.Subject.Operations.Count > 0 || s.MayMean(Concept.Slowest, Concept.Maximum) || IsSplit(s))
        )
            return false;
        // "and how long was it for cart?" after a latency
        if (
            context.Request.Previous?.Plan.Frame
                is { Measures: [{ Of: null, Kind: MeasureKind.Mean or MeasureKind.Percentile or MeasureKind.Maximum }, ..] }
            && !s.MayMean(Concept.Failed, Concept.Slow, Concept.Trouble, Concept.Began, Concept.Ended, Concept.Ongoing)
        )
            return false;
        if (s.HasAny(Intents.Changes) && context.Anchor is null && !s.MayMean(Concept.Lasting))
            return false;
        var began = s.Marks.Any(m => m.Concept == Concept.Began);
        var ended = s.Marks.Any(m =>
            m.Concept is Concept.Ended or Concept.Ongoing || m.Senses.Contains(Concept.Ongoing) && s.MayMean(Concept.When)
        );
        var trouble = s.MayMean(Concept.Failed, Concept.Slow, Concept.Trouble, Concept.Latency, Concept.Up, Concept.MostFailing);
        if (s.Marks.Any(m => m.Concept == Concept.Lasting && m.End - m.Start > 1))
            return began || ended || trouble || s.Marks.Any(m => m.Senses.Contains(Concept.Take)) || s.HasAny(Concept.Pronoun);
        if (s.MayMean(Concept.When))
            return began || ended || trouble;
        var asks =
            s.Tokens.Any(t => t.IsSymbol("?"))
            || s.Marks.Any(m => m.Start <= 1 && m.Concept == Concept.Ongoing)
            || s.Marks.Any(m => m.Start <= 1 && m.Senses.Contains(Concept.Be))
            || began && ended;
        return ended && asks || began && ended || began && s.Marks.Any(m => m.Concept == Concept.Began && m.End - m.Start > 1);
    }

    private static bool IsSplit(Sentence s) => s.MarksOf(Concept.By, Concept.Every).Any(m => Groups.IsKeyBehind(s, m));

    private static QuestionPlan Period(ReadingContext context)
    {
        var s = context.Sentence;
        foreach (
            var mark in s.MarksOf(
                    Concept.When,
                    Concept.Began,
                    Concept.Ended,
                    Concept.Ongoing,
                    Concept.Lasting,
                    Concept.Failed,
                    Concept.Slow,
                    Concept.Trouble,
                    Concept.Latency,
                    Concept.Up,
                    Concept.Request,
                    Concept.Service,
                    Concept.What,
                    Concept.Show,
                    Concept.HowLong
                )
                .ToList()
        )
            s.Use(mark);
        var failed = s.MayMean(Concept.Failed);
        // "the duration of the errors" is no latency.
        var slow = s.MayMean(Concept.Slow) || s.MarksOf(Concept.Latency).Any(m => !WordRoles.Duration.Contains(s.Tokens[m.End - 1].Lower));
        var plan = new QuestionPlan
        {
            Kind = QuestionKind.Period,
            AsOfNs = UnixNanos.From(context.Request.AsOf),
            // "a few minutes ago, is it over?": when it was noticed, not all that is to be looked at.
            Window = WindowPlanner.Plan(IsAgo(s) ? context with { Sentence = s.WithoutTimes() } : context, QuestionKind.Cause),
            Services = context.Subject.Services,
            Operations = context.Subject.Operations,
            // "when did it begin to answer with 500": that is failing, not a kind of request.
            Conditions = [.. context.Subject.Conditions.Where(c => !IsFailure(c))],
            Trouble =
                context.Subject.Conditions.Any(IsFailure) ? Symptom.Errors
                : failed == slow ? null
                : failed ? Symptom.Errors
                : Symptom.Latency,
        };
        return FrameFollowUp.Complete(context, plan);
    }

    private static bool IsAgo(Sentence s) =>
        s.Times is [{ Kind: Times.TimeMentionKind.At or Times.TimeMentionKind.Around } only]
        && WordRoles.Ago.Contains(s.Tokens[only.End - 1].Lower);

    private static bool IsFailure(AttributeCondition condition) =>
        condition.Key.EndsWith("status_code", StringComparison.Ordinal)
        && condition.Type == ConditionValueType.Number
        && condition.Values.All(v => int.TryParse(v, System.Globalization.CultureInfo.InvariantCulture, out var code) && code >= 500);

    private static bool IsSummary(ReadingContext context)
    {
        var s = context.Sentence;
        if (context.HasSubject || context.Subject.Conditions.Count > 0)
            return false;
        if (!s.Marks.Any(m => m.Senses.Contains(Concept.Summary)))
            return TroubleCourses.AsksForThem(s) && WindowPlanner.Best(s)?.Window is { } told && told.Length >= Whole;
        if (
            s.MayMean(
                Concept.Count,
                Concept.Who,
                Concept.Owner,
                Concept.Change,
                Concept.Deploy,
                Concept.ErrorRate,
                Concept.Trace,
                Concept.Log
            )
        )
            return false;
        var window = WindowPlanner.Best(s)?.Window;
        return window is { } known && known.Length >= Whole || s.Marks.Any(m => m.Concept == Concept.Summary);
    }

    private static QuestionPlan Summary(ReadingContext context)
    {
        var s = context.Sentence;
        foreach (
            var mark in s.MarksOf(Concept.Summary, Concept.Overview, Concept.What, Concept.Show, Concept.Every, Concept.Trouble).ToList()
        )
            s.Use(mark);
        return new QuestionPlan
        {
            Kind = QuestionKind.Summary,
            AsOfNs = UnixNanos.From(context.Request.AsOf),
            Window = WindowPlanner.Plan(context, QuestionKind.Cause),
        };
    }
}
