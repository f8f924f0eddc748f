using Copilot.TraceQL.Fields;

namespace Copilot.TraceQL.Spansets;

/// <summary><c>{ condition }</c>: the spans for which the condition holds; <c>{ }</c> is <c>{ true }</c>.</summary>
public sealed record SpansetFilter(FieldExpression Condition) : SpansetExpression;
