using Copilot.Language.Frames;
using Copilot.Language.Lexicon;
using Copilot.Language.Plans;
using Copilot.Language.Questions;
using Copilot.Language.Readings;
using Copilot.Language.Sentences;
using Copilot.Telemetry.Records;
using Copilot.TraceQL.Syntax;

namespace Copilot.Language.Asks;

/// <summary>Joins a clause with what was asked before it, in an earlier turn or earlier in the same question.</summary>
internal static class FrameFollowUp
{
    /// <summary>A question of its own that leaves out its subject takes it from before.</summary>
    public static QuestionPlan Complete(ReadingContext context, QuestionPlan plan)
    {
        if (context.Request.Previous is not { } previous)
            return plan;
        var s = context.Sentence;
        foreach (var mark in s.MarksOf(Concept.FollowUp, Concept.Pronoun, Concept.OnlyFor, Concept.Latter, Concept.Former).ToList())
            s.Use(mark);
        if (AskShares.IsOfThat(context, plan))
            return plan;
        if (plan.Services.Count > 0 || plan.Operations.Count > 0 && !s.HasAny(Concept.Pronoun))
            return Narrowed(context, plan, previous.Plan);
        if (
            s.HasAny(Concept.Overall) && !s.HasAny(Concept.Pronoun)
            || plan.Frame is { Sides: not null, By.Count: 0 } && plan.Services.Count > 0
        )
            return plan;
        if (plan.Frame is { Act: FrameAct.Rank, By: [{ Kind: FrameGroupKind.Service }] } && !s.HasAny(Concept.Pronoun))
            return plan;
        if (Reranked(s, plan, previous.Plan) is { } reranked)
            return reranked;
        if (Others(s, previous.Plan.Conditions) is { } others)
            plan = plan with { Conditions = FollowUp.Merged(plan.Conditions, others), Frame = Ungrouped(plan.Frame, others) };
        var completed = Continued(s, plan, previous.Plan) with
        {
            Services = Services(context, previous),
            Operations = plan.Operations.Count > 0 ? plan.Operations : previous.Plan.Operations,
            Conditions = FollowUp.Merged(
                IsOfTheSame(s, plan) ? previous.Plan.Conditions : Lasting(previous.Plan.Conditions, s),
                plan.Conditions
            ),
        };
        // "is A slower than B? give me the mean for both": the two were said before.
        return
            completed.Frame is { Sides: null } frame
            && s.MayMean(Concept.Together)
            && Comparisons.Read(context, completed, frame) is { } compared
            ? compared
            : completed;
    }

    // "slowest endpoints", "and by mean?"
    private static QuestionPlan? Reranked(Sentence s, QuestionPlan plan, QuestionPlan before) =>
        plan.Frame is { Act: FrameAct.Measure, By.Count: 0, Sides: null, OverTime: false, Measures: [var measure] }
        && before.Frame is { Act: FrameAct.Rank } ranked
        && s.MarksOf(Concept.By).Any(m => s.MeansAt(m.End, Concept.Mean, Concept.Median, Concept.Percentile, Concept.ErrorRate))
            ? before with
            {
                Window = plan.Window,
                Frame = ranked with { Measures = [measure] },
                More = [],
            }
            : null;

    // After an error rate the traces are those that failed, and "how many is that?" counts what failed.
    private static QuestionPlan Continued(Sentence s, QuestionPlan plan, QuestionPlan before)
    {
        if (
            plan.Traces is { Failed: false, Succeeded: false, Slow: false, LongerThan: null, Order: TraceOrder.Newest } traces
            && (
                before.Frame is { Measures: [{ Kind: MeasureKind.ErrorRate or MeasureKind.Failed }, ..] }
                || before is { Kind: QuestionKind.Cause or QuestionKind.Overview, Trouble: Symptom.Errors }
            )
        )
            return plan with
            {
                Traces = traces with { Failed = true, FailedAtService = before.Frame is not null && before.Services.Count > 0 },
            };
        // "show me those calls": what was counted before is shown.
        if (
            plan.Traces is { Failed: false, Succeeded: false, Slow: false, LongerThan: null, ShorterThan: null } listed
            && before.Frame is { Over: FramePopulation.Requests } shown
            && s.HasAny(Concept.Pronoun)
        )
            return plan with
            {
                Traces = listed with
                {
                    Failed = shown.State == RecordState.Failed,
                    Succeeded = shown.State == RecordState.Succeeded,
                    Slow = shown.State == RecordState.Slow,
                    LongerThan = Bound(shown.Where, FieldOperator.Greater),
                    ShorterThan = Bound(shown.Where, FieldOperator.Less),
                },
            };
        // "how many different drivers is that?": of what was counted before.
        if (
            plan.Frame is { Over: FramePopulation.Requests, State: RecordState.Any, Measures: [{ Kind: MeasureKind.Distinct }] } different
            && before.Frame is { Over: FramePopulation.Requests } known
            && s.HasAny(Concept.Pronoun)
        )
            return plan with
            {
                Frame = different with
                {
                    State = known.Measures is [{ Kind: MeasureKind.Failed or MeasureKind.ErrorRate }, ..]
                        ? RecordState.Failed
                        : known.State,
                    Where = different.Where ?? known.Where,
                },
            };
        // "how many of these were on the basic plan?": what was counted before is counted still.
        if (
            plan.Frame is { Over: FramePopulation.Requests, State: RecordState.Any, Measures: [{ Kind: MeasureKind.Count }] } those
            && before.Frame is { Over: FramePopulation.Requests } earlier
            && s.MarksOf(Concept.Count).Any(m => s.MeansAt(m.End, Concept.Preposition) && s.MeansAt(m.End + 1, Concept.Pronoun))
        )
            return plan with
            {
                Frame = those with
                {
                    State = earlier.State,
                    Where = those.Where ?? earlier.Where,
                    Measures = earlier.Measures is [{ Kind: MeasureKind.Failed or MeasureKind.Succeeded } same, ..]
                        ? [same]
                        : those.Measures,
                },
            };
        return
            plan.Frame
                is {
                    Over: FramePopulation.Requests,
                    State: RecordState.Any,
                    Where: null,
                    By.Count: 0,
                    Measures: [{ Kind: MeasureKind.Count }]
                } counted
            && before.Frame is { Measures: [{ Kind: MeasureKind.ErrorRate }] }
            && !s.MayMean(Concept.Request)
            ? plan with
            {
                Frame = counted with { Measures = [FrameMeasure.Plain(MeasureKind.Failed)] },
            }
            : plan;
    }

    // "Longer than 2 s", where that was a part of what was asked.
    private static TimeSpan? Bound(FieldExpression? where, FieldOperator op) =>
        where switch
        {
            FieldBinary { Operator: FieldOperator.And } both => Bound(both.Left, op) ?? Bound(both.Right, op),
            FieldBinary { Left: IntrinsicReference { Intrinsic: Intrinsic.Duration }, Right: Literal bound } compared
                when compared.Operator == op => TimeSpan.FromTicks(bound.Integer / 100),
            _ => null,
        };

    // "compare that with 13:54-13:56": what was asked before is one side.
    private static QuestionPlan? Against(Sentence s, QuestionPlan before)
    {
        if (before is not { Window: { Window: { } known } window, Baseline: null, Frame.Sides: null } || !s.MayMean(Concept.Compare))
            return null;
        var other =
            WindowPlanner.Windows(s) is [var named] ? named
            // "with the five minutes before"
            : s.Times is [{ Kind: Times.TimeMentionKind.Shift } shift] && shift.Shift != TimeSpan.Zero
                ? shift with
                {
                    Window =
                        shift.Shift < TimeSpan.Zero
                            ? new TimeWindow(known.From + shift.Shift, known.From)
                            : new TimeWindow(known.To, known.To + shift.Shift),
                }
            : s.HasAny(Concept.Earlier) && FirstLength(s) is var (start, end, nanos)
                ? new Times.TimeMention(
                    start,
                    end,
                    Times.TimeMentionKind.Range,
                    new TimeWindow(known.From.AddTicks(-(long)(nanos / 100)), known.From)
                )
            : null;
        if (other is null || other.Window == known)
            return null;
        s.Use(Concept.Compare, Concept.Pronoun, Concept.FollowUp, Concept.Earlier);
        var said = PlannedWindow.At(other.Window, s.Words(other.Start, other.End));
        var kept = window with { Source = PlannedWindow.FromConversation };
        var earlier = other.Window.FromNs < known.FromNs;
        return before with { Baseline = earlier ? said : kept, Window = earlier ? kept : said, More = [], Ignored = [], Chips = [] };
    }

    // "the five minutes immediately before"
    private static (int Start, int End, double Nanos)? FirstLength(Sentence s)
    {
        for (var i = 0; i < s.Tokens.Count; i++)
        {
            if (Times.LengthReader.Read(s.Tokens, i) is { } length)
                return (i, length.End, length.Nanos);
        }

        return null;
    }

    // "how many of those for checkout?": what narrowed before narrows still.
    private static QuestionPlan Narrowed(ReadingContext context, QuestionPlan plan, QuestionPlan before) =>
        context.Sentence.HasAny(Concept.FollowUp) && context.Sentence.HasAny(Concept.Pronoun)
            ? plan with
            {
                Conditions = FollowUp.Merged(before.Conditions, plan.Conditions),
            }
            : plan;

    /// <summary>The question before with the parts that a fragment names: "and p99?", "same for cart", "only CHF", "which pod?". Null where
    /// it names none.</summary>
    public static QuestionPlan? Change(ReadingContext context)
    {
        if (context.Request.Previous is not { Plan: { Kind: QuestionKind.Query, Frame: { } frame } plan } previous)
            return null;
        var s = context.Sentence;
        var subject = context.Subject;
        var measures = new MeasureMentions(s, subject, frame.Over).Read().Where(m => m.Explicit).Select(m => m.Measure).ToList();
        var grouped = subject.Services.Count > 0 ? subject : subject with { Services = plan.Services };
        var groups = Groups.Read(s, grouped);
        var asked = false;
        if (groups.Count == 0 && subject.Attributes is [var attribute, ..] && s.LinkAt(attribute.Start) is { } key)
        {
            s.Use(key.Start, key.End);
            groups = [Groups.Of(grouped, key)];
            asked = true;
        }

        if (
            subject.Services.Count + subject.Operations.Count + subject.Conditions.Count + measures.Count == 0
            && Against(s, plan) is { } set
        )
            return set;
        var timed = s.Times.Count > 0 || s.HasAny(Concept.Earlier, Concept.Later) || context.Anchor is not null;
        var named = subject.Services.Count + subject.Operations.Count + subject.Conditions.Count > 0;
        var limit = Rankings.Limit(s);
        var state = State(s);
        if (!timed && !named && measures.Count == 0 && groups.Count == 0 && limit is null && state is null)
            return null;
        foreach (
            var mark in s.MarksOf(
                    Concept.FollowUp,
                    Concept.Pronoun,
                    Concept.OnlyFor,
                    Concept.What,
                    Concept.Which,
                    Concept.Joint,
                    Concept.Show,
                    Concept.Request,
                    Concept.Ordinal
                )
                .ToList()
        )
            s.Use(mark);
        // "and transalp?" after one carrier: another carrier, be something called like it, too.
        if (
            subject.Services is [{ Standing: not ServiceStanding.Instrumented } stranger]
            && SameKeys.Sibling(s, plan, stranger.Name) is { } sibling
        )
            subject = subject with { Services = [], Conditions = [sibling] };
        subject = subject with { Conditions = [.. subject.Conditions.Select(c => SameKeys.Of(s, plan, c))] };
        var services = subject.Services.Count > 0 ? subject.Services : Kept(plan.Services);
        var operations =
            subject.Operations.Count > 0 ? subject.Operations
            : subject.Services.Count > 0 ? Shared(plan.Operations, subject.Services)
            : plan.Operations;
        return plan with
        {
            Window =
                FollowUp.SameTimeOfDay(context, plan) is { } sameTime ? sameTime
                : timed ? WindowPlanner.Plan(context, QuestionKind.Measure)
                : plan.Window is { } old ? old with { Source = PlannedWindow.FromConversation }
                : null,
            Baseline = timed ? null : plan.Baseline,
            Services = services,
            Operations = operations,
            Conditions = FollowUp.Merged(plan.Conditions, subject.Conditions),
            More = [],
            Ignored = [],
            Chips = [],
            Frame = frame with
            {
                Measures =
                    measures.Count > 0 ? measures
                    : asked && !s.MayMean(Concept.By, Concept.Every, Concept.BreakDown) ? Counted(frame, groups)
                    : frame.Measures,
                By = groups.Count > 0 ? groups : frame.By,
                Act =
                    groups.Count > 0 && frame.Act == FrameAct.Rank ? FrameAct.Rank
                    : groups.Count > 0 ? FrameAct.Measure
                    : frame.Act,
                OverTime = groups.Count == 0 && frame.OverTime,
                Reduce = groups.Count == 0 ? frame.Reduce : null,
                Limit = limit ?? frame.Limit,
                State = state ?? frame.State,
                Sides =
                    subject.Services.Count > 0
                    && frame.Sides?.Before.ToString().Contains(FieldNames.Service, StringComparison.Ordinal) == true
                        ? null
                        : frame.Sides,
            },
        };
    }

    // "error rate of GET /search on mobile", "same on web?": an operation that both have.
    private static IReadOnlyList<OperationReference> Shared(
        IReadOnlyList<OperationReference> operations,
        IReadOnlyList<ServiceReference> services
    ) => operations.All(o => services.All(x => o.Services.Contains(x.Name))) ? operations : [];

    // After an error rate, "which pod?" asks where the failures were.
    private static IReadOnlyList<FrameMeasure> Counted(QueryFrame frame, IReadOnlyList<FrameGroup> groups) =>
        groups.Count > 0 && frame.Measures is [{ Kind: MeasureKind.ErrorRate }, ..]
            ? [FrameMeasure.Plain(MeasureKind.Failed)]
            : frame.Measures;

    private static RecordState? State(Sentence s)
    {
        if (s.Mark(Concept.Failed) is { } failed)
        {
            var negated = States.IsNegated(s, failed);
            States.Use(s, failed);
            return negated ? RecordState.Succeeded : RecordState.Failed;
        }

        if (s.Mark(Concept.Succeeded) is not { Concept: Concept.Succeeded or Concept.Fine } fine)
            return null;
        s.Use(fine);
        return RecordState.Succeeded;
    }

    // "how many got a 401? and the p95?": a response's status told which were counted, unless it is said to go on ("of those").
    private static IReadOnlyList<AttributeCondition> Lasting(IReadOnlyList<AttributeCondition> conditions, Sentence s) =>
        s.HasAny(Concept.Pronoun) ? conditions : [.. conditions.Where(c => !c.Key.EndsWith("status_code", StringComparison.Ordinal))];

    // "how many did the other pods take?": all but the one that was looked at.
    private static IReadOnlyList<AttributeCondition>? Others(Sentence s, IReadOnlyList<AttributeCondition> before)
    {
        foreach (var other in s.MarksOf(Concept.Other).ToList())
        {
            if (
                s.LinkAt(other.End) is not { Kind: Linking.LinkKind.Key } key
                || before.FirstOrDefault(c => c.Operator == ConditionOperator.Equal && key.Targets.Any(t => t.Key == c.Key))
                    is not { } known
            )
                continue;
            s.Use(other);
            s.Use(key.Start, key.End);
            return [known with { Operator = ConditionOperator.NotEqual }];
        }

        return null;
    }

    private static QueryFrame? Ungrouped(QueryFrame? frame, IReadOnlyList<AttributeCondition> others) =>
        frame is null ? null : frame with { By = [.. frame.By.Where(g => others.All(c => c.Key != g.Column))] };

    // "which tenant got most?": of what was told before.
    private static bool IsOfTheSame(Sentence s, QuestionPlan plan) =>
        plan.Frame is { Act: FrameAct.Rank, Measures: [{ Kind: MeasureKind.Count }, ..] } && !s.MayMean(Concept.Request, Concept.Busiest);

    private static IReadOnlyList<ServiceReference> Services(ReadingContext context, PreviousTurn previous)
    {
        if (
            previous.FocusServices is [var focus, ..]
            && (
                previous.Plan.Services.Count == 0
                || previous.Plan.Kind is QuestionKind.Cause or QuestionKind.Services or QuestionKind.Overview
                || previous.Plan.Frame is { Act: FrameAct.Rank }
            )
        )
            return [new ServiceReference(focus, ServiceStanding.Instrumented, PlannedWindow.FromConversation)];
        return Kept(previous.Plan.Services);
    }

    private static IReadOnlyList<ServiceReference> Kept(IReadOnlyList<ServiceReference> services) =>
        [.. services.Select(x => x with { Words = PlannedWindow.FromConversation })];
}
