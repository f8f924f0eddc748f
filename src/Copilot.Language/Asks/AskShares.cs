using Copilot.Language.Frames;
using Copilot.Language.Lexicon;
using Copilot.Language.Linking;
using Copilot.Language.Questions;
using Copilot.Language.Readings;
using Copilot.Language.Sentences;
using Copilot.Telemetry.Records;
using Copilot.TraceQL;
using Copilot.TraceQL.Syntax;

namespace Copilot.Language.Asks;

/// <summary>"What share of the payments was made with the wallet": which conditions tell the whole, and which the part.</summary>
internal static class AskShares
{
    public static QuestionPlan? Read(
        ReadingContext context,
        FrameReader reader,
        IReadOnlyList<MeasureAt> measures,
        IReadOnlyList<FrameGroup> groups,
        FramePopulation over
    )
    {
        var s = context.Sentence;
        var share = s.Mark(Concept.Share)!;
        s.Use(share);
        foreach (var mark in s.MarksOf(Concept.Request, Concept.Count, Concept.Cause, Concept.Calls).ToList())
            s.Use(mark);
        var plan = reader.Base();
        if (OfThat(context, plan) is { } that)
            return that;
        var bounds = reader.Bounds();
        foreach (var mark in s.MarksOf(Concept.Preposition).Where(m => m.End - m.Start > 1).ToList())
            s.Use(mark);
        var verb = Border(s, share, bounds is not null);
        var border = verb ?? share.End;
        var told = plan.Conditions;
        // Without a verb between them, "the share of failed requests for Android users" says what failed of theirs.
        var (whole, part) =
            verb is null && (bounds is not null || s.MayMean(Concept.Failed, Concept.Succeeded, Concept.Slow, Concept.AboveAverage))
                ? ([.. plan.Conditions], [])
                : Sides(s, plan.Conditions, border, bounds is not null);
        // "the CHF share of the failed requests", "share of CHF among the failed": of what it is follows.
        var first = told.FirstOrDefault(c => IsAhead(s, share, c));
        var ahead = first is not null;
        if (ahead)
            (whole, part) = ([.. told.Where(c => c != first)], [first!]);
        // The part's state is what stands behind the noun: "what share of the slow requests failed".
        RecordState wholeState = RecordState.Any,
            partState = RecordState.Any;
        foreach (var mark in s.MarksOf(Concept.Failed, Concept.Succeeded, Concept.Slow, Concept.AboveAverage).ToList())
        {
            if (s.IsUsed(mark.Start))
                continue;
            var negated = States.IsNegated(s, mark);
            States.Use(s, mark);
            var state =
                mark.Concept is Concept.Slow or Concept.AboveAverage ? RecordState.Slow
                : mark.Senses.Contains(Concept.Failed) != negated ? RecordState.Failed
                : RecordState.Succeeded;
            if ((mark.Start < border || ahead) && part.Count > 0)
                wholeState = state;
            else
                partState = state;
        }

        var operations = plan.Operations;
        var of = Field.All(part.Select(Expression).Concat(bounds is null ? [] : [bounds]));
        if (of is null && partState == RecordState.Any)
        {
            if (measures.Any(m => m.Measure.Kind is MeasureKind.Failed or MeasureKind.Succeeded))
                partState = measures.Any(m => m.Measure.Kind == MeasureKind.Failed) ? RecordState.Failed : RecordState.Succeeded;
            else if (operations.Count > 0 && plan.Services.Count > 0)
            {
                of = Field.AnyOf(operations.Select(o => (FieldExpression)Field.Of(Intrinsic.Name).Is(o.Name)));
                plan = plan with { Operations = [] };
            }
            // "what share of all requests was that": of what was counted before.
            else if (context.Request.Previous?.Plan.Frame is { Measures: [{ Kind: MeasureKind.Failed }, ..] })
                partState = RecordState.Failed;
            else if (groups.Count > 0)
                return plan with { Frame = Frame(over, FrameMeasure.Plain(MeasureKind.Count), groups, wholeState) };
            else
                return null;
        }

        var measure = (of, partState) switch
        {
            (null, RecordState.Failed) => FrameMeasure.Plain(MeasureKind.ErrorRate),
            (null, RecordState.Succeeded) => FrameMeasure.Plain(MeasureKind.SuccessRate),
            _ => new FrameMeasure
            {
                Kind = MeasureKind.Share,
                Part = of,
                PartState = partState,
            },
        };
        plan = plan with { Conditions = whole };
        var frame = Frame(over, measure, groups, wholeState);
        // "… from 8 to 9 against 9 to 10"
        return WindowPlanner.Windows(s).Count > 1 && Comparisons.Read(context, plan, frame) is { } compared
            ? compared
            : plan with
            {
                Frame = frame,
            };
    }

    /// <summary>"How many logins got a 401, and what share of all logins is that?": what was counted before is the part.</summary>
    private static QuestionPlan? OfThat(ReadingContext context, QuestionPlan plan)
    {
        if (CountedBefore(context, plan) is not { Frame: { } frame } before)
            return null;
        var failed = frame.Measures[0].Kind == MeasureKind.Failed || frame.State == RecordState.Failed;
        return plan with
        {
            Services = plan.Services.Count > 0 ? plan.Services : before.Services,
            Operations = plan.Operations.Count > 0 ? plan.Operations : before.Operations,
            Window = plan.Window is { IsDefault: false } ? plan.Window : before.Window,
            Frame = Frame(
                FramePopulation.Requests,
                new FrameMeasure
                {
                    Kind = MeasureKind.Share,
                    Part = Field.All(before.Conditions.Select(Expression).Concat(frame.Where is null ? [] : [frame.Where])),
                    PartState = failed ? RecordState.Failed : frame.State,
                },
                [],
                RecordState.Any
            ),
        };
    }

    /// <summary>It says all of what it is of.</summary>
    public static bool IsOfThat(ReadingContext context, QuestionPlan plan) =>
        plan.Frame is { Measures: [{ Kind: MeasureKind.Share }] } && CountedBefore(context, plan) is not null;

    // What "that" is, where the plan narrows nothing itself.
    private static QuestionPlan? CountedBefore(ReadingContext context, QuestionPlan plan) =>
        plan.Conditions.Count == 0
        && context.Sentence.MayMean(Concept.Pronoun)
        && context.Request.Previous?.Plan
            is {
                Conditions.Count: > 0,
                Frame: { Over: FramePopulation.Requests, By.Count: 0, Measures: [{ Kind: MeasureKind.Count or MeasureKind.Failed }] }
            } before
            ? before
            : null;

    private static QueryFrame Frame(FramePopulation over, FrameMeasure measure, IReadOnlyList<FrameGroup> groups, RecordState state) =>
        new()
        {
            Act = FrameAct.Measure,
            Over = over,
            Measures = [measure],
            By = groups,
            State = state,
        };

    public static FieldExpression Expression(AttributeCondition condition) =>
        TraceQlParser.ParseFilter($"{{ {PlanFilter.Term(condition)} }}").Condition;

    // Behind the verb, or behind "that", or behind the word "share" itself where the whole was told before it.
    private static int? Border(Sentence s, ConceptMark share, bool bounded)
    {
        for (var i = share.End; i < s.Tokens.Count; i++)
        {
            if (IsFree(s, i) && s.MeansAt(i, Concept.Be, Concept.Do, Concept.Which, Concept.Take, Concept.Pronoun))
                return i;
        }

        var states = s.MarksOf(Concept.Failed, Concept.Succeeded, Concept.Slow, Concept.AboveAverage).ToList();
        // "the failures of X: % from Android": of what it is was told before.
        if (states.Exists(m => m.End < share.Start) && states.TrueForAll(m => m.End < share.Start))
            return share.Start;
        // "of the failed requests came from Android", "had CHF": a verb behind all that says how they ended.
        for (var i = share.End; i < s.Tokens.Count && !bounded; i++)
        {
            if (
                IsFree(s, i)
                && (s.MeansAt(i, Concept.Cause) || s.MarkAt(i) is null && PlainWords.Verbs.Contains(s.Tokens[i].Lower))
                && states.TrueForAll(m => m.Start < i)
            )
                return i;
        }

        return null;
    }

    private static bool IsFree(Sentence s, int i) => s.TimeAt(i) is null && s.LinkAt(i) is null;

    // "CHF's share of …", "share of CHF among …"
    private static bool IsAhead(Sentence s, ConceptMark share, AttributeCondition condition)
    {
        var start = Place(s, condition.Words);
        if (start >= s.Tokens.Count)
            return false;
        var end = start + 1;
        while (end < s.Tokens.Count && s.Words(start, end).Length < condition.Words.Length)
            end++;
        if (end <= share.Start)
            return share.Start - end <= 1
                && (share.Start == end || s.Tokens[end].Lower.Length <= 1)
                && WordRoles.Of.Contains(s.Tokens[share.End - 1].Lower);
        return start - share.End <= 1
            && Enumerable.Range(end, Math.Min(AmongReach, s.Tokens.Count - end)).Any(i => WordRoles.Among.Contains(s.Tokens[i].Lower));
    }

    // "share of CHF requests among all"
    private const int AmongReach = 3;

    private static (List<AttributeCondition> Whole, List<AttributeCondition> Part) Sides(
        Sentence s,
        IReadOnlyList<AttributeCondition> conditions,
        int border,
        bool bounded
    )
    {
        var whole = new List<AttributeCondition>();
        var part = new List<AttributeCondition>();
        foreach (var condition in conditions)
            (Place(s, condition.Words) < border ? whole : part).Add(condition);
        if (part.Count == 0 && whole.Count > 0 && !bounded)
            return ([], whole);
        return (whole, part);
    }

    /// <summary>Where the words of a condition stand; the first of several.</summary>
    public static int Place(Sentence s, string words)
    {
        var first = words.Split(", ")[0];
        for (var i = 0; i < s.Tokens.Count; i++)
        {
            for (var end = i + 1; end <= s.Tokens.Count && end - i < 14; end++)
            {
                if (s.Words(i, end) == first)
                    return i;
            }
        }

        return int.MaxValue;
    }
}
