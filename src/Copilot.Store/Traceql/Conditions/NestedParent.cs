using Copilot.TraceQL.Fields;

namespace Copilot.Store.Traceql;

/// <summary>
/// <c>nestedSetParent</c> is -1 for roots and 1 or more for all others. Grafana asks for roots with it; the numbers themselves are not kept,
/// so only comparisons that come out the same for all of them can be answered.
/// </summary>
internal static class NestedParent
{
    public static string? Comparison(FieldBinary comparison, RowAliases rows)
    {
        var (left, op, right) = comparison.Left is Literal ? (comparison.Right, comparison.Operator.Mirrored(), comparison.Left) : (comparison.Left, comparison.Operator, comparison.Right);
        if (left is not IntrinsicReference { Intrinsic: Intrinsic.NestedSetParent } || right is not Literal { IsNumber: true } literal)
            return null;
        var bound = literal.Number;
        var (least, most) = (Holds(1, op, bound), Holds(double.MaxValue, op, bound));
        if (least != most || (op.IsEquality() && bound >= 1))
            return null;
        return (Holds(-1, op, bound), least) switch
        {
            (true, true) => "true",
            (false, false) => "false",
            (true, false) => $"({rows.Span}.parent_span_id is null)",
            _ => $"({rows.Span}.parent_span_id is not null)",
        };
    }

    private static bool Holds(double value, FieldOperator op, double bound) => op switch
    {
        FieldOperator.Equal => value == bound,
        FieldOperator.NotEqual => value != bound,
        FieldOperator.Less => value < bound,
        FieldOperator.LessOrEqual => value <= bound,
        FieldOperator.Greater => value > bound,
        _ => value >= bound,
    };
}
