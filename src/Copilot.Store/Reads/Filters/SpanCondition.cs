using Copilot.TraceQL;
using Copilot.TraceQL.Syntax;

namespace Copilot.Store.Reads.Filters;

/// <summary>One condition on spans, as TraceQL has it between the braces.</summary>
/// <param name="Expression">A checked expression.</param>
/// <param name="AnywhereInTrace">Met by any span of the same trace, not by the counted span itself.</param>
public sealed record SpanCondition(FieldExpression Expression, bool AnywhereInTrace = false)
{
    /// <summary>Reads a condition such as <c>span.currency = "CHF"</c>.</summary>
    /// <exception cref="TraceQlException">It is none.</exception>
    public static SpanCondition Parse(string traceQl, bool anywhereInTrace = false) =>
        new(TraceQlParser.ParseFilter($"{{ {traceQl} }}").Condition, anywhereInTrace);
}
