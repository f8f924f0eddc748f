using Copilot.Language.Asks;
using Copilot.Language.Lexicon;
using Copilot.Language.Linking;
using Copilot.Language.Plans;
using Copilot.Language.Questions;
using Copilot.Language.Readings;
using Copilot.Language.Sentences;
using Copilot.Telemetry.Records;
using Copilot.Telemetry.Text;

namespace Copilot.Language;

/// <summary>Reads a question in plain words. Pure: the same request gives the same plan; it never throws on any text.</summary>
public interface IInterpreter
{
    /// <summary>The best reading: a plan to carry out, a question back (<see cref="QuestionKind.Clarify"/>) or a refusal.</summary>
    QuestionPlan Interpret(InterpreterRequest request, KnownNames catalogue);
}

/// <summary>The built-in interpreter: text → typed tokens → names of the catalogue and concepts → scored readings → a plan.</summary>
public sealed class Interpreter : IInterpreter
{
    /// <summary>Below this no reading is believed.</summary>
    private const double Believed = 0.5;

    /// <summary>From here on a reading was asked for by its own words.</summary>
    private const double Sure = 0.7;

    private static readonly Concept[] Definite =
    [
        Concept.Count,
        Concept.Share,
        Concept.When,
        Concept.Began,
        Concept.Ended,
        Concept.Ongoing,
        Concept.Lasting,
        Concept.Ordinal,
        Concept.ErrorText,
        Concept.Says,
        Concept.Negation,
    ];

    public QuestionPlan Interpret(InterpreterRequest request, KnownNames catalogue)
    {
        var index = KnownNamesIndex.Of(catalogue);
        var whole = SentenceReader.Read(request.Question, request.AsOf, request.TimeZone, index);
        if (ShortTurns.Read(whole, request) is { } turn)
            return turn;
        var read = Several.Read(whole, request, (clause, asked) => ReadAsked(clause, asked, catalogue));
        if (AskReader.OneThing(whole.Part([(0, whole.Tokens.Count)]), request, read) is { } one)
            return one;
        var settled = Kinds(request, catalogue).SettleWhole(whole.Part([(0, whole.Tokens.Count)]), read);
        // Each ask was looked at when it was read.
        if (!ReferenceEquals(settled, read))
            read = CallPaths.Kept(whole.Part([(0, whole.Tokens.Count)]), settled);
        if (LeftOver.Named(whole, read, request, catalogue) is { } named && named != request.Question)
            return Interpret(request with { Question = named }, catalogue);
        read = OneTrace.OfSlowest(whole, read);
        if (LeftOver.Read(whole, read, request, catalogue) is { } left)
            return left;
        var plan = TroubleTraces.Of(Settled(read, request, catalogue), request.Previous);
        plan = CarriedConditions.Of(whole, plan, request.Question);
        // After another question they are of what that one found.
        return request.Previous is null ? OwnersOfTrouble.Of(whole, Pointers.Resolved(whole, plan)) : plan;
    }

    // "the gateway", where several are called so: a choice, not an unknown name.
    private static QuestionPlan Settled(QuestionPlan plan, InterpreterRequest request, KnownNames catalogue)
    {
        if (plan.Services.FirstOrDefault(s => s.Standing == ServiceStanding.Unknown) is not { } unknown)
            return plan;
        var word = NameParts.Of(unknown.Name) is [.., var last] ? last : null;
        var called = catalogue
            .Services.Where(s => s.Instrumented && NameParts.Of(s.Name).Contains(word))
            .Select(s => s.Name)
            .Order()
            .ToList();
        if (word is null || NameParts.IsGeneric(word) || called.Count is < 2 or > LeftOver.MostChoices)
            return plan;
        return Clarifications.Instead(plan, Clarifications.Which(request.Question, unknown.Words, called));
    }

    private static readonly Clarification OneSide = new(
        "What should I compare with what? Name a measure and two windows, services or values.",
        [],
        []
    );

    // What the rules read, held against what was learned to be asked for.
    private static QuestionPlan ReadAsked(Sentence clause, InterpreterRequest request, KnownNames catalogue)
    {
        Sentence Fresh() => clause.Part([(0, clause.Tokens.Count)]);
        return CallPaths.Kept(Fresh(), Kinds(request, catalogue).Settle(Fresh(), ReadOne(Fresh(), request, catalogue)));
    }

    private static KindReader Kinds(InterpreterRequest request, KnownNames catalogue) =>
        new(request, (context, plan) => AskReader.Finished(context, Checked(context, plan, Sure, catalogue)));

    // What a clause asks for, on its own or after what was asked before it.
    private static QuestionPlan ReadOne(Sentence clause, InterpreterRequest request, KnownNames catalogue)
    {
        var plan = ReadEither(clause, request, catalogue);
        return
            plan is { Kind: QuestionKind.Clarify, Clarification.NotUnderstood: { Count: > 0 } left }
            && Orders.Among(clause, left) is { } order
            ? new QuestionPlan
            {
                Kind = QuestionKind.Unsupported,
                AsOfNs = plan.AsOfNs,
                Refusal = Refusals.OfAction(order),
            }
            : plan;
    }

    private static QuestionPlan ReadEither(Sentence clause, InterpreterRequest request, KnownNames catalogue)
    {
        var all = clause.Part([(0, clause.Tokens.Count)]);
        var older = ReadOld(clause, request, catalogue);
        if (older.Kind == QuestionKind.Unsupported)
            return older;
        // "compare the p95 of X", with one side only.
        if (
            older is { Kind: QuestionKind.Measure, Comparison: null }
            && request.Previous is null
            && clause.MarksOf(Concept.Compare).Any(m => older.Ignored.Contains(clause.Words(m.Start, m.End)))
        )
            older = older with { Kind = QuestionKind.Clarify, Clarification = OneSide };
        // What is no measure of two sides is not compared.
        if (
            older is
            { Kind: QuestionKind.Comparison, Measure: Measure.Share or Measure.LogCount or Measure.SpanCount or Measure.TraceCount }
        )
            older = older with { Kind = QuestionKind.Clarify, Clarification = OneSide };
        if (AskReader.Read(all, request) is not { } plan || IsOlder(older, plan, request))
            return older;
        // Both leave the same words over: the number would be about something else.
        return
            plan.Kind != QuestionKind.Clarify
            || older.Kind == QuestionKind.Clarify
            || plan.Clarification is { NotUnderstood.Count: 0, Choices.Count: > 0 }
            || older.Ignored.Any(plan.Ignored.Contains)
            || older.Ignored.Count > 0 && IsNumeric(older.Kind)
            ? plan
            : older;
    }

    // What the older reading tells more exactly: how services of a trace call each other, things that send no spans, a cause in a story full
    // of numbers, how many of the traces listed before.
    private static bool IsOlder(QuestionPlan older, QuestionPlan plan, InterpreterRequest request) =>
        older.Kind switch
        {
            QuestionKind.SpanQuery => plan.Kind == QuestionKind.Traces,
            QuestionKind.Peers => plan.Services.Any(s => s.Standing == ServiceStanding.Unknown),
            QuestionKind.Cause or QuestionKind.Affected => plan.Clarification is { NotUnderstood: { Count: > 0 } numbers }
                && numbers.All(n => n.Any(char.IsDigit) && !n.Any(char.IsLetter)),
            QuestionKind.Measure => older.Measure == Measure.TraceCount
                && request.Previous?.Plan.Kind == QuestionKind.Traces
                && plan.Frame is { Measures: [{ Kind: MeasureKind.Count }], By.Count: 0 },
            _ => false,
        };

    private static bool IsNumeric(QuestionKind kind) =>
        kind
            is QuestionKind.Measure
                or QuestionKind.Series
                or QuestionKind.Comparison
                or QuestionKind.Breakdown
                or QuestionKind.Operations
                or QuestionKind.Services
                or QuestionKind.Logs;

    private static QuestionPlan ReadOld(Sentence sentence, InterpreterRequest request, KnownNames catalogue)
    {
        var subject = SubjectReader.Read(sentence);
        var context = new ReadingContext(sentence, subject, request, MeasureReader.Read(sentence), AnchorReader.Read(sentence, subject));
        var domain = context.HasSubject || context.Measure is not null || subject.Conditions.Count > 0;
        if (Refusals.Read(sentence, domain, sentence.IsPart) is { } refusal)
            return Refused(context, refusal);
        if (SpanQueries.Pasted(context) is { } pasted)
            return Spans(context, pasted, 0.9);
        if (SpanRequests.CountsOthers(sentence))
            return Clarifications.Plan(
                context,
                new Clarification(
                    "Within a trace I count spans, failed or not, and nothing else. Shall I look for traces with that many spans?",
                    [],
                    []
                )
            );
        var spans = SpanRequests.Read(context);
        if (spans is { OnlyTraceQl: true } only)
            return Whole(context, only.Query, 0.9);
        // What was read of a shape is not the shape that was asked for while words are left.
        if (SpanQueries.Read(context) is { } shape)
            return sentence.Ignored() is { Count: > 0 } left
                ? Clarifications.Plan(context, Clarifications.Unread(context, left))
                : Spans(context, shape, 0.9);
        var readings = Intents.Score(context);
        if (spans is { } fallback && (readings.Count == 0 || readings[0].Score < Believed))
            return Whole(context, fallback.Query, Believed);
        if (FollowUp.ShownTrace(context) is { } trace)
            return Finished(context, Empty(context, QuestionKind.Trace) with { TraceId = trace }, 0.95);
        if (FollowUp.IsFragment(context, readings))
            return FollowUp.Change(context) is { } changed ? Checked(context, changed, 0.85, catalogue) : NotUnderstood(context, catalogue);
        if (readings.Count == 0 || readings[0].Score < Believed)
            return NotUnderstood(context, catalogue);
        // "are all regions affected?": which of them fail, not which services.
        var kind =
            readings[0].Kind == QuestionKind.Affected && Asks.Groups.Asked(sentence) is not null
                ? QuestionKind.Breakdown
                : readings[0].Kind;
        var plan = PlanBuilder.Build(context, kind);
        if (request.Previous is not null)
            plan = FollowUp.Complete(context, plan);
        var read = Checked(context, plan, readings[0].Score, catalogue);
        // "something fails" asks how things are; with more than that said it asks for something else.
        if (read.Kind == QuestionKind.Overview && readings[0].Score < Sure && (read.Ignored.Count > 0 || sentence.MayMean(Definite)))
            return NotUnderstood(context, catalogue);
        return spans is { Counted: true } counted && !IsWhole(read)
            ? Whole(context, counted.Query, Believed) with
            {
                Measure = Measure.SpanCount,
            }
            : read;
    }

    // Nothing asked back, nothing left over, no name that nobody knows.
    private static bool IsWhole(QuestionPlan plan) =>
        plan is { Kind: not QuestionKind.Clarify, Ignored.Count: 0 } && plan.Services.All(s => s.Standing != ServiceStanding.Unknown);

    // The translator has read every word in its own way.
    private static QuestionPlan Whole(ReadingContext context, string query, double score)
    {
        context.Sentence.Use(0, context.Sentence.Tokens.Count);
        return Spans(context, query, score);
    }

    private static QuestionPlan Spans(ReadingContext context, string query, double score) =>
        Finished(
            context,
            Empty(context, QuestionKind.SpanQuery) with
            {
                TraceQl = query,
                Window = WindowPlanner.Plan(context, QuestionKind.SpanQuery),
            },
            score
        );

    private static QuestionPlan Checked(ReadingContext context, QuestionPlan plan, double score, KnownNames catalogue)
    {
        var unknown = UnknownNames.Find(context, plan);
        if (unknown.Count > 0)
            plan = plan with { Services = [.. plan.Services, .. unknown] };
        if (Clarifications.Of(context, plan, catalogue) is { } clarification)
            return Clarifications.Plan(context, clarification);
        return Finished(context, plan, score);
    }

    private static QuestionPlan Finished(ReadingContext context, QuestionPlan plan, double score) =>
        plan with
        {
            Ignored = context.Sentence.Ignored(),
            Chips = Chips.Of(plan),
            Confidence = Math.Min(1, score),
        };

    private static QuestionPlan NotUnderstood(ReadingContext context, KnownNames catalogue)
    {
        if (Refusals.IsForeign(context))
            return Refused(
                context,
                new Refusal(
                    RefusalKind.OffTopic,
                    "I know about your services, traces, logs, changes and owners; I do not see what this has to do with them. Name a service, or ask \"what is going wrong?\"."
                )
            );
        if (context.Sentence.Has(Concept.Help))
            return Clarifications.NotUnderstood(context, [], catalogue);
        return Clarifications.NotUnderstood(context, Ununderstood(context), catalogue);
    }

    private static IReadOnlyList<string> Ununderstood(ReadingContext context)
    {
        var words = context.Sentence.Ignored();
        return words.Count > 0
            ? words
            : [.. new[] { context.Request.Question.Trim() }.Where(q => q.Length > 0).Select(q => TextStart.Of(q, 60))];
    }

    private static QuestionPlan Refused(ReadingContext context, Refusal refusal) =>
        Empty(context, QuestionKind.Unsupported) with
        {
            Refusal = refusal,
        };

    private static QuestionPlan Empty(ReadingContext context, QuestionKind kind) =>
        new() { Kind = kind, AsOfNs = UnixNanos.From(context.Request.AsOf) };
}

/// <summary>What the interpreter reads.</summary>
public sealed record InterpreterRequest
{
    public required string Question { get; init; }

    public required DateTimeOffset AsOf { get; init; }

    public TimeZoneInfo TimeZone { get; init; } = TimeZoneInfo.Utc;

    /// <summary>The turn before in the conversation; null where there is none.</summary>
    public PreviousTurn? Previous { get; init; }
}
