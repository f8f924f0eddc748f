using Copilot.Language.Lexicon;
using Copilot.Language.Questions;
using Copilot.Language.Sentences;
using Copilot.Language.Tokens;

namespace Copilot.Language.Plans;

/// <summary>"How many of those came in through the app?" after a question that was asked back, or as the first: those are nothing that was
/// found, and a figure of all would be another one.</summary>
internal static class NothingBefore
{
    /// <param name="whole">All that was said.</param>
    public static QuestionPlan Told(Sentence whole, QuestionPlan plan, PreviousTurn? previous)
    {
        if (
            previous is { Plan.Kind: not QuestionKind.Clarify }
            || plan.Kind is QuestionKind.Clarify or QuestionKind.Unsupported
            || Those(whole) is not { } at
        )
            return plan;
        return Clarifications.Instead(
            plan,
            new Clarification(
                $"Of which? Nothing was found before that “{whole.Words(at, at + 1)}” could be. Please say what is counted, in one question.",
                [],
                []
            )
        );
    }

    // Not "those who paid", and not where what is meant stands before it.
    private static int? Those(Sentence s)
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
