using Copilot.Language.Lexicon;
using Copilot.Language.Questions;
using Copilot.Language.Readings;
using Copilot.Language.Times;
using Copilot.Telemetry.Records;

namespace Copilot.Language.Plans;

/// <summary>Joins a question with the turn before it: what it leaves out, it takes from there.</summary>
internal static class FollowUp
{
    /// <summary>Whether the question asks nothing of its own but changes a part of the one before: "and only for EU?", "same for
    /// cart".</summary>
    public static bool IsFragment(ReadingContext context, IReadOnlyList<Reading> readings)
    {
        if (context.Request.Previous is null)
            return false;
        var best = readings.Count > 0 ? readings[0] : null;
        if (best is null || best.Score < 0.6)
            return true;
        return best.Kind is QuestionKind.Comparison && context.Measure is null && context.Sentence.Has(Concept.FollowUp);
    }

    /// <summary>The plan before with the parts that the fragment names.</summary>
    public static QuestionPlan? Change(ReadingContext context)
    {
        var previous = context.Request.Previous!;
        var plan = previous.Plan;
        var s = context.Sentence;
        var subject = context.Subject;
        var timed = s.Times.Count > 0 || s.HasAny(Concept.Earlier, Concept.Later) || context.Anchor is not null;
        var named = subject.Services.Count + subject.Operations.Count + subject.Conditions.Count > 0 || subject.Attributes.Count > 0;
        var bounds = plan.Kind is QuestionKind.Traces ? DurationConditions.Bounds(context) : default;
        var state =
            plan.Kind == QuestionKind.Traces
            && plan.Traces is not null
            && (s.HasAny(Concept.Slow, Concept.Failed, Concept.AboveAverage) || bounds != default);
        if (!named && s.HasAny(Concept.Without) && s.HasAny(Concept.Pronoun) && LeftOut(plan.Conditions) is { } without)
        {
            s.Use(Concept.Without, Concept.Pronoun, Concept.FollowUp);
            return plan with
            {
                Conditions = without,
                Window = plan.Window is { } kept ? kept with { Source = PlannedWindow.FromConversation } : null,
                Ignored = [],
                Chips = [],
            };
        }

        if (Against(context, plan) is { } comparison)
            return comparison;
        if (
            plan is { Kind: QuestionKind.Traces, Traces: { } listed }
            && s.HasAny(Concept.Slowest, Concept.Fastest)
            && Rankings.Limit(s) is { } limit
        )
        {
            s.Use(Concept.FollowUp, Concept.Pronoun, Concept.Slowest, Concept.Fastest, Concept.OnlyFor);
            return plan with
            {
                Traces = listed with { Order = s.Has(Concept.Slowest) ? TraceOrder.Slowest : TraceOrder.Fastest, Limit = limit },
                Window = plan.Window is { } same ? same with { Source = PlannedWindow.FromConversation } : null,
                Ignored = [],
                Chips = [],
            };
        }

        if (!timed && !named && !state && context.Measure is null)
            return null;
        if (state)
            plan = plan with
            {
                Traces = plan.Traces! with
                {
                    Slow = plan.Traces.Slow || s.HasAny(Concept.Slow, Concept.AboveAverage),
                    Failed = plan.Traces.Failed || s.HasAny(Concept.Failed),
                    LongerThan = bounds.Min ?? plan.Traces.LongerThan,
                    ShorterThan = bounds.Max ?? plan.Traces.ShorterThan,
                },
            };
        s.Use(Concept.Slow, Concept.AboveAverage, Concept.Failed);
        s.Use(Concept.FollowUp, Concept.OnlyFor, Concept.Pronoun, Concept.What);
        var window =
            SameTimeOfDay(context, plan) is { } sameTime ? sameTime
            : timed ? WindowPlanner.Plan(context, plan.Kind)
            : plan.Window is { } old ? old with { Source = PlannedWindow.FromConversation }
            : WindowPlanner.Plan(context, plan.Kind);
        plan = plan with
        {
            Window = window,
            Services = Services(context, plan, previous),
            Operations =
                subject.Operations.Count > 0 ? subject.Operations
                : subject.Services.Count > 0 ? []
                : plan.Operations,
            Conditions = Merged(plan.Conditions, subject.Conditions),
            Measure = context.Measure?.Measure ?? plan.Measure,
            Ignored = [],
            Chips = [],
        };
        if (timed && plan.Comparison is { Before.Window: not null })
            plan = plan with { Kind = QuestionKind.Measure, Comparison = null, Baseline = null };
        if (subject.Attributes is [var attribute, ..])
        {
            s.Use(attribute.Start, attribute.End);
            plan = plan with
            {
                Kind = QuestionKind.Breakdown,
                Breakdown = new PlannedBreakdown(plan.Breakdown?.Population ?? Population(plan), attribute.Keys, true),
            };
        }

        return plan;
    }

    // "compare that with 13:54-13:56": what was asked before is one side.
    private static QuestionPlan? Against(ReadingContext context, QuestionPlan before)
    {
        var s = context.Sentence;
        if (
            before is not { Kind: QuestionKind.Measure, Window: { Window: { } known } window }
            || !s.Has(Concept.Compare)
            || WindowPlanner.Windows(s) is not [var other]
            || other.Window == known
        )
            return null;
        s.Use(Concept.Compare, Concept.Pronoun, Concept.FollowUp);
        var now = new ComparisonSide(PlannedWindow.FromConversation, Window: window with { Source = PlannedWindow.FromConversation });
        var said = new ComparisonSide(
            s.Words(other.Start, other.End),
            Window: PlannedWindow.At(other.Window, s.Words(other.Start, other.End))
        );
        var (first, second) = other.Window.FromNs < known.FromNs ? (said, now) : (now, said);
        return before with
        {
            Kind = QuestionKind.Comparison,
            Comparison = new PlannedComparison(first, second),
            Window = second.Window,
            Baseline = first.Window,
            Ignored = [],
            Chips = [],
        };
    }

    // "error rate since 08:00", "and yesterday?": the same hours, unless the day before was asked for as a whole.
    internal static PlannedWindow? SameTimeOfDay(ReadingContext context, QuestionPlan before)
    {
        if (
            context.Sentence.Times is not [{ Kind: TimeMentionKind.Day } day]
            || before.Window?.Window is not { } known
            || day.Window.To > known.From
            || known.Length >= TimeSpan.FromDays(1)
        )
            return null;
        var back = TimeSpan.FromDays(Math.Ceiling((known.From - day.Window.To).TotalDays));
        var moved = new TimeWindow(known.From - back, known.To - back);
        return day.Window.From <= moved.From && moved.To <= day.Window.To
            ? PlannedWindow.At(moved, context.Sentence.Words(day.Start, day.End))
            : null;
    }

    // "and without it?": what was looked at last is what is left out now.
    private static IReadOnlyList<AttributeCondition>? LeftOut(IReadOnlyList<AttributeCondition> conditions) =>
        conditions is [.., { Operator: ConditionOperator.Equal } last]
            ? [.. conditions.SkipLast(1), last with { Operator = ConditionOperator.NotEqual }]
            : null;

    /// <summary>A question of its own that leaves out its subject: "who owns it?", "show me the failed traces".</summary>
    public static QuestionPlan Complete(ReadingContext context, QuestionPlan plan)
    {
        var previous = context.Request.Previous!;
        var s = context.Sentence;
        s.Use(Concept.FollowUp, Concept.Pronoun, Concept.OnlyFor);
        if (
            plan.Kind
                is QuestionKind.Trace
                    or QuestionKind.Affected
                    or QuestionKind.Involved
                    or QuestionKind.Overview
                    or QuestionKind.Services
                && !s.HasAny(Concept.Pronoun)
            || s.HasAny(Concept.Overall, Concept.Every) && !s.HasAny(Concept.Pronoun, Concept.Trace)
        )
            return plan;
        if (plan.Comparison is { Before.Service: not null })
            return plan;
        var bare = plan.Services.Count == 0 && plan.Operations.Count == 0;
        var inherits =
            plan.Kind
            is QuestionKind.Measure
                or QuestionKind.Series
                or QuestionKind.Comparison
                or QuestionKind.Traces
                or QuestionKind.Breakdown
                or QuestionKind.Operations;
        var same = s.HasAny(Concept.FollowUp);
        var services = Services(context, plan with { Services = previous.Plan.Services }, previous);
        if (
            plan.Kind is QuestionKind.Changes
            && !s.HasAny(Concept.Pronoun)
            && plan.Window?.Source is not PlannedWindow.FromConversation
            && !s.HasAny(Concept.Earlier)
        )
            services = plan.Services;
        // "only the feature flags, please": of the same services, whoever changed first.
        if (plan.Kind == QuestionKind.Changes && previous.Plan.Kind == QuestionKind.Changes)
            services = plan.Services.Count > 0 ? plan.Services : previous.Plan.Services;
        plan = Continued(context, plan, previous.Plan);
        return plan with
        {
            Services =
                plan.Services.Count > 0 || !bare && plan.Operations.Count > 0 && !Fits(plan.Operations, services)
                    ? plan.Services
                    : services,
            Operations = bare && inherits ? previous.Plan.Operations : plan.Operations,
            Conditions = inherits && (bare || same) ? Merged(previous.Plan.Conditions, plan.Conditions) : plan.Conditions,
        };
    }

    // What the question before asked decides what "how many?", "by mean?" and "by region?" mean.
    private static QuestionPlan Continued(ReadingContext context, QuestionPlan plan, QuestionPlan before)
    {
        if (plan is { Kind: QuestionKind.Breakdown, Breakdown: { Population: BreakdownPopulation.Bad } breakdown })
            return plan with
            {
                Breakdown = breakdown with
                {
                    Population = Population(before) is BreakdownPopulation.All ? BreakdownPopulation.Bad : Population(before),
                },
            };
        // After an error rate or a search for the cause of failures, the traces are those that failed.
        if (
            plan
                is {
                    Kind: QuestionKind.Traces,
                    Traces: { Failed: false, Succeeded: false, Slow: false, LongerThan: null, Order: TraceOrder.Newest } traces
                }
            && before
                is { Kind: QuestionKind.Measure, Measure: Measure.ErrorRate or Measure.FailedCount }
                    or { Kind: QuestionKind.Cause or QuestionKind.Overview, Trouble: Symptom.Errors }
            && !context.HasSubject
        )
            return plan with { Traces = traces with { Failed = true } };
        // After an error rate, "how many is that?" counts what failed.
        if (
            plan is { Kind: QuestionKind.Measure, Measure: Measure.RequestCount }
            && before is { Kind: QuestionKind.Measure, Measure: Measure.ErrorRate }
            && !context.HasSubject
            && !context.Sentence.Has(Concept.Request)
        )
            return plan with { Measure = Measure.FailedCount };
        if (
            plan is { Kind: QuestionKind.Measure, Measure: Measure.RequestCount }
            && before.Kind == QuestionKind.Traces
            && !context.Sentence.Has(Concept.Request)
        )
            return plan with { Measure = Measure.TraceCount, Traces = before.Traces };
        // After an error rate, the worst endpoint is the one with the highest.
        if (
            plan is { Kind: QuestionKind.Operations or QuestionKind.Services, Ranking: { } ranking }
            && before is { Kind: QuestionKind.Measure, Measure: { } measured }
            && context.Measure is not { Explicit: true }
            && measured is not (Measure.LogCount or Measure.SpanCount or Measure.TraceCount)
            && context.Sentence.Has(Concept.Top)
            && !context.Sentence.HasAny(Concept.Slow, Concept.Slowest, Concept.Failed, Concept.MostFailing, Concept.Busiest)
        )
            return plan with { Ranking = ranking with { By = measured } };
        var ranks =
            before.Kind is QuestionKind.Operations or QuestionKind.Services
            && context.Measure is { Explicit: true }
            && plan.Kind == QuestionKind.Measure
            && !context.HasSubject
            && before.Ranking is not null;
        return ranks ? plan with { Kind = before.Kind, Ranking = before.Ranking! with { By = plan.Measure!.Value } } : plan;
    }

    /// <summary>"Explain the slowest one", "show me that trace": one of the traces shown before.</summary>
    public static string? ShownTrace(ReadingContext context)
    {
        var s = context.Sentence;
        var shown = context.Request.Previous?.ShownTraces ?? [];
        if (shown.Count == 0 || !s.HasAny(Concept.Explain, Concept.TimeGoes, Concept.Show, Concept.Why) || s.HasWord("traces", "all"))
            return null;
        var one =
            s.HasAny(Concept.Slowest, Concept.Top, Concept.Newest, Concept.Fastest)
            || s.Has(Concept.Pronoun) && (s.HasAny(Concept.Trace) || s.HasAny(Concept.Explain, Concept.TimeGoes))
            || s.All(Concept.Pronoun).Any(p => s.Words(p.Start, p.End).Contains("trace", StringComparison.OrdinalIgnoreCase))
            || s.HasWord("one");
        if (!one || context.HasSubject)
            return null;
        s.Use(
            Concept.Explain,
            Concept.TimeGoes,
            Concept.Show,
            Concept.Slowest,
            Concept.Top,
            Concept.Newest,
            Concept.Fastest,
            Concept.Pronoun,
            Concept.Trace,
            Concept.Why,
            Concept.Slow
        );
        if (s.HasAny(Concept.Slowest))
            return shown.MaxBy(t => t.DurationMs)!.TraceId;
        return s.HasAny(Concept.Fastest) ? shown.MinBy(t => t.DurationMs)!.TraceId
            : s.HasWord("last") ? shown[^1].TraceId
            : s.HasWord("second") && shown.Count > 1 ? shown[1].TraceId
            : shown[0].TraceId;
    }

    private static bool Fits(IReadOnlyList<OperationReference> operations, IReadOnlyList<ServiceReference> services) =>
        services.Any(s => operations.Any(o => o.Services.Contains(s.Name)));

    private static IReadOnlyList<ServiceReference> Services(ReadingContext context, QuestionPlan plan, PreviousTurn previous)
    {
        if (context.Subject.Services.Count > 0)
            return context.Subject.Services;
        if (context.Subject.Operations.Count > 0 && !Fits(context.Subject.Operations, plan.Services))
            return [];
        // After "why", "it" is what the answer found.
        var focus = previous.FocusServices;
        if (
            focus.Count > 0
            && (plan.Services.Count == 0 || previous.Plan.Kind is QuestionKind.Cause or QuestionKind.Services or QuestionKind.Overview)
        )
            return [.. focus.Take(1).Select(f => new ServiceReference(f, Standing(context, f), PlannedWindow.FromConversation))];
        if (plan.Services.Count == 0 && previous.Plan.Comparison is { After.Service: { } compared })
            return [compared with { Words = PlannedWindow.FromConversation }];
        return [.. plan.Services.Select(x => x with { Words = PlannedWindow.FromConversation })];
    }

    private static ServiceStanding Standing(ReadingContext context, string name) =>
        context.Sentence.Index.Catalogue.Services.FirstOrDefault(c => c.Name == name) is { Instrumented: false }
            ? ServiceStanding.Peer
            : ServiceStanding.Instrumented;

    /// <summary>What was said before still holds, but for attributes that something new is said of.</summary>
    public static IReadOnlyList<AttributeCondition> Merged(
        IReadOnlyList<AttributeCondition> before,
        IReadOnlyList<AttributeCondition> now
    ) =>
        [
            .. before
                .Where(b => now.All(n => n.Key != b.Key || n.Scope != b.Scope))
                .Select(b => b with { Words = PlannedWindow.FromConversation }),
            .. now,
        ];

    private static BreakdownPopulation Population(QuestionPlan plan) =>
        plan.Measure switch
        {
            Measure.ErrorRate or Measure.FailedCount => BreakdownPopulation.Failed,
            { } m when m.IsLatency() => BreakdownPopulation.Slow,
            _ => plan.Kind is QuestionKind.Cause or QuestionKind.Affected or QuestionKind.Overview ? BreakdownPopulation.Bad
            : plan.Traces is { Failed: true } ? BreakdownPopulation.Failed
            : BreakdownPopulation.All,
        };
}

/// <summary>What the conversation is about: the last plan that was carried out, and what its answer named.</summary>
public sealed record PreviousTurn
{
    public required QuestionPlan Plan { get; init; }

    /// <summary>The services that the answer puts first: the cause, the worst, the only match. "It" means these, where the plan names
    /// none.</summary>
    public IReadOnlyList<string> FocusServices { get; init; } = [];

    /// <summary>The answer's traces in the order shown, at most the first 100. "The slowest one" is found here.</summary>
    public IReadOnlyList<ShownTrace> ShownTraces { get; init; } = [];

    /// <summary>The operations that the answer puts first.</summary>
    public IReadOnlyList<string> FocusOperations { get; init; } = [];

    /// <summary>The trouble that the answer told; null where it told none.</summary>
    public TroubleFocus? Trouble { get; init; }
}

/// <summary>A trace that an answer showed.</summary>
public sealed record ShownTrace(string TraceId, double DurationMs, int ErrorSpans);
