namespace Copilot.TraceQL.Syntax;

/// <summary>Queries as a person would write them; parses back to the same tree.</summary>
internal static class ReadablePrinter
{
    public static string Print(TraceQlQuery query)
    {
        var body = query.Pipeline is { } pipeline ? Print(pipeline) : Print(query.Metrics!);
        return query.Hints.Count == 0
            ? body
            : $"{body} with ({string.Join(", ", query.Hints.Select(h => $"{h.Name}={LiteralPrinter.Print(h.Value)}"))})";
    }

    public static string Print(PipelineStage stage) =>
        stage switch
        {
            SpansetFilter { IsEverything: true } => "{ }",
            SpansetFilter filter => $"{{ {Print(filter.Condition)} }}",
            SpansetOperation o =>
                $"{Operand(o.Left, o.Operator.Precedence())} {o.Operator.Symbol()} {Operand(o.Right, o.Operator.Precedence() + 1)}",
            Pipeline pipeline => string.Join(" | ", pipeline.Stages.Select(s => s is Pipeline ? $"({Print(s)})" : Print(s))),
            GroupBy by => $"by({Print(by.Expression)})",
            Select select => $"select({string.Join(", ", select.Fields.Select(Print))})",
            Coalesce => "coalesce()",
            ScalarFilter f => $"{Operand(f.Left, FieldOperators.Sum)} {f.Operator.Symbol()} {Operand(f.Right, FieldOperators.Sum)}",
            _ => throw new InvalidOperationException($"no such stage: {stage.GetType().Name}"),
        };

    private static string Operand(SpansetExpression operand, int precedence) =>
        operand is Pipeline || (operand is SpansetOperation o && o.Operator.Precedence() < precedence)
            ? $"({Print(operand)})"
            : Print(operand);

    public static string Print(ScalarExpression scalar) =>
        scalar switch
        {
            ScalarLiteral literal => LiteralPrinter.Print(literal.Value),
            Aggregate aggregate => $"{aggregate.Kind.ToString().ToLowerInvariant()}({aggregate.Expression})",
            ScalarPipeline p => $"({Print(p.Source)} | {Print(p.Aggregate)})",
            ScalarOperation o => Infix(
                Operand(o.Left, LeftPrecedence(o.Operator)),
                o.Operator,
                Operand(o.Right, RightPrecedence(o.Operator))
            ),
            _ => throw new InvalidOperationException($"no such scalar: {scalar.GetType().Name}"),
        };

    private static string Operand(ScalarExpression operand, int precedence) =>
        operand is ScalarOperation o && o.Operator.Precedence() < precedence ? $"({Print(operand)})" : Print(operand);

    public static string Print(MetricsExpression metrics) =>
        metrics switch
        {
            MetricsQuery query => $"{Print(query.Source)} | {Print(query.Function)}",
            MetricsConstant constant => Quoting.Bound(constant.Value),
            MetricsArithmetic o => Infix(
                Operand(o.Left, o.Operator.Precedence()),
                o.Operator,
                Operand(o.Right, o.Operator.Precedence() + 1)
            ),
            StagedMetrics { Source: StagedMetrics } staged => $"({Print(staged.Source)})"
                + string.Concat(staged.Stages.Select(CanonicalPrinter.Print)),
            StagedMetrics staged => Print(staged.Source) + string.Concat(staged.Stages.Select(CanonicalPrinter.Print)),
            _ => throw new InvalidOperationException($"no such metrics: {metrics.GetType().Name}"),
        };

    private static string Operand(MetricsExpression operand, int precedence) =>
        operand is MetricsConstant || (operand is MetricsArithmetic o && o.Operator.Precedence() >= precedence)
            ? Print(operand)
            : $"({Print(operand)})";

    private static string Print(MetricsFunction function)
    {
        var arguments = function switch
        {
            { Compare: { } compare } => CanonicalPrinter.Arguments(compare, Print(compare.Selection)),
            { Field: { } field } => string.Join(", ", function.Quantiles.Select(Quoting.Bound).Prepend(Print(field))),
            _ => "",
        };
        var by = function.By.Count == 0 ? "" : $" by ({string.Join(", ", function.By.Select(Print))})";
        return $"{function.Kind.Written()}({arguments}){by}";
    }

    public static string Print(FieldExpression expression) =>
        expression switch
        {
            FieldBinary o when o.Operator.IsLogical() && Logical(o.Left, o.Operator) is { Length: > 0 } left => Infix(
                left,
                o.Operator,
                Operand(o.Right, RightPrecedence(o.Operator))
            ),
            FieldBinary o => Infix(Operand(o.Left, LeftPrecedence(o.Operator)), o.Operator, Operand(o.Right, RightPrecedence(o.Operator))),
            FieldUnary { IsNot: true } o => "!" + (o.Operand is FieldBinary ? $"({Print(o.Operand)})" : Print(o.Operand)),
            FieldUnary o => "-" + (IsPlain(o.Operand) ? Print(o.Operand) : $"({Print(o.Operand)})"),
            AttributeReference attribute => Quoting.Attribute(attribute),
            IntrinsicReference intrinsic => intrinsic.Intrinsic.Written(),
            Literal literal => LiteralPrinter.Print(literal),
            _ => throw new InvalidOperationException($"no such expression: {expression.GetType().Name}"),
        };

    /// <summary>After a minus a number would become one literal with it.</summary>
    private static bool IsPlain(FieldExpression operand) => operand is AttributeReference or IntrinsicReference;

    /// <summary>"And" and "or" bind alike, which few remember: where they mix, brackets say what belongs together.</summary>
    private static string Logical(FieldExpression operand, FieldOperator of) =>
        operand is FieldBinary o && o.Operator.IsLogical() && o.Operator != of ? $"({Print(operand)})" : "";

    private static string Operand(FieldExpression operand, int precedence) =>
        operand switch
        {
            FieldBinary o when o.Operator.Precedence() < precedence => $"({Print(operand)})",
            // `!` takes a product that follows with it.
            FieldUnary { IsNot: true } when precedence > FieldOperators.Not => $"({Print(operand)})",
            _ => Print(operand),
        };

    private static int LeftPrecedence(FieldOperator op) => op == FieldOperator.Power ? op.Precedence() + 1 : op.Precedence();

    private static int RightPrecedence(FieldOperator op) => op == FieldOperator.Power ? op.Precedence() : op.Precedence() + 1;

    private static string Infix(string left, FieldOperator op, string right) => $"{left} {op.Symbol()} {right}";
}
