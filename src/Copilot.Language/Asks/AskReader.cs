using Copilot.Language.Frames;
using Copilot.Language.Lexicon;
using Copilot.Language.Linking;
using Copilot.Language.Plans;
using Copilot.Language.Questions;
using Copilot.Language.Readings;
using Copilot.Language.Sentences;
using Copilot.Language.Tokens;
using Copilot.Telemetry.Records;
using Copilot.TraceQL.Syntax;

namespace Copilot.Language.Asks;

/// <summary>Reads one clause; null where it asks for nothing that is read as a frame, a period, errors or a summary.</summary>
internal static class AskReader
{
    /// <param name="sentence">Fresh: nothing of it used yet.</param>
    public static QuestionPlan? Read(Sentence sentence, InterpreterRequest request)
    {
        UsePointers(sentence);
        UsePurpose(sentence);
        var subject = SubjectReader.Read(sentence);
        if (subject.Ambiguous.Count > 0)
            return null;
        var context = new ReadingContext(sentence, subject, request, null, AnchorReader.Read(sentence, subject));
        if (CountedPeople.Read(sentence, subject) is { } refusal)
            return new QuestionPlan
            {
                Kind = QuestionKind.Unsupported,
                AsOfNs = UnixNanos.From(request.AsOf),
                Refusal = refusal,
            };
        var plan = TraceReader.OfOneThing(context) ?? RecordReader.Read(context) ?? TroubleReader.Read(context);
        if (plan is null && TraceReader.Read(context) is { } traces)
            plan = FrameFollowUp.Complete(context, traces);
        if (plan is null && FrameReader.Read(context) is { } framed)
            plan = FrameFollowUp.Complete(context, framed);
        if (plan is null && IsFragment(sentence))
            plan = FrameFollowUp.Change(context);
        return plan is null ? null : Finished(context, plan);
    }

    /// <summary>"order 1006 was charged twice, show me what happened": the one thing that a part of the message names and what was read does
    /// not.</summary>
    /// <param name="whole">All that was said, nothing of it used.</param>
    /// <param name="read">What its parts were read as.</param>
    public static QuestionPlan? OneThing(Sentence whole, InterpreterRequest request, QuestionPlan read)
    {
        if (read.More.Prepend(read).Any(p => p.Conditions.Any(Identifiers.AreTold)))
            return null;
        var subject = SubjectReader.Read(whole);
        var context = new ReadingContext(whole, subject, request, null, AnchorReader.Read(whole, subject));
        return TraceReader.OfOneThing(context) is { } traces ? Finished(context, traces with { Services = [], Operations = [] }) : null;
    }

    /// <summary>Asks back where words are left that may narrow what was read.</summary>
    public static QuestionPlan Finished(ReadingContext context, QuestionPlan plan)
    {
        if (plan.Kind is QuestionKind.Clarify or QuestionKind.Unsupported)
            return plan;
        var sentence = context.Sentence;
        plan = Coherent(sentence, plan);
        if (context.Request.Previous is null && CountsNothing(context, plan))
            return Clarifications.Plan(
                context,
                new Clarification("How many of what? Name what I should count: \"how many requests of checkout failed\".", [], [])
            );
        if (plan.Window is { IsDefault: true } && Clarifications.Unplaced(context) is { } unplaced)
            return Clarifications.Plan(context, unplaced);
        // What was thrown, and one thing by its id, is told whatever story it is asked with; of records with a text only what a field of theirs would hold.
        IReadOnlyList<string> left =
            plan.Frame is { Act: FrameAct.Errors } || plan is { Kind: QuestionKind.Traces } && plan.Conditions.Any(Identifiers.AreTold)
                ? []
                : Unread(context, plan);
        if (plan.Frame is { Over: FramePopulation.Logs, Where: not null })
            left = [.. left.Where(word => word.Any(char.IsDigit))];
        if (left.Count > 0)
            return Clarifications.Plan(context, Clarifications.Unread(context, left));
        return plan with { Ignored = sentence.Ignored(), Chips = Chips.Of(plan) };
    }

    // "how many of them?", before which nothing was asked.
    private static bool CountsNothing(ReadingContext context, QuestionPlan plan) =>
        plan.Frame is { Measures: [{ Kind: MeasureKind.Count }], State: RecordState.Any, Where: null, By.Count: 0 }
        && plan is { Services.Count: 0, Operations.Count: 0, Conditions.Count: 0, Window.IsDefault: true }
        && context
            .Sentence.MarksOf(Concept.Count)
            .Any(m => context.Sentence.MeansAt(m.End, Concept.Preposition) && context.Sentence.MeansAt(m.End + 1, Concept.Pronoun));

    // What is split by tenant is of no single one; what was refused with a 4xx did not fail by the terms, and is counted all the same.
    private static QuestionPlan Coherent(Sentence s, QuestionPlan plan)
    {
        if (plan.Frame is not { } frame)
            return plan;
        var columns = frame.By.Select(g => g.Field).OfType<AttributeReference>().Select(a => a.Name).ToHashSet(StringComparer.Ordinal);
        bool IsTold(AttributeCondition c) => columns.Contains(c.Key) && (IsOne(c) || IsListing(s, c));
        if (plan.Conditions.Any(IsTold))
            plan = plan with { Conditions = [.. plan.Conditions.Where(c => !IsTold(c))] };
        if (!plan.Conditions.Any(c => IsRefusal(c) || IsVerdict(s, c)))
            return plan;
        return plan with
        {
            Frame = frame with
            {
                State = frame.State == RecordState.Failed ? RecordState.Any : frame.State,
                Measures =
                [
                    .. frame.Measures.Select(m => m.Kind == MeasureKind.Failed ? FrameMeasure.Plain(MeasureKind.Count) : m).Distinct(),
                ],
            },
        };
    }

    // "by channel: text, e-mail and push", "per variant (treatment, control)": says again what there are.
    private static bool IsListing(Sentence s, AttributeCondition condition) =>
        condition.Values.Count > 1 && condition.Words.Contains('(', StringComparison.Ordinal)
        || AskShares.Place(s, condition.Words) is var at
            && at < s.Tokens.Count
            && Enumerable.Range(Math.Max(0, at - 4), Math.Min(4, at)).Any(i => s.Tokens[i].IsSymbol(":") || s.Tokens[i].IsSymbol("("));

    private static bool IsOne(AttributeCondition condition) =>
        condition is { Operator: ConditionOperator.Equal, Values.Count: 1 } && condition.Key != FieldNames.Service;

    private static bool IsRefusal(AttributeCondition condition) =>
        condition is { Operator: ConditionOperator.Equal or ConditionOperator.GreaterOrEqual, Type: ConditionValueType.Number }
        && condition.Key.EndsWith("status_code", StringComparison.Ordinal)
        && condition.Values.All(v => v.Length == 3 && v[0] == '4');

    // "declined for lack of funds": the attribute tells that it was; by the terms such a request did not fail.
    private static bool IsVerdict(Sentence s, AttributeCondition condition) =>
        Linking.NameParts.Of(condition.Key).Any(WordRoles.Verdicts.Contains)
        && s.MarksOf(Concept.Failed).ToList() is { Count: > 0 } refusals
        && refusals.TrueForAll(m => WordRoles.Refused.Contains(s.Tokens[m.Start].Lower));

    // "in those forty minutes", "in that half hour": the time that was said before.
    private static void UsePointers(Sentence s)
    {
        for (var i = 0; i + 1 < s.Tokens.Count; i++)
        {
            if (s.TimeAt(i) is not null || !s.MeansAt(i, Concept.Pronoun, Concept.Article, Concept.FollowUp))
                continue;
            var at = i + 1;
            while (at < s.Tokens.Count && (WordRoles.Stretch.Contains(s.Tokens[at].Lower) || Cardinals.Of(s.Tokens[at].Lower) is not null))
                at++;
            if (
                at < s.Tokens.Count
                && s.TimeAt(at) is null
                && s.Tokens[at].Kind == WordTokenKind.Word
                && TimeTokens.NanosOf(s.Tokens[at].Lower) > 1e9
            )
                s.Use(i, at + 1);
        }
    }

    // "For the review I need …", "For my slides, give me …": what it is for.
    private static void UsePurpose(Sentence s)
    {
        if (s.Mark(Concept.Show) is not { } wish || !s.MeansAt(0, Concept.Preposition) && !IsWisher(s, wish))
            return;
        for (var i = 0; i < wish.Start; i++)
        {
            if (s.TimeAt(i) is not null || s.LinkAt(i) is not null || s.MarkAt(i) is { } mark && !mark.Senses.Any(Telling.Contains))
                return;
        }

        s.Use(0, wish.Start);
    }

    private static readonly Concept[] Telling =
    [
        Concept.Preposition,
        Concept.Article,
        Concept.Person,
        Concept.Modal,
        Concept.Pronoun,
        Concept.Do,
        Concept.Be,
        Concept.Team,
    ];

    // "our bank wants to know how often …": who asks says nothing of what is asked.
    private static bool IsWisher(Sentence s, Linking.ConceptMark wish) =>
        wish.Start is > 0 and < 8
        && Enumerable.Range(wish.Start, wish.End - wish.Start).Any(i => WordRoles.Knowing.Contains(s.Tokens[i].Lower));

    // Names in a list are narrowed by words that a number would not be.
    private static IReadOnlyList<string> Unread(ReadingContext context, QuestionPlan plan)
    {
        if (plan.Kind != QuestionKind.Query)
            return UnreadWords.Find(context, plan);
        var left = UnreadWords.Find(context, plan with { Kind = QuestionKind.Measure });
        return left.Count == 0 && plan.Frame is { Act: FrameAct.Rank } or { By.Count: > 0, Measures.Count: 1 }
            ? UnreadWords.Find(context, plan with { Kind = QuestionKind.Operations })
            : left;
    }

    // "and p99?", "only for EU": what asks for something of its own is none.
    private static bool IsFragment(Sentence s) =>
        !s.HasAny(
            Concept.Why,
            Concept.Cause,
            Concept.Affected,
            Concept.Owner,
            Concept.OnCall,
            Concept.Contact,
            Concept.Change,
            Concept.Deploy,
            Concept.Rollback,
            Concept.Flag,
            Concept.Config,
            Concept.Scale,
            Concept.Callers,
            Concept.Callees,
            Concept.Calls,
            Concept.Trace,
            Concept.Explain,
            Concept.InCommon,
            Concept.Differ,
            Concept.OneOf,
            Concept.Log,
            Concept.ErrorLog,
            Concept.Overview
        );
}
