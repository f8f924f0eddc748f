using Copilot.Answers.Contract;
using Copilot.Language.Questions;

namespace Copilot.Answers.Drafts;

/// <summary>Parts of a question that are about what an earlier part of it finds.</summary>
internal static class FoundService
{
    /// <param name="before">The answers to the parts before it, in order.</param>
    public static QuestionPlan Of(QuestionPlan plan, IReadOnlyList<Answer> before)
    {
        if (!plan.AboutFound)
            return plan;
        if (plan.Kind == QuestionKind.Trace)
            return before.Select(answer => answer.Result).OfType<TracesResult>().LastOrDefault() is { Items: [var trace, ..] }
                ? plan with
                {
                    TraceId = trace.TraceId,
                }
                : plan;
        var found = before
            .Reverse()
            .Where(answer => answer.Outcome == Outcome.Answered)
            .SelectMany(answer => TurnFocus.Of(answer).Services)
            .FirstOrDefault();
        return found is null
            ? plan
            : plan with
            {
                Services = [new ServiceReference(found, ServiceStanding.Instrumented, PlannedWindow.FromConversation)],
            };
    }
}
