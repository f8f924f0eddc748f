using Copilot.Language.Lexicon;
using Copilot.Language.Linking;
using Copilot.Language.Plans;
using Copilot.Language.Questions;
using Copilot.Language.Sentences;
using Copilot.Telemetry.Records;

namespace Copilot.Language.Asks;

/// <summary>Reads all that a question asks for: each ask by itself, with the times and names told around it, and after the asks before
/// it.</summary>
internal static partial class Several
{
    private const int Most = 6;

    public static QuestionPlan Read(Sentence whole, InterpreterRequest request, Func<Sentence, InterpreterRequest, QuestionPlan> one)
    {
        // "X has high latency. What is the reason?", of a single trace.
        if (OneTrace.Read(whole, request) is { } explained)
            return explained;
        var clauses = ClauseJoins.WithSplits(whole, AskClauses.Split(whole));
        var asks = clauses.Where(c => c.Asking == Asking.Surely).ToList();
        if (asks.Count == 0)
            asks = Likely(whole, [.. clauses.Where(c => c.Asking == Asking.Perhaps)]);
        whole = whole.Part([(0, whole.Tokens.Count)], request.Previous is not null);
        if (asks.Count == 0 || clauses.Count == 1)
        {
            var refused =
                clauses.Count > 1
                    ? clauses
                        .Select(c => Readings.Refusals.Read(whole.Part([(c.Start, c.End)]), true, within: true))
                        .FirstOrDefault(r => r is { Kind: RefusalKind.Action or RefusalKind.Manipulation })
                    : null;
            return refused is null ? one(whole, request) : Refused(refused, request);
        }

        // An order among questions is refused by itself; alone it is all there is to say.
        var order = clauses
            .Where(c => !asks.Contains(c))
            .Select(c => Readings.Refusals.Read(whole.Part([(c.Start, c.End)]), true, within: true))
            .FirstOrDefault(r => r is { Kind: RefusalKind.Action or RefusalKind.Manipulation });
        // "X is broken since the new version. Roll it back!": nothing but the order is wanted.
        if (order is not null && !clauses.Any(c => c.Asking == Asking.Surely))
            return Refused(order, request);
        var plans = new List<QuestionPlan>();
        var previous = request.Previous;
        var scopes = new AskScopes(whole, clauses, [.. asks]);
        foreach (var ask in asks.Take(Most))
        {
            if (scopes.IsLead(ask))
                continue;
            // "the slowest checkout, and where did its time go?"
            if (
                plans.Count > 0
                && whole.MayMeanIn(ask.Start, ask.End, Concept.TimeGoes)
                && !whole.LinksIn(ask.Start, ask.End).Any()
                && Slowest(plans[^1]) is { } slowest
            )
            {
                plans[^1] = slowest;
                plans.Add(plans[^1] with { Kind = QuestionKind.Trace, Traces = null, AboutFound = true });
                continue;
            }

            var plan = FullestReading.Of(
                whole,
                asks.Count == 1 ? clauses : [.. clauses.Where(c => !asks.Contains(c) && FullestReading.IsBefore(asks, c, ask))],
                scopes.Around(ask),
                ranges => one(whole.Part(ranges, previous is not null), request with { Previous = previous })
            );
            // "I need two numbers", "three things": what names nothing only leads up to what is asked.
            if (
                plan.Kind == QuestionKind.Clarify
                && asks.Count > 1
                && !whole.LinksIn(ask.Start, ask.End).Any()
                && (!HasMeasure(whole, ask) || !whole.TimesIn(ask.Start, ask.End).Any() && !whole.Tokens[ask.End - 1].IsSymbol("?"))
            )
            {
                scopes.Drop(ask);
                continue;
            }

            // What is told around a single ask may be part of it after all: "flag changes only, no deploys: what happened since 8?"
            if (
                asks.Count == 1
                && (plan.Kind == QuestionKind.Clarify || plan.Kind == QuestionKind.Overview && NamesChanges(whole, clauses))
            )
                return one(whole, request);
            // "Signs are late again. Who gets woken?": of what is told before; "Sev1! Who gets woken?" names nothing.
            if (
                asks.Count == 1
                && request.Previous is null
                && OwnersOfTrouble.IsOfNobody(plan)
                && one(whole, request) is { } told
                && told.Services.All(service => service.Standing != ServiceStanding.Unknown)
            )
                return told;
            if (
                plan is { Kind: QuestionKind.Unsupported, Refusal.Kind: RefusalKind.Action or RefusalKind.Manipulation }
                || asks.Count == 1 && plan.Kind == QuestionKind.Unsupported
            )
                return plan;
            // "the essay I can write myself": said beside what is asked.
            if (plan.Kind == QuestionKind.Unsupported && !whole.Tokens[ask.End - 1].IsSymbol("?"))
                continue;
            // "explain trace X: total duration, which services were in it": one answer tells all of a trace.
            if (
                plans.Exists(p => p.Kind == QuestionKind.Trace)
                && plan.Kind
                    is QuestionKind.Query
                        or QuestionKind.Services
                        or QuestionKind.Operations
                        or QuestionKind.Overview
                        or QuestionKind.Clarify
                        or QuestionKind.Measure
                && !whole.LinksIn(ask.Start, ask.End).Any()
            )
                continue;
            // "for the root-cause annex I want the raw material": named in passing.
            if (
                asks.Count > 1
                && plan.Kind is QuestionKind.Cause or QuestionKind.Overview or QuestionKind.Affected or QuestionKind.Summary
                && !whole.Tokens[ask.End - 1].IsSymbol("?")
                && !whole.LinksIn(ask.Start, ask.End).Any()
                && !whole.TimesIn(ask.Start, ask.End).Any()
                && !whole.MayMeanIn(ask.Start, ask.End, Concept.What, Concept.Which, Concept.Who, Concept.Why, Concept.Where)
            )
                continue;
            // "the exceptions of X, and how often": they are told with how often each was thrown.
            if (
                plans is [.., { Frame: { Act: Frames.FrameAct.Errors or Frames.FrameAct.Rank } or { By.Count: > 0 } }]
                && plan.Frame is { Measures: [{ Kind: MeasureKind.Count }], State: RecordState.Any }
                && !whole.LinksIn(ask.Start, ask.End).Any()
                && !whole.MayMeanIn(ask.Start, ask.End, Concept.Request)
            )
                continue;
            // "what was changed, and by whom?": changes tell that.
            if (
                plans is [.., { Kind: QuestionKind.Changes }]
                && !whole.LinksIn(ask.Start, ask.End).Any()
                && whole.MayMeanIn(ask.Start, ask.End, Concept.Who)
                && !whole.MayMeanIn(ask.Start, ask.End, Concept.Owner, Concept.OnCall, Concept.Contact, Concept.Team)
            )
                continue;
            // "when was it last deployed, and to which version?": changes tell that, too.
            if (
                plans is [.., { Kind: QuestionKind.Changes }]
                && whole.LinksIn(ask.Start, ask.End).ToList() is [{ Kind: LinkKind.Key } version]
                && version.Targets.Any(t => t.Key == "service.version")
                && !HasMeasure(whole, ask)
            )
                continue;
            // "which minute was the worst, the one where most requests failed?": the same, said twice.
            if (
                plans.Exists(p =>
                    Repetitions.IsSameFigure(p, plan) || Repetitions.IsOfPeak(p, plan) && !whole.TimesIn(ask.Start, ask.End).Any()
                )
            )
                continue;
            // "who owns it, and who is on call there?" is one answer.
            if (
                plan.Kind == QuestionKind.Owners
                && plans.FindIndex(p => p.Kind == QuestionKind.Owners && p.Unowned == plan.Unowned && Repetitions.SameServices(p, plan))
                    is >= 0
                        and var at
            )
            {
                plans[at] = plans[at] with { OnCall = plans[at].OnCall || plan.OnCall };
                continue;
            }

            // "Whose is it, I mean, which team does it belong to?": the same said again.
            if (plans.Exists(p => Repetitions.IsSame(p, plan)))
                continue;
            // "requests per carrier, and what was the mean latency for each of them?": one more column.
            if (
                plans is [.., { Frame: { Act: Frames.FrameAct.Measure, By.Count: > 0, Measures.Count: > 0 } table } split]
                && plan.Frame is { Act: Frames.FrameAct.Measure, By.Count: 0, Sides: null, OverTime: false } more
                && more.Over == table.Over
                && (
                    whole.MayMeanIn(ask.Start, ask.End, Concept.Together, Concept.Every, Concept.By)
                    || more.Measures is [{ Kind: MeasureKind.Failed or MeasureKind.ErrorRate }]
                        && whole.MayMeanIn(ask.Start, ask.End, Concept.Pronoun)
                )
                && !whole.LinksIn(ask.Start, ask.End).Any()
                && (whole.Times.Count == 1 || !whole.TimesIn(ask.Start, ask.End).Any())
            )
            {
                plans[^1] = split with { Frame = table with { Measures = [.. table.Measures, .. more.Measures] } };
                continue;
            }

            // "what were the median, the 90th and the 99th percentile?": figures of one and the same.
            if (plans.Count > 0 && CommonSubject.Listed(whole, ask, plans[^1], plan) is { } longer)
            {
                plans[^1] = longer;
                continue;
            }

            // "mean of A against B: who is worse?": what was set against each other says so.
            if (
                plans is [.., { Frame.Sides: not null }]
                && plan.Frame?.Sides is not null
                && !whole.LinksIn(ask.Start, ask.End).Any()
                && !whole.TimesIn(ask.Start, ask.End).Any()
            )
                continue;
            // "Were there failed requests? I need the number.": the number is all that is wanted.
            if (plans is [.., { Kind: QuestionKind.Traces or QuestionKind.Measure }] && IsBareCount(whole, ask))
                plans.RemoveAt(plans.Count - 1);
            plans.Add(plan with { AboutFound = plans.Count > 0 && IsAboutFound(whole, ask, plans[^1], plan) });
            previous = new PreviousTurn
            {
                Plan =
                    plan.Kind == QuestionKind.Clarify
                        ? Named(whole.Part([(ask.Start, ask.End)]), request with { Previous = previous }, plan)
                        : plan with
                        {
                            More = [],
                        },
            };
        }

        if (plans.Count == 0)
            return one(whole, request);
        if (CommonTime.Of(whole, plans) is { } common)
            plans = plans.ConvertAll(p => p.Window is { IsDefault: true } ? p with { Window = common } : p);
        if (CommonSubject.Of(whole, asks, plans) is { } shared)
            plans = [shared];
        // "Somebody says p95? I'd love that of X, 8 to 9": a figure without a time, said again with it.
        if (plans.Exists(p => p.Window is { IsDefault: false }) && plans.Count > 1)
            plans.RemoveAll(p => p.Window is { IsDefault: true } && plans.Exists(again => again != p && Repetitions.IsSaidAgain(p, again)));
        if (order is not null)
            plans.Add(Refused(order, request));
        // "How bad was it? p99 of X": what only leads up to a question is answered by it.
        if (plans.Count > 1 && plans.Exists(p => !IsVague(p)))
            plans.RemoveAll(IsVague);
        // "Did the rollback help? Error rate five minutes before it and after": the figures say whether it did.
        if (
            plans is [{ Kind: QuestionKind.Changes or QuestionKind.Affected or QuestionKind.Cause }, var figures]
            && scopes.IsJudged(asks[0])
        )
        {
            if (figures.Baseline is not null || figures.Frame?.Sides is not null)
                plans.RemoveAt(0);
        }
        // "I want to understand whom it hit: error rate of each tier, 8 to 9": the figures say whom.
        else if (
            plans is [{ Kind: QuestionKind.Affected or QuestionKind.Cause or QuestionKind.Overview }, { Frame.Measures.Count: > 0 }]
            && whole.Tokens[asks[0].End - 1].IsSymbol(":")
        )
        {
            plans.RemoveAt(0);
        }
        // "is it only one region or all? p95 of checkout per region": the figures say so.
        else if (
            plans is [var lead, { Frame: { Act: Frames.FrameAct.Measure, Measures.Count: > 0 } } or { Kind: QuestionKind.Breakdown }]
            && (
                lead.Kind is not (QuestionKind.Period or QuestionKind.Owners or QuestionKind.Changes or QuestionKind.Query)
                || lead.Frame is { Act: Frames.FrameAct.Measure, Measures: [{ Kind: MeasureKind.Count }], By.Count: 0 }
            )
            && IsYesOrNo(whole, asks[0])
            && !IsYesOrNo(whole, asks[1])
        )
        {
            plans.RemoveAt(0);
        }
        // "did CHF recover? success rate of CHF since 8", "did X get slower? p95 of 1.2 against 1.3"
        else if (
            plans is [{ Kind: QuestionKind.Period or QuestionKind.Traces }, { Frame.Measures.Count: > 0 }]
            && whole.MeansAt(asks[0].Start, Concept.Do, Concept.Be)
            && whole.Tokens[asks[0].End - 1].IsSymbol("?")
        )
        {
            plans.RemoveAt(0);
        }

        // What is clear is answered; what is not says so in its place.
        return plans.TrueForAll(p => p.Kind is QuestionKind.Clarify or QuestionKind.Unsupported)
            ? plans[0]
            : plans[0] with
            {
                More = [.. plans.Skip(1)],
            };
    }

    // One trace: the only one that is listed, or the one that is longest.
    private static QuestionPlan? Slowest(QuestionPlan plan) =>
        plan is { Kind: QuestionKind.Traces, Traces.Limit: 1 } ? plan
        : plan.Frame is { By.Count: 0, Measures: [{ Kind: MeasureKind.Maximum, Of: null }] } || plan.Measure == Measure.Max
            ? plan with
            {
                Kind = QuestionKind.Traces,
                Frame = null,
                Measure = null,
                Traces = new TraceSelection { Order = TraceOrder.Slowest, Limit = 1 },
            }
        : null;

    // The only one that may ask; of several the one that says how it is to be told: "one bad pod or both? failed charges per pod".
    private static List<AskClause> Likely(Sentence whole, List<AskClause> perhaps)
    {
        if (perhaps.Count == 1)
            return perhaps;
        var split = perhaps
            .Where(c =>
                whole.MayMeanIn(c.Start, c.End, AskConcepts.Weak)
                && whole.MarksIn(c.Start, c.End).Any(m => m.Senses.Contains(Concept.By) && whole.LinkAt(m.End) is { Kind: LinkKind.Key })
            )
            .ToList();
        return split.Count == 1 ? split : [];
    }

    private static bool NamesChanges(Sentence whole, IReadOnlyList<AskClause> clauses) =>
        clauses.Any(c =>
            c.Asking == Asking.Perhaps
            && c.End - c.Start <= 6
            && whole.MayMeanIn(c.Start, c.End, Readings.Intents.Changes)
            && whole.MayMeanIn(c.Start, c.End, Concept.OnlyFor, Concept.Negation, Concept.Without, Concept.FollowUp)
        );

    private static QuestionPlan Refused(Refusal refusal, InterpreterRequest request) =>
        new()
        {
            Kind = QuestionKind.Unsupported,
            AsOfNs = UnixNanos.From(request.AsOf),
            Refusal = refusal,
        };

    private static bool IsVague(QuestionPlan plan) => plan is { Kind: QuestionKind.Overview, Confidence: < Sure };

    private const double Sure = 0.7;

    // What was asked there is not clear, but what it was about holds for what is asked next.
    private static QuestionPlan Named(Sentence clause, InterpreterRequest request, QuestionPlan plan)
    {
        var subject = SubjectReader.Read(clause);
        var context = new Readings.ReadingContext(clause, subject, request, null, Readings.AnchorReader.Read(clause, subject));
        return plan with
        {
            Window = Readings.WindowPlanner.Plan(context, QuestionKind.Measure),
            Services = subject.Services.Count > 0 ? subject.Services : request.Previous?.Plan.Services ?? [],
            Operations = subject.Operations,
            Conditions = subject.Conditions,
        };
    }

    private static bool HasMeasure(Sentence whole, AskClause ask) =>
        whole.MayMeanIn(
            ask.Start,
            ask.End,
            Concept.ErrorRate,
            Concept.Percentile,
            Concept.Median,
            Concept.Mean,
            Concept.Throughput,
            Concept.Failed
        );

    // "which service is the cause, and who owns it?"
    private static bool IsAboutFound(Sentence whole, AskClause ask, QuestionPlan before, QuestionPlan plan) =>
        Finds(before)
        && plan.Kind
            is QuestionKind.Owners
                or QuestionKind.Changes
                or QuestionKind.Query
                or QuestionKind.Period
                or QuestionKind.Callers
                or QuestionKind.Callees
        && !whole.LinksIn(ask.Start, ask.End).Any(l => l.Kind is LinkKind.Service or LinkKind.Team or LinkKind.Person);

    private static bool Finds(QuestionPlan plan) =>
        plan.AboutFound
        || plan.Kind is QuestionKind.Cause or QuestionKind.Overview or QuestionKind.Services or QuestionKind.Trace
        || plan.Frame is { Act: Frames.FrameAct.Rank };
}
