using Copilot.Language.Linking;
using Copilot.Language.Plans;
using Copilot.Language.Questions;
using Copilot.Language.Sentences;
using Copilot.TraceQL.Syntax;

namespace Copilot.Language.Asks;

/// <summary>Conditions that one request would have to meet, against what requests of which services carry: no figure is of requests that
/// there cannot be.</summary>
internal static class CarriedConditions
{
    /// <summary>What the requests of a named operation do not carry is looked for in their traces; what only says the operation's name again
    /// is none.</summary>
    public static QuestionPlan Of(Sentence s, QuestionPlan plan, string question)
    {
        var told = Told(s, plan) with { More = [.. plan.More.Select(more => Told(s, more))] };
        return told.More.Count == 0 && Apart(s, told, question) is { } apart ? Clarifications.Instead(told, apart) : told;
    }

    private static QuestionPlan Told(Sentence s, QuestionPlan plan)
    {
        if (plan is { Operations.Count: 0, Services: [{ Standing: ServiceStanding.Instrumented } only] } && IsOfRequests(plan))
            return Named(s, plan, only.Name);
        if (plan.Operations.Count == 0 || plan.Services.Count > 0 || !IsOfRequests(plan))
            return plan;
        var services = plan.Operations.SelectMany(o => o.Services).ToHashSet(StringComparer.Ordinal);
        return plan with
        {
            Conditions =
            [
                .. plan
                    .Conditions.Where(c => !IsOnEntry(c) || services.Overlaps(Carriers(s, c)) || !IsName(c, plan.Operations))
                    .Select(c => IsOnEntry(c) && !services.Overlaps(Carriers(s, c)) ? c with { OnEntry = false } : c),
            ],
        };
    }

    // "check-in requests of the kiosks", where another service's attribute has the value "check_in": the operation that is called so.
    private static QuestionPlan Named(Sentence s, QuestionPlan plan, string service)
    {
        foreach (var condition in plan.Conditions)
        {
            if (
                condition is { Scope: AttributeScope.Span, Operator: ConditionOperator.Equal, OnEntry: false }
                && !Carriers(s, condition).Contains(service)
                && s
                    .Index.Operations.EntriesOf(service)
                    .Select(t => new OperationReference(t.Name, [service], condition.Words))
                    .Where(o => IsName(condition, [o]))
                    .ToList()
                    is [var operation]
            )
                return plan with { Operations = [operation], Conditions = [.. plan.Conditions.Where(c => c != condition)] };
        }

        return plan;
    }

    private static bool IsOfRequests(QuestionPlan plan) =>
        plan.Kind is QuestionKind.Query or QuestionKind.Measure or QuestionKind.Series or QuestionKind.Traces
        && plan.Frame?.Over is null or Frames.FramePopulation.Requests or Frames.FramePopulation.Traces;

    // Asks back where no service's requests carry all that is named.
    private static Clarification? Apart(Sentence s, QuestionPlan plan, string question)
    {
        if (!IsOfRequests(plan) || plan.Services.Count + plan.Operations.Count > 0)
            return null;
        var told = plan.Conditions.Where(IsOnEntry).Select(c => (Condition: c, Services: Carriers(s, c))).ToList();
        if (told.Count < 2 || told.Exists(c => c.Services.Count == 0))
            return null;
        var all = told[0].Services.ToHashSet(StringComparer.Ordinal);
        foreach (var (condition, services) in told.Skip(1))
        {
            var before = all.ToHashSet(StringComparer.Ordinal);
            all.IntersectWith(services);
            if (all.Count == 0)
                return new Clarification(
                    $"No request has {string.Join(", ", told.TakeWhile(c => c.Condition != condition).Select(c => PlanFilter.Term(c.Condition)))} "
                        + $"({string.Join(", ", before.Order())}) and {PlanFilter.Term(condition)} ({string.Join(", ", services.Order())}) "
                        + $"at once. Which of them do you mean by \"{condition.Words}\"?",
                    [
                        .. told.Select(c => question.Replace(c.Condition.Words, "", StringComparison.Ordinal).Trim())
                            .Where(q => q != question),
                    ],
                    []
                );
        }

        return null;
    }

    private static bool IsOnEntry(AttributeCondition condition) =>
        condition is { OnEntry: true, Scope: AttributeScope.Span, Operator: ConditionOperator.Equal };

    private static HashSet<string> Carriers(Sentence s, AttributeCondition condition) =>
        [
            .. condition
                .Also.Prepend(condition.Key)
                .SelectMany(s.Index.Attributes.Keyed)
                .Where(t => t.Scope == AttributeScope.Span)
                .SelectMany(t => t.EntryServices),
        ];

    // "failed check-ins (POST /kiosk/checkin)", where an attribute has the value "check_in".
    private static bool IsName(AttributeCondition condition, IReadOnlyList<OperationReference> operations)
    {
        var said = WordStem(condition.Words);
        return said.Length > 3 && operations.Any(o => NameParts.Joined(NameParts.Of(o.Name)).Contains(said, StringComparison.Ordinal));
    }

    private static string WordStem(string words) => Tokens.WordStem.Of(NameParts.Joined(NameParts.Of(words)));
}
