using Copilot.Language.Lexicon;
using Copilot.Language.Plans;
using Copilot.Language.Questions;
using Copilot.Language.Readings;
using Copilot.Language.Sentences;
using Copilot.Language.Tokens;
using Copilot.Telemetry.Records;

namespace Copilot.Language.Asks;

/// <summary>Reads one clause; null where it asks for nothing that is read as a frame, a period, errors or a summary.</summary>
internal static class AskReader
{
    /// <param name="sentence">Fresh: nothing of it used yet.</param>
    public static QuestionPlan? Read(Sentence sentence, InterpreterRequest request)
    {
        UsePointers(sentence);
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
        var plan = TroubleReader.Read(context);
        if (plan is null && TraceReader.Read(context) is { } traces)
            plan = FrameFollowUp.Complete(context, traces);
        if (plan is null && FrameReader.Read(context) is { } framed)
            plan = FrameFollowUp.Complete(context, framed);
        if (plan is null && IsFragment(sentence))
            plan = FrameFollowUp.Change(context);
        if (plan is null)
            return null;
        if (plan.Window is { IsDefault: true } && Clarifications.Unplaced(context) is { } unplaced)
            return Clarifications.Plan(context, unplaced);
        // What was thrown is told whatever story it is asked with.
        IReadOnlyList<string> left = plan.Frame is { Act: Frames.FrameAct.Errors } or { Over: Frames.FramePopulation.Logs, Where: not null }
            ? []
            : Unread(context, plan);
        if (left.Count > 0)
            return Clarifications.Plan(context, Clarifications.Unread(context, left));
        return plan with { Ignored = sentence.Ignored(), Chips = Chips.Of(plan) };
    }

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

    // Names in a list are narrowed by words that a number would not be.
    private static IReadOnlyList<string> Unread(ReadingContext context, QuestionPlan plan)
    {
        if (plan.Kind != QuestionKind.Query)
            return UnreadWords.Find(context, plan);
        var left = UnreadWords.Find(context, plan with { Kind = QuestionKind.Measure });
        return left.Count == 0 && plan.Frame is { Act: Frames.FrameAct.Rank } or { By.Count: > 0, Measures.Count: 1 }
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
