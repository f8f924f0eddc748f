namespace Copilot.Store.Traceql;

/// <summary>A query that would read more than the budget; the message says how to narrow it.</summary>
public sealed class QueryTooExpensiveException : Exception
{
    public QueryTooExpensiveException(QueryPlan plan)
        : base(plan.Refusal) => Plan = plan;

    public QueryPlan Plan { get; }
}
