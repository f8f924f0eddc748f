using Copilot.Language.Questions;
using Copilot.Ownership.Owners;
using Copilot.Store.Reads.Topology;
using Copilot.TraceQL.Syntax;

namespace Copilot.Answers.Drafts;

/// <summary>"The error rate of the payments team": of the services that it owns.</summary>
internal sealed class TeamScope(IOwnership ownership, ServiceReads services)
{
    /// <summary>The same plan where it asks for no team's figures, changes or traces.</summary>
    public async Task<QuestionPlan> OfAsync(QuestionPlan plan, DateTimeOffset asOf, CancellationToken cancellationToken)
    {
        if (
            plan.Teams.Count == 0
            || plan.Services.Count > 0
            || plan.Kind is not (QuestionKind.Query or QuestionKind.Traces or QuestionKind.Changes)
        )
            return plan;
        var snapshot = await ownership.CurrentAsync(cancellationToken);
        var all = await services.NamesAsync(cancellationToken);
        var owned = plan.Teams.SelectMany(team => snapshot.ServicesOf(team, all, asOf)).Distinct(StringComparer.Ordinal).ToList();
        if (plan.Kind == QuestionKind.Changes)
            return plan with { Services = [.. owned.Select(name => new ServiceReference(name, ServiceStanding.Instrumented, name))] };
        return plan with
        {
            Conditions =
            [
                .. plan.Conditions,
                new AttributeCondition(
                    AttributeScope.Resource,
                    "service.name",
                    ConditionOperator.Equal,
                    owned.Count > 0 ? owned : plan.Teams,
                    ConditionValueType.Text,
                    true,
                    string.Join(", ", plan.Teams)
                ),
            ],
        };
    }
}
