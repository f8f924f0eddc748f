using Copilot.TraceQL.Fields;

namespace Copilot.Store.Traceql;

/// <summary>
/// <c>nestedSetParent</c> is -1 for roots, 1 or more for what hangs below them, 0 for what does not. Grafana asks for roots with it: what
/// tells them from all others alone needs no numbers.
/// </summary>
internal static class NestedParent
{
    public static string? Comparison(FieldBinary comparison, RowAliases rows) => TellsRoots(comparison) switch
    {
        null => null,
        (true, true) => "true",
        (false, false) => "false",
        (true, false) => $"({rows.Span}.parent_span_id is null)",
        _ => $"({rows.Span}.parent_span_id is not null)",
    };

    /// <summary>Whether a comparison holds for roots and for the others, where that is all there is to it; else null.</summary>
    public static (bool Roots, bool Others)? TellsRoots(FieldBinary comparison)
    {
        var (left, op, right) = comparison.Left is Literal ? (comparison.Right, comparison.Operator.Mirrored(), comparison.Left) : (comparison.Left, comparison.Operator, comparison.Right);
        if (left is not IntrinsicReference { Intrinsic: Intrinsic.NestedSetParent } || right is not Literal { IsNumber: true } literal || !op.IsComparison())
            return null;
        var bound = literal.Number;
        var (least, most) = (op.Holds(0, bound), op.Holds(double.MaxValue, bound));
        if (least != most || (op.IsEquality() && bound >= 0))
            return null;
        return (op.Holds(-1, bound), least);
    }
}
