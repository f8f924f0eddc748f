using Copilot.Agent.Interpretation.Traceql.Terms;
using Copilot.TraceQL.Spansets;

namespace Copilot.Agent.Interpretation.Traceql.Structures;

/// <summary>The spans that some words choose.</summary>
/// <param name="Says">Whether they say anything: a condition, a relation.</param>
internal sealed record Spansets(SpansetExpression Expression, bool Says, IReadOnlyList<Term> Unread)
{
    /// <summary>More than conditions on single spans.</summary>
    public bool IsStructure => Expression is not SpansetFilter;
}
