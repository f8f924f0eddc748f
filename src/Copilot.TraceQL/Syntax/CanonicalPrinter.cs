using System.Globalization;

namespace Copilot.TraceQL.Syntax;

/// <summary>The form in which Tempo prints a query: every operation in brackets, strings in back quotes.</summary>
internal static class CanonicalPrinter
{
    public static string Print(TraceQlQuery query)
    {
        var body = query.Pipeline is { } pipeline ? Print(pipeline) : Print(query.Metrics!);
        return query.Hints.Count == 0 ? body : $"{body} with({string.Join(", ", query.Hints.Select(h => $"{h.Name}={Print(h.Value)}"))})";
    }

    private static string Print(PipelineStage stage) =>
        stage switch
        {
            SpansetFilter filter => $"{{ {Print(filter.Condition)} }}",
            SpansetOperation o => $"({Print(o.Left)}) {o.Operator.Symbol()} ({Print(o.Right)})",
            Pipeline pipeline => string.Join('|', pipeline.Stages.Select(s => s is Pipeline ? $"({Print(s)})" : Print(s))),
            GroupBy by => $"by({Print(by.Expression)})",
            Select select => $"select({string.Join(", ", select.Fields.Select(Print))})",
            Coalesce => "coalesce()",
            ScalarFilter f => $"{Operand(f.Left)} {f.Operator.Symbol()} {Operand(f.Right)}",
            _ => throw new InvalidOperationException($"no such stage: {stage.GetType().Name}"),
        };

    private static string Print(ScalarExpression scalar) =>
        scalar switch
        {
            ScalarLiteral literal => Print(literal.Value),
            Aggregate aggregate => $"{aggregate.Kind.ToString().ToLowerInvariant()}({(aggregate.Expression is { } e ? Print(e) : "")})",
            ScalarOperation o => $"{Operand(o.Left)} {o.Operator.Symbol()} {Operand(o.Right)}",
            ScalarPipeline p => $"{Print(p.Source)}|{Print(p.Aggregate)}",
            _ => throw new InvalidOperationException($"no such scalar: {scalar.GetType().Name}"),
        };

    private static string Operand(ScalarExpression scalar) => scalar is ScalarLiteral ? Print(scalar) : $"({Print(scalar)})";

    private static string Print(MetricsExpression metrics) =>
        metrics switch
        {
            MetricsQuery query => $"{Print(query.Source)} | {Print(query.Function)}",
            MetricsConstant constant => Quoting.Bound(constant.Value),
            MetricsArithmetic o => $"{Operand(o.Left)} {o.Operator.Symbol()} {Operand(o.Right)}",
            StagedMetrics staged => Source(staged.Source) + string.Concat(staged.Stages.Select(Print)),
            _ => throw new InvalidOperationException($"no such metrics: {metrics.GetType().Name}"),
        };

    private static string Source(MetricsExpression source) => source is StagedMetrics ? $"({Print(source)})" : Print(source);

    private static string Operand(MetricsExpression metrics) => metrics is MetricsConstant ? Print(metrics) : $"({Print(metrics)})";

    internal static string Print(MetricsStage stage) =>
        stage switch
        {
            RankStage rank => string.Create(CultureInfo.InvariantCulture, $" | {(rank.Largest ? "topk" : "bottomk")}({rank.Count})"),
            ThresholdStage threshold => $" {threshold.Operator.Symbol()} {Quoting.Bound(threshold.Value)}",
            _ => throw new InvalidOperationException($"no such stage: {stage.GetType().Name}"),
        };

    private static string Print(MetricsFunction function)
    {
        var arguments = function switch
        {
            { Compare: { } compare } => Arguments(compare, Print(compare.Selection)),
            { Field: { } field } => string.Join(
                ',',
                function.Quantiles.Select(q => q.ToString("0.00000", CultureInfo.InvariantCulture)).Prepend(Print(field))
            ),
            _ => "",
        };
        var by = function.By.Count == 0 ? "" : $"by({string.Join(',', function.By.Select(Print))})";
        return $"{function.Kind.Written()}({arguments}){by}";
    }

    internal static string Arguments(CompareArguments compare, string selection)
    {
        var times = compare.StartNanoseconds is { } start
            ? string.Create(CultureInfo.InvariantCulture, $", {start}, {compare.EndNanoseconds}")
            : "";
        return string.Create(CultureInfo.InvariantCulture, $"{selection}, {compare.TopN}{times}");
    }

    private static string Print(FieldExpression expression) =>
        expression switch
        {
            FieldBinary o => $"{Operand(o.Left)} {o.Operator.Symbol()} {Operand(o.Right)}",
            FieldUnary o => (o.IsNot ? "!" : "-") + Operand(o.Operand),
            AttributeReference attribute => Quoting.Attribute(attribute),
            IntrinsicReference intrinsic => intrinsic.Intrinsic.Written(),
            Literal literal => Print(literal),
            _ => throw new InvalidOperationException($"no such expression: {expression.GetType().Name}"),
        };

    private static string Operand(FieldExpression expression) =>
        expression is FieldBinary or FieldUnary ? $"({Print(expression)})" : Print(expression);

    private static string Print(Literal literal) =>
        literal.Kind switch
        {
            LiteralKind.Text => Quoting.BackQuoted(literal.Text),
            LiteralKind.Duration => Quoting.GoDuration(literal.Integer),
            _ => LiteralPrinter.Print(literal),
        };
}
