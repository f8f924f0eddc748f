using Copilot.Language.Lexicon;
using Copilot.Language.Questions;
using Copilot.Language.Readings;
using Copilot.Language.Sentences;
using Copilot.Language.Tokens;

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

    /// <summary>"How many of those came in through the app?", as the first question or after one that was asked back: those are nothing
    /// that was found, and a figure of all would be another one.</summary>
    /// <param name="whole">All that was said.</param>
    public static QuestionPlan Resolved(Sentence whole, QuestionPlan plan) =>
        plan.Kind is not (QuestionKind.Clarify or QuestionKind.Unsupported) && CountedOf(whole) is { } at
            ? Clarifications.Instead(
                plan,
                new Clarification(
                    $"Of which? Nothing was found before that “{whole.Words(at, at + 1)}” could be. "
                        + "Please say what is counted, in one question.",
                    [],
                    []
                )
            )
            : plan;

    // Not "those who paid", and not where what is meant stands before it.
    private static int? CountedOf(Sentence s)
    {
        for (var i = 2; i < s.Tokens.Count - 1; i++)
        {
            if (
                WordRoles.Many.Contains(s.Tokens[i].Lower)
                && s.MeansAt(i, Concept.Pronoun)
                && WordRoles.Of.Contains(s.Tokens[i - 1].Lower)
                && s.MeansAt(i - 2, Concept.Count, Concept.Share)
                && !s.LinksIn(0, i).Any()
                && !s.MayMeanIn(0, i, Concept.Request, Concept.Trace, Concept.Log, Concept.Failed)
                && s.LinkAt(i + 1) is null
                && !s.MeansAt(i + 1, Concept.Who, Concept.Which, Concept.Pronoun, Concept.Request, Concept.Trace, Concept.Preposition)
                && (s.MarkAt(i + 1) is not null || s.Tokens[i + 1].Kind == WordTokenKind.Word && !PlainWords.IsNoun(s.Tokens[i + 1].Lower))
            )
                return i;
        }

        return null;
    }
}
