using Copilot.TraceQL.Fields;

namespace Copilot.Agent.Interpretation.Traceql.Predicates;

/// <summary>One condition under several names of its attribute, joined by "or": no alternatives that anybody asked for.</summary>
internal static class Renames
{
    /// <summary>Whether both sides say the same of two different attributes.</summary>
    public static bool Are(FieldExpression left, FieldExpression right)
    {
        var last = left is FieldBinary { Operator: FieldOperator.Or } nested && !Alike(left, right) ? nested.Right : left;
        return last != right && Alike(last, right);
    }

    private static bool Alike(FieldExpression left, FieldExpression right) => (left, right) switch
    {
        (FieldBinary a, FieldBinary b) when a.Operator != b.Operator => false,
        (FieldBinary { Right: Literal x } a, FieldBinary { Right: Literal y } b) => x == y && x.Kind != LiteralKind.Nil && a.Left is AttributeReference && b.Left is AttributeReference && a.Left != b.Left,
        (FieldBinary a, FieldBinary b) when a.Operator.IsLogical() => Alike(a.Left, b.Left) && Alike(a.Right, b.Right),
        _ => false,
    };
}
