using Copilot.TraceQL.Syntax;

namespace Copilot.TraceQL.Parsing;

/// <summary>Which operators an operand takes, and what two operands make.</summary>
internal sealed class OperandCombiner(TokenReader tokens)
{
    private const string Arithmetic = "+ - * / % ^";

    /// <summary>How tightly the operator binds after this operand; 0 where it cannot follow, which ends the expression.</summary>
    public static int Precedence(Operand left, string symbol)
    {
        switch (left)
        {
            case Operand.Spans:
                return SpansetOperators.TryParse(symbol, out var between) ? between.Precedence() : 0;
            case Operand.Scalar or Operand.PipelineScalar:
                return FieldOperators.TryParse(symbol, out var op) && !op.IsLogical() && !op.IsRegex() ? op.Precedence() : 0;
            case Operand.Series:
                // Comparisons of series are second stages, which the pipeline reads.
                return symbol is "+" or "-" or "*" or "/" && FieldOperators.TryParse(symbol, out var math) ? math.Precedence() : 0;
            default:
                return 0;
        }
    }

    /// <summary>Complains at the first token of a right side that cannot be one.</summary>
    public void CheckStartOfRight(Operand left, string symbol)
    {
        if (left is Operand.Spans && !tokens.Current.IsSymbol("{") && !tokens.Current.IsSymbol("("))
            throw tokens.Unexpected($"`{{` or `(` after `{symbol}`");
    }

    public Operand Combine(Operand left, string symbol, Operand right, Token rightStart)
    {
        var result = (left, right) switch
        {
            (Operand.Spans l, Operand.Spans r) when SpansetOperators.TryParse(symbol, out var op) => new Operand.Spans(
                new SpansetOperation(op, l.Expression, r.Expression)
            ),
            (Operand.Scalar l, Operand.Scalar r) => Scalars(l, symbol, r, rightStart),
            (Operand.PipelineScalar l, Operand.PipelineScalar r) => Pipelines(l.Expression, symbol, r.Expression),
            (Operand.PipelineScalar l, Operand.Scalar { Expression: ScalarLiteral number }) when !IsArithmetic(symbol) => Pipelines(
                l.Expression,
                symbol,
                number
            ),
            (Operand.Series l, Operand.Series r) => Series(l.Expression, symbol, r.Expression),
            (Operand.Series l, Operand.Scalar { IsConstant: true } r) => Series(l.Expression, symbol, Constant(r)),
            (Operand.Scalar { IsConstant: true } l, Operand.Series r) when symbol is "+" or "-" or "*" or "/" => Series(
                Constant(l),
                symbol,
                r.Expression
            ),
            _ => throw new SyntaxException(
                $"unexpected {rightStart.Described}, it cannot stand on the right of `{symbol}` here",
                rightStart.At
            ),
        };
        tokens.CheckDepth(
            result switch
            {
                Operand.Spans spans => spans.Expression.Depth,
                Operand.Filter filter => filter.Comparison.Depth,
                Operand.Scalar scalar => scalar.Expression.Depth,
                Operand.PipelineScalar scalar => scalar.Expression.Depth,
                Operand.Series series => series.Expression.Depth,
                _ => 0,
            }
        );
        return result;
    }

    private static Operand Scalars(Operand.Scalar left, string symbol, Operand.Scalar right, Token rightStart)
    {
        var op = FieldOperators.Parse(symbol);
        if (op.IsArithmetic())
            return new Operand.Scalar(new ScalarOperation(op, left.Expression, right.Expression), left.IsConstant && right.IsConstant);
        return left.IsConstant && right.IsConstant
            ? throw new SyntaxException("two constants are compared, expected an aggregate such as count()", rightStart.At)
            : new Operand.Filter(new ScalarFilter(op, left.Expression, right.Expression));
    }

    private static Operand Pipelines(ScalarExpression left, string symbol, ScalarExpression right)
    {
        var op = FieldOperators.Parse(symbol);
        return op.IsArithmetic()
            ? new Operand.PipelineScalar(new ScalarOperation(op, left, right))
            : new Operand.Filter(new ScalarFilter(op, left, right));
    }

    private static Operand.Series Series(MetricsExpression left, string symbol, MetricsExpression right)
    {
        var op = FieldOperators.Parse(symbol);
        return new Operand.Series(new MetricsArithmetic(op, left, right));
    }

    private static MetricsConstant Constant(Operand.Scalar scalar) =>
        new(ConstantFolder.FactorOf(scalar.Expression)) { At = scalar.Expression.At };

    private static bool IsArithmetic(string symbol) => Arithmetic.Contains(symbol, StringComparison.Ordinal);
}

/// <summary>What an expression outside the braces turned out to be; which operators may follow depends on it.</summary>
internal abstract record Operand
{
    /// <summary>Spans: a filter, an operation, a pipeline in brackets.</summary>
    public sealed record Spans(SpansetExpression Expression) : Operand;

    /// <summary>A finished comparison, such as <c>count() > 1</c>.</summary>
    public sealed record Filter(ScalarFilter Comparison) : Operand;

    /// <summary>A number for a spanset; constant where no aggregate is in it.</summary>
    public sealed record Scalar(ScalarExpression Expression, bool IsConstant) : Operand;

    /// <summary>A pipeline in brackets that ends in an aggregate, or arithmetic on such.</summary>
    public sealed record PipelineScalar(ScalarExpression Expression) : Operand;

    /// <summary>Series.</summary>
    public sealed record Series(MetricsExpression Expression) : Operand;

    /// <summary><c>by()</c>, <c>select()</c> and <c>coalesce()</c>: stages that no operator takes.</summary>
    public sealed record Stage(PipelineStage Value) : Operand;
}

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

    private static double Fold(ScalarExpression expression) =>
        expression switch
        {
            ScalarLiteral { Value.Kind: LiteralKind.Duration } duration => throw new SyntaxException(
                "a duration cannot be calculated with beside metrics, only compared with",
                duration.At
            ),
            ScalarLiteral literal => literal.Value.Number,
            ScalarOperation { Operator: FieldOperator.Add } o => Fold(o.Left) + Fold(o.Right),
            ScalarOperation { Operator: FieldOperator.Subtract } o => Fold(o.Left) - Fold(o.Right),
            ScalarOperation { Operator: FieldOperator.Multiply } o => Fold(o.Left) * Fold(o.Right),
            ScalarOperation { Operator: FieldOperator.Divide } o => Fold(o.Left) / Fold(o.Right),
            _ => throw new SyntaxException("only + - * / work beside metrics", expression.At),
        };
}
