using Copilot.Language.Lexicon;
using Copilot.Language.Questions;
using Copilot.Language.Readings;

namespace Copilot.Language.Plans;

/// <summary>Words that point at something said before, where there is nothing before.</summary>
internal static class Pointers
{
    private static readonly HashSet<string> Strong = new(StringComparer.Ordinal)
    {
        "it",
        "its",
        "them",
        "those",
        "that",
        "this",
        "these",
        "they",
        "that one",
        "this one",
        "that service",
        "this service",
        "the same service",
        "both",
        "both of them",
        "their",
        "the service",
        "the trace",
        "that trace",
        "this trace",
    };

    public static bool Points(ReadingContext context) =>
        context.Sentence.HasAny(Concept.Other)
        || context.Sentence.All(Concept.Pronoun).Any(p => Strong.Contains(context.Sentence.Words(p.Start, p.End).ToLowerInvariant()));

    // A complaint with a time or a story of its own does not hang on its "it".
    public static bool Needs(ReadingContext context, QuestionPlan plan) =>
        plan.Kind switch
        {
            QuestionKind.Measure or QuestionKind.Series or QuestionKind.Comparison => plan.Conditions.Count == 0,
            QuestionKind.Breakdown
            or QuestionKind.Traces
            or QuestionKind.Overview
            or QuestionKind.Cause
            or QuestionKind.Affected
            or QuestionKind.Logs
            or QuestionKind.Changes => context.Sentence.Times.Count == 0
                && plan.Conditions.Count == 0
                && context.Sentence.Ignored().Count == 0
                && !context.Sentence.HasAny(Concept.Overview, Concept.Cause),
            _ => false,
        };
}
