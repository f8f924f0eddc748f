using Copilot.TraceQL.Fields;

namespace Copilot.Agent.Interpretation.Traceql.Predicates;

/// <summary>
/// "Not" as people mean it: of spans that carry the attribute, those with other values. One thing under two names stays joined by "or",
/// because a comparison with a missing attribute never holds.
/// </summary>
internal static class Negation
{
    public static FieldExpression Of(FieldExpression e) => e switch
    {
        FieldBinary { Operator: FieldOperator.And } and => new FieldBinary(FieldOperator.Or, Of(and.Left), Of(and.Right)),
        FieldBinary { Operator: FieldOperator.Or } or => new FieldBinary(Renames.Are(or.Left, or.Right) ? FieldOperator.Or : FieldOperator.And, Of(or.Left), Of(or.Right)),
        FieldBinary b when b.Operator.IsComparison() => new FieldBinary(Opposite(b.Operator), b.Left, b.Right),
        FieldUnary { IsNot: true } not => not.Operand,
        _ => e.Not(),
    };

    private static FieldOperator Opposite(FieldOperator op) => op switch
    {
        FieldOperator.Equal => FieldOperator.NotEqual,
        FieldOperator.NotEqual => FieldOperator.Equal,
        FieldOperator.Less => FieldOperator.GreaterOrEqual,
        FieldOperator.LessOrEqual => FieldOperator.Greater,
        FieldOperator.Greater => FieldOperator.LessOrEqual,
        FieldOperator.GreaterOrEqual => FieldOperator.Less,
        FieldOperator.Matches => FieldOperator.NotMatches,
        _ => FieldOperator.Matches,
    };
}
