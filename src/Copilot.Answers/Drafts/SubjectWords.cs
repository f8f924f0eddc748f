using Copilot.Language.Questions;

namespace Copilot.Answers.Drafts;

/// <summary>What a question is about, in words.</summary>
internal static class SubjectWords
{
    public static string Of(Inquiry inquiry) => Of(inquiry.Plan);

    public static string Of(QuestionPlan plan)
    {
        var parts = new List<string>();
        if (plan.Operations.Count > 0)
            parts.Add(AnswerWords.Names(plan.Operations.Select(operation => operation.Name)));
        if (plan.Services.Count > 0)
            parts.Add((parts.Count > 0 ? "in " : string.Empty) + AnswerWords.Names(plan.Services.Select(service => service.Name)));
        if (parts.Count == 0)
            parts.Add("all services");
        if (plan.Conditions.Count > 0)
            parts.Add("with " + string.Join(" and ", plan.Conditions.Select(condition => AnswerWords.Name(PlanFilter.Term(condition)))));
        return string.Join(" ", parts);
    }
}
