using Copilot.TraceQL.Fields;

namespace Copilot.TraceQL.Spansets;

/// <summary><c>{ condition }</c>: the spans for which the condition holds; <c>{ }</c> is <c>{ true }</c>.</summary>
public sealed record SpansetFilter(FieldExpression Condition) : SpansetExpression
{
    /// <summary>Whether every span is meant.</summary>
    public bool IsEverything => Condition is Literal { Kind: LiteralKind.Boolean, Integer: not 0 };
}
