namespace Copilot.Agent.Questions;

/// <summary>The stable snake_case names of the kinds, as answers show them in <c>understood.intent</c>.</summary>
public static class QuestionKindNames
{
    public static string Name(this QuestionKind kind) => kind switch
    {
        QuestionKind.Measure => "measure",
        QuestionKind.Series => "series",
        QuestionKind.Comparison => "comparison",
        QuestionKind.Breakdown => "breakdown",
        QuestionKind.Traces => "traces",
        QuestionKind.Trace => "trace",
        QuestionKind.Operations => "operations",
        QuestionKind.Services => "services",
        QuestionKind.Affected => "affected_services",
        QuestionKind.Callers => "callers",
        QuestionKind.Callees => "callees",
        QuestionKind.Peers => "peers",
        QuestionKind.Resources => "resources",
        QuestionKind.Cause => "cause",
        QuestionKind.Owners => "owners",
        QuestionKind.Involved => "involved_teams",
        QuestionKind.Changes => "changes",
        QuestionKind.Logs => "logs",
        QuestionKind.Overview => "overview",
        QuestionKind.SpanQuery => "span_query",
        QuestionKind.Clarify => "clarify",
        QuestionKind.Unsupported => "unsupported",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    /// <summary>The name of the question's kind; a single measure is named by itself ("error_rate").</summary>
    public static string Intent(this QuestionPlan plan) =>
        plan is { Kind: QuestionKind.Measure, Measure: { } measure } ? measure.Name() : plan.Kind.Name();
}
