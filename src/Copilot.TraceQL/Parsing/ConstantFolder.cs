using Copilot.TraceQL.Fields;
using Copilot.TraceQL.Scalars;

namespace Copilot.TraceQL.Parsing;

/// <summary>Works out numbers beside metrics. A duration may only be compared with, as a whole: results are in seconds.</summary>
internal static class ConstantFolder
{
    private const double NanosecondsPerSecond = 1e9;

    public static double ThresholdOf(ScalarExpression expression) =>
        expression is ScalarLiteral { Value: { Kind: LiteralKind.Duration } duration }
            ? duration.Integer / NanosecondsPerSecond
            : FactorOf(expression);

    public static double FactorOf(ScalarExpression expression)
    {
        var value = Fold(expression);
        return double.IsFinite(value) ? value : throw new SyntaxException("the number is not finite", expression.At);
    }

    private static double Fold(ScalarExpression expression) => expression switch
    {
        ScalarLiteral { Value.Kind: LiteralKind.Duration } duration =>
            throw new SyntaxException("a duration cannot be calculated with beside metrics, only compared with", duration.At),
        ScalarLiteral literal => literal.Value.Number,
        ScalarOperation { Operator: FieldOperator.Add } o => Fold(o.Left) + Fold(o.Right),
        ScalarOperation { Operator: FieldOperator.Subtract } o => Fold(o.Left) - Fold(o.Right),
        ScalarOperation { Operator: FieldOperator.Multiply } o => Fold(o.Left) * Fold(o.Right),
        ScalarOperation { Operator: FieldOperator.Divide } o => Fold(o.Left) / Fold(o.Right),
        _ => throw new SyntaxException("only + - * / work beside metrics", expression.At),
    };
}
