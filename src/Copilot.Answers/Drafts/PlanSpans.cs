using Copilot.Language.Questions;
using Copilot.Store.Reads.Filters;
using Copilot.TraceQL.Syntax;

namespace Copilot.Answers.Drafts;

/// <summary>The spans that a plan is about: as the reads take them, and as TraceQL.</summary>
internal static class PlanSpans
{
    private const string Entry = "(kind = server || kind = consumer || nestedSetParent < 0)";

    public static SpanFilter FilterOf(QuestionPlan plan) =>
        new()
        {
            Services =
            [
                .. plan.Services.Where(service => service.Standing == ServiceStanding.Instrumented).Select(service => service.Name),
            ],
            Operations = [.. plan.Operations.Select(operation => operation.Name)],
            Conditions = [.. plan.Conditions.Select(ConditionOf)],
        };

    /// <summary>The condition exactly as the answer shows it.</summary>
    public static SpanCondition ConditionOf(AttributeCondition condition) =>
        SpanCondition.Parse(PlanFilter.Term(condition), anywhereInTrace: !condition.OnEntry);

    /// <summary>Where requests that are grouped by an attribute have it: only a span's own and its resource's can be told apart.</summary>
    public static AttributeScope ScopeOf(AttributeScope scope) =>
        scope is AttributeScope.Span or AttributeScope.Resource ? scope : AttributeScope.Any;

    /// <summary>The requests (entry spans) that the plan is about, with what is asked of them: <c>| rate()</c>.</summary>
    public static string Requests(QuestionPlan plan, string then = "")
    {
        var filter = PlanFilter.ToTraceQl(plan);
        var inner = filter is null ? Entry : $"{filter.Trim('{', '}', ' ')} && {Entry}";
        return $"{{ {inner} }}{then}";
    }

    /// <summary>The plan's own filter; <c>{ }</c> where it has none.</summary>
    public static string All(QuestionPlan plan) => PlanFilter.ToTraceQl(plan) ?? "{ }";

    public static string OfService(string service) => $"{{ resource.service.name = {PlanFilter.Quote(service)} }}";
}

/// <summary>What a read gave, and the id of the query on record.</summary>
internal readonly record struct Recorded<T>(T Value, string Query);
