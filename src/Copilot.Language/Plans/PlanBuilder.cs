using Copilot.Language.Lexicon;
using Copilot.Language.Linking;
using Copilot.Language.Questions;
using Copilot.Language.Readings;
using Copilot.Language.Sentences;
using Copilot.Language.Tokens;
using Copilot.Telemetry.Records;
using Copilot.TraceQL.Syntax;

namespace Copilot.Language.Plans;

/// <summary>Fills in what a kind of question needs.</summary>
internal static class PlanBuilder
{
    public static QuestionPlan Build(ReadingContext context, QuestionKind kind)
    {
        var sentence = context.Sentence;
        var subject = context.Subject;
        var plan = new QuestionPlan
        {
            Kind = kind,
            AsOfNs = UnixNanos.From(context.Request.AsOf),
            Window = WindowPlanner.Plan(context, kind),
            Services = subject.Services,
            Operations = subject.Operations,
            Conditions =
            [
                .. subject.Conditions.Where(c => !NamesChange(c, context.Anchor)),
                .. DurationConditions.Read(context, kind),
                .. StatusConditions.Read(context, kind),
            ],
            Measure = context.Measure?.Measure,
            Trouble = TroubleOf(sentence),
        };
        if (plan.Window?.Window is { } window)
            plan = plan with { Baseline = BaselineReader.Of(sentence, kind, window) };
        return kind switch
        {
            QuestionKind.Measure => Measured(plan, context),
            QuestionKind.Series => plan with { Measure = plan.Measure ?? Guessed(sentence) },
            QuestionKind.Comparison => ComparisonPlanner.Plan(
                plan with
                {
                    Measure = plan.Measure ?? context.Request.Previous?.Plan.Measure ?? Guessed(sentence),
                },
                context
            ),
            QuestionKind.Breakdown => Breakdowns.Plan(plan, context),
            QuestionKind.Traces => plan with { Measure = null, Traces = TraceSelections.Read(context) },
            QuestionKind.Trace => OneTrace(plan, sentence),
            QuestionKind.Operations or QuestionKind.Services => plan with { Ranking = Rankings.Read(context, kind) },
            QuestionKind.Callers or QuestionKind.Callees => plan with
            {
                Measure = null,
                Transitive = Transitive(sentence),
                Services = kind == QuestionKind.Callees ? [.. plan.Services.Take(1)] : plan.Services,
            },
            QuestionKind.Owners or QuestionKind.Involved => Owners(plan, context),
            QuestionKind.Changes => plan with { Measure = null, Changes = ChangeSelections.Read(context) },
            QuestionKind.Logs => LogSelections.Plan(plan, context),
            QuestionKind.Peers => Peers(plan, context),
            QuestionKind.Resources => Resources(plan, sentence),
            _ => plan with { Measure = null, Services = Origins(plan, sentence) },
        };
    }

    // "since the 2.1.0 deploy": the version tells the change, not which requests are meant.
    private static bool NamesChange(AttributeCondition condition, AnchorMention? anchor) =>
        condition.Key == "service.version"
        && (anchor?.After ?? anchor?.Before)?.Version is { } version
        && condition.Values is [var only]
        && only.TrimStart('v', 'V') == version;

    private static QuestionPlan Measured(QuestionPlan plan, ReadingContext context)
    {
        var s = context.Sentence;
        if (plan.Measure is Measure.Share)
        {
            var (whole, part) = ShareConditions.Split(s, plan.Conditions);
            if (ShareConditions.Verb(s) is { } verb)
                s.Use(verb, verb + 1);
            s.Use(Concept.Cause);
            // "what fraction of them were GET /search"
            return part.Count == 0 && plan.Operations.Count > 0
                ? plan with
                {
                    Operations = [],
                    Conditions = whole,
                    ShareOf =
                    [
                        new AttributeCondition(
                            AttributeScope.Intrinsic,
                            "name",
                            ConditionOperator.Equal,
                            [.. plan.Operations.Select(o => o.Name)],
                            ConditionValueType.Text,
                            true,
                            plan.Operations[0].Words
                        ),
                    ],
                }
                : plan with
                {
                    Conditions = whole,
                    ShareOf = part,
                };
        }

        if (plan.Measure is Measure.TraceCount || plan.Measure is Measure.RequestCount && s.HasAny(Concept.Slow, Concept.AboveAverage))
            return plan with { Measure = Measure.TraceCount, Traces = TraceSelections.Read(context) };
        return plan;
    }

    private static Measure Guessed(Sentence sentence)
    {
        if (sentence.HasAny(Concept.Failed))
        {
            sentence.Use(Concept.Failed);
            return sentence.Has(Concept.Request) || sentence.Has(Concept.Count) ? Measure.FailedCount : Measure.ErrorRate;
        }

        if (sentence.Has(Concept.Request) && sentence.HasWord("fewer", "less", "more") && !sentence.HasAny(Concept.Slow, Concept.Latency))
        {
            sentence.Use(Concept.Request);
            sentence.UseWords("fewer", "less", "more");
            return Measure.RequestCount;
        }

        if (sentence.HasAny(Concept.Traffic, Concept.Busiest) || sentence.HasWord("busier"))
        {
            sentence.Use(Concept.Traffic, Concept.Busiest);
            return Measure.Throughput;
        }

        // "Worse" without a word about time is about failing.
        if (
            !sentence.HasAny(Concept.Slow, Concept.Latency, Concept.AboveAverage, Concept.BelowAverage)
            && (sentence.Has(Concept.Trouble) || sentence.HasWord("better"))
        )
        {
            sentence.Use(Concept.Trouble);
            return Measure.ErrorRate;
        }

        sentence.Use(Concept.Slow, Concept.Latency);
        return Measure.P95;
    }

    private static Symptom? TroubleOf(Sentence sentence)
    {
        var failed = sentence.HasAny(Concept.Failed, Concept.MostFailing);
        var slow = sentence.HasAny(Concept.Slow, Concept.AboveAverage, Concept.Latency, Concept.Slowest);
        if (failed == slow)
            return null;
        return failed ? Symptom.Errors : Symptom.Latency;
    }

    // A cause is looked for everywhere below a service; an operation or a condition in a complaint only narrows by accident.
    private static IReadOnlyList<ServiceReference> Origins(QuestionPlan plan, Sentence sentence)
    {
        sentence.Use(
            Concept.Cause,
            Concept.Why,
            Concept.Affected,
            Concept.Overview,
            Concept.Failed,
            Concept.Slow,
            Concept.Trouble,
            Concept.Service,
            Concept.Which,
            Concept.Who,
            Concept.What,
            Concept.Where,
            Concept.Latency,
            Concept.Up,
            Concept.Request,
            Concept.Owner,
            Concept.Operation,
            Concept.Overall,
            Concept.Third,
            Concept.Exist,
            Concept.Show,
            Concept.Every,
            Concept.Explain
        );
        return plan.Services;
    }

    private static QuestionPlan OneTrace(QuestionPlan plan, Sentence sentence)
    {
        var at = sentence.Tokens.Select((t, i) => (t, i)).First(p => p.t.Kind == WordTokenKind.TraceId);
        sentence.Use(at.i, at.i + 1);
        sentence.Use(
            Concept.Explain,
            Concept.TimeGoes,
            Concept.Trace,
            Concept.Slow,
            Concept.Why,
            Concept.What,
            Concept.Pronoun,
            Concept.Failed,
            Concept.Show,
            Concept.Cause
        );
        return plan with { Measure = null, TraceId = at.t.Text, Window = null, Services = [], Operations = [], Conditions = [] };
    }

    private static QuestionPlan Owners(QuestionPlan plan, ReadingContext context)
    {
        var s = context.Sentence;
        s.Use(
            Concept.Show,
            Concept.Owner,
            Concept.OnCall,
            Concept.Contact,
            Concept.Channel,
            Concept.Team,
            Concept.Who,
            Concept.Which,
            Concept.What,
            Concept.Involve,
            Concept.Trouble,
            Concept.Failed,
            Concept.Slow,
            Concept.Third,
            Concept.Calls,
            Concept.Service
        );
        return plan with
        {
            Measure = null,
            OnCall = s.HasAny(Concept.OnCall, Concept.Contact),
            Teams = context.Subject.Teams,
            People = context.Subject.People,
        };
    }

    private static QuestionPlan Peers(QuestionPlan plan, ReadingContext context)
    {
        var s = context.Sentence;
        var (peers, at) = PeerReader.Read(s)!.Value;
        s.Use(at, at + 1);
        s.UseWords(
            "api",
            "apis",
            "dependency",
            "dependencies",
            "party",
            "queries",
            "query",
            "statements",
            "calls",
            "call",
            "system",
            "systems",
            "server",
            "servers",
            "sql"
        );
        s.Use(
            Concept.Third,
            Concept.Callees,
            Concept.Operation,
            Concept.Service,
            Concept.Slow,
            Concept.Slowest,
            Concept.Latency,
            Concept.Failed,
            Concept.MostFailing,
            Concept.Fine,
            Concept.Overview,
            Concept.Trouble,
            Concept.Which,
            Concept.Show,
            Concept.What,
            Concept.Every,
            Concept.AboveAverage,
            Concept.Top,
            Concept.Exist,
            Concept.Maximum,
            Concept.DependsOn
        );
        var own =
            context.Measure is { Explicit: true } && !s.HasAny(Concept.Which, Concept.Slowest, Concept.Top, Concept.Maximum, Concept.Every);
        var words = peers
            .Systems.Concat(
                s.LinksOf(LinkKind.Value).Where(l => l.Start <= at && at < l.End).SelectMany(l => l.Targets).Select(t => t.Name)
            )
            .ToHashSet(StringComparer.Ordinal);
        return plan with
        {
            Peers = peers with { Own = own },
            // The system is said by the selection, not by a filter on requests.
            Conditions = [.. plan.Conditions.Where(c => !c.Values.Any(words.Contains))],
            Ranking = new PlannedRanking(
                plan.Measure is Measure.ErrorRate or Measure.FailedCount
                || s.HasAny(Concept.Failed, Concept.MostFailing) && !s.HasAny(Concept.Slow, Concept.Slowest)
                    ? Measure.ErrorRate
                    : Measure.P95,
                Rankings.Limit(s)
            ),
        };
    }

    private static QuestionPlan Resources(QuestionPlan plan, Sentence sentence)
    {
        var (names, at) = ResourceReader.Read(sentence)!.Value;
        sentence.Use(at, at + 1);
        sentence.UseWords(
            "usage",
            "utilization",
            "utilisation",
            "consumption",
            "load",
            "use",
            "uses",
            "using",
            "used",
            "auslastung",
            "verbrauch",
            "footprint",
            "hog",
            "hungry"
        );
        sentence.Use(
            Concept.Calls,
            Concept.Count,
            Concept.Traffic,
            Concept.Mean,
            Concept.Maximum,
            Concept.Show,
            Concept.What,
            Concept.OverTime,
            Concept.Up,
            Concept.Which,
            Concept.Most,
            Concept.Top,
            Concept.Service
        );
        return plan with { Measure = null, Resources = names };
    }

    private static bool Transitive(Sentence sentence)
    {
        sentence.Use(
            Concept.Callers,
            Concept.Callees,
            Concept.Calls,
            Concept.DependsOn,
            Concept.Who,
            Concept.What,
            Concept.Which,
            Concept.Service,
            Concept.Show,
            Concept.Every
        );
        return sentence.HasWord("indirect", "indirectly", "transitive", "transitively", "recursively", "indirekt");
    }
}
