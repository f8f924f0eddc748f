using Copilot.Language.Frames;
using Copilot.Language.Kinds;
using Copilot.Language.Linking;
using Copilot.Language.Plans;
using Copilot.Language.Questions;
using Copilot.Language.Readings;
using Copilot.Language.Sentences;
using Copilot.Language.Tokens;

namespace Copilot.Language.Asks;

/// <summary>Holds what the rules read against the kind of answer that was learned to be asked for (decision 37): where both agree, or what was
/// learned is not sure, the rules' reading stands; where it is sure of another kind, the clause is read as that kind, and where that cannot be
/// done, it is asked back.</summary>
internal sealed class KindReader(InterpreterRequest request, Func<ReadingContext, QuestionPlan, QuestionPlan> check)
{
    /// <summary>So many words make a sentence of which the kind can be told.</summary>
    private const int Words = 6;

    /// <summary>What the rules read is unlikely below this.</summary>
    private const double Unlikely = 0.1;

    /// <summary>Another kind is likely from here on.</summary>
    private const double Likely = 0.6;

    /// <summary>What cannot be read as the likelier kind is asked back only where there is next to no doubt.</summary>
    private const double Hardly = 0.04;

    private const double Certain = 0.75;

    /// <summary>From here on a question that the rules would ask back is read as that kind.</summary>
    private const double Sure = 0.85;

    /// <summary>Of all that was said, so much is sure that what is told around it must be part of the question.</summary>
    private const double Surely = 0.9;

    /// <summary>"latency was bad from 8:08 to 8:10, which services felt it?" was read as two questions and asks one: where what was learned is
    /// sure of a kind that no part was read as, all of it is read as that kind.</summary>
    /// <param name="whole">All that was said, nothing of it used.</param>
    /// <param name="read">What its parts were read as.</param>
    public QuestionPlan SettleWhole(Sentence whole, QuestionPlan read)
    {
        if (!Tells(whole) || request.Previous is not null || read.More.Prepend(read).Any(IsFound) || AsksForErrors(whole, read))
            return read;
        // What is asked back was doubted already.
        if (read is { Kind: QuestionKind.Clarify, More.Count: 0 })
            return read;
        var (kind, likely) = KindModel.Learned.Judge(KindFeatures.Of(KindFeatures.Masked(whole))).MaxBy(j => j.Value);
        if (likely < Surely || read.More.Prepend(read).Any(p => AskKinds.Of(p) is { } told && (told == kind || AreAlike(told, kind))))
            return read;
        return As(kind, whole) is { Kind: not QuestionKind.Clarify } other ? other : read;
    }

    // "the most frequent exceptions, with counts": what was thrown, however it is ordered.
    private static bool AsksForErrors(Sentence s, QuestionPlan read) =>
        read.Frame is { Act: FrameAct.Errors } && ErrorNouns.Heads(s, 0, s.Tokens.Count);

    // Two sides that were found, one thing by its id, the teams of a trouble, a course over time are what they are; other kinds were not learned.
    private static bool IsFound(QuestionPlan read) =>
        read.Baseline is not null
        || read.Comparison is not null
        || read.Frame is { Sides: not null } or { OverTime: true, Step: not null } or { OverTime: true, By.Count: > 0 }
        || read.Kind == QuestionKind.Traces && read.Conditions.Any(Identifiers.AreTold)
        || read.Kind
            is QuestionKind.Involved
                or QuestionKind.Unsupported
                or QuestionKind.SpanQuery
                or QuestionKind.Peers
                or QuestionKind.Resources;

    // Few words tell no kind, and a pasted alert is no sentence.
    private static bool Tells(Sentence clause) =>
        clause.Language is null
        && clause.Tokens.Count(t => t.Kind == WordTokenKind.Word) >= Words
        && !clause.Tokens.Any(t => t.Kind == WordTokenKind.TraceId || t.IsSymbol("=") || t.IsSymbol("["));

    /// <param name="clause">Nothing of it used.</param>
    /// <param name="read">What the rules read.</param>
    public QuestionPlan Settle(Sentence clause, QuestionPlan read)
    {
        if (!Tells(clause) || IsFound(read) || AsksForErrors(clause, read))
            return read;
        // "Which service do you mean?": nothing that another kind would answer.
        if (read is { Kind: QuestionKind.Clarify, Clarification.NotUnderstood.Count: 0 })
            return read;
        var judged = KindModel.Learned.Judge(KindFeatures.Of(KindFeatures.Masked(clause)));
        var (kind, likely) = judged.MaxBy(j => j.Value);
        if (read.Kind == QuestionKind.Clarify)
            return likely >= Sure && As(kind, clause) is { } understood && understood.Kind != QuestionKind.Clarify ? understood : read;
        if (AskKinds.Of(read) is not { } told || told == kind || !judged.TryGetValue(told, out var doubted))
            return read;
        if (request.Previous is not null && likely < Surely)
            return read;
        // "error rate of the refund operation": of one that is named there is no order.
        if (told == AskKind.Number && kind == AskKind.RankOperations && read.Operations.Count > 0)
            return read;
        // "what is up with payment": all that is known of it tells these, too.
        if (read is { Kind: QuestionKind.Overview, Services.Count: > 0 } && kind is (AskKind.Cause or AskKind.Summary or AskKind.Period))
            return read;
        if (doubted >= Unlikely || likely < (told == AskKind.Overview ? Sure : Likely) || AreAlike(told, kind))
            return read;
        if (As(kind, clause) is { } other)
            return other;
        // "were there failed requests?": the list tells how many.
        return request.Previous is null && doubted < Hardly && likely > Certain && (told, kind) is not (AskKind.Traces, AskKind.Number)
            ? Doubt(read, told, kind)
            : read;
    }

    // One figure or several, services by one relation or another: what the rules found is one of them.
    private static bool AreAlike(AskKind told, AskKind kind) =>
        Figures.Contains(told) && Figures.Contains(kind)
        // Who calls whom is told by the order of the words, which the rules read.
        || Directions.Contains(told) && Directions.Contains(kind)
        || kind == AskKind.Overview && Orders.Contains(told)
        || Services.Contains(told) && kind == AskKind.RankServices;

    private static readonly AskKind[] Figures = [AskKind.Number, AskKind.Table];

    private static readonly AskKind[] Directions = [AskKind.Callers, AskKind.Callees];

    private static readonly AskKind[] Orders = [AskKind.RankServices, AskKind.RankOperations, AskKind.By];

    private static readonly AskKind[] Services = [AskKind.Callers, AskKind.Callees, AskKind.Affected];

    private QuestionPlan? As(AskKind kind, Sentence clause)
    {
        var subject = SubjectReader.Read(clause);
        if (subject.Ambiguous.Count > 0)
            return null;
        var context = new ReadingContext(clause, subject, request, MeasureReader.Read(clause), AnchorReader.Read(clause, subject));
        var plan = kind switch
        {
            AskKind.Errors or AskKind.Period or AskKind.Summary => TroubleReader.Asked(context, kind),
            AskKind.Traces => subject.Uncalled.Count > 0 ? FrameReader.Read(context, asked: true) : TraceReader.Asked(context),
            AskKind.Logs => LogReader.Read(context),
            AskKind.Number
            or AskKind.Table
            or AskKind.By
            or AskKind.RankServices
            or AskKind.RankOperations
            or AskKind.Series
            or AskKind.Peak
            or AskKind.Comparison => FrameReader.Read(context, asked: true),
            AskKind.Owners => PlanBuilder.Build(context, QuestionKind.Owners),
            AskKind.Changes => PlanBuilder.Build(context, QuestionKind.Changes),
            AskKind.Callers => PlanBuilder.Build(context, Relations.Callees(context) > 0 ? QuestionKind.Callees : QuestionKind.Callers),
            AskKind.Callees => PlanBuilder.Build(context, Relations.Callers(context) > 0 ? QuestionKind.Callers : QuestionKind.Callees),
            AskKind.Cause => PlanBuilder.Build(context, QuestionKind.Cause),
            AskKind.Affected => PlanBuilder.Build(context, QuestionKind.Affected),
            AskKind.Overview => PlanBuilder.Build(context, QuestionKind.Overview),
            AskKind.Common => PlanBuilder.Build(context, QuestionKind.Breakdown),
            _ => null,
        };
        if (plan is null || AskKinds.Of(plan) != kind)
            return null;
        return check(context, plan);
    }

    private static QuestionPlan Doubt(QuestionPlan read, AskKind told, AskKind kind) =>
        Clarifications.Instead(
            read,
            new Clarification($"Do you want {KindWords.Of(kind)}, or {KindWords.Of(told)}? Please say it once more.", [], [])
        );
}
