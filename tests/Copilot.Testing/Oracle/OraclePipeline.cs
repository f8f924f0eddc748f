using Copilot.TraceQL.Syntax;

namespace Copilot.Testing.Oracle;

/// <summary>Pipelines over whole traces in memory: lists of spansets in, lists of spansets out.</summary>
public sealed class OraclePipeline(OracleData data)
{
    private readonly OracleValues _values = new(data);

    /// <summary>The spansets that a pipeline leaves; none is empty, and none spans two traces.</summary>
    public List<List<OracleSpan>> Run(Pipeline pipeline)
    {
        var traces = data.InWindow.GroupBy(s => s.Trace).Select(t => t.ToList()).ToList();
        return Stages(pipeline, traces);
    }

    private List<List<OracleSpan>> Stages(Pipeline pipeline, List<List<OracleSpan>> spansets)
    {
        foreach (var stage in pipeline.Stages)
            spansets = Stage(stage, spansets);
        return spansets;
    }

    private List<List<OracleSpan>> Stage(PipelineStage stage, List<List<OracleSpan>> spansets) =>
        stage switch
        {
            SpansetExpression expression => spansets.Select(s => Spans(expression, s)).Where(s => s.Count > 0).ToList(),
            Select => spansets,
            Coalesce => spansets.GroupBy(s => s[0].Trace).Select(t => t.SelectMany(s => s).ToList()).ToList(),
            GroupBy by => spansets
                .SelectMany(s => s.GroupBy(span => Key(_values.Value(by.Expression, span))).Select(g => g.ToList()))
                .ToList(),
            ScalarFilter filter => spansets.Where(s => Holds(filter, s)).ToList(),
            _ => throw new NotSupportedException(stage.GetType().Name),
        };

    /// <summary>Lists are one group if their items are.</summary>
    public static object Key(object? value) =>
        value switch
        {
            null => "nil",
            List<object> list => "[" + string.Join(",", list.Select(Key)) + "]",
            string text => "\"" + text,
            _ => value,
        };

    private bool Holds(ScalarFilter filter, List<OracleSpan> spans)
    {
        var aggregate = (Aggregate)filter.Left;
        var numbers = aggregate.Expression is null
            ? []
            : spans.Select(s => _values.Value(aggregate.Expression, s)).OfType<OracleNumber>().ToList();
        OracleNumber? value = aggregate.Kind switch
        {
            AggregateKind.Count => OracleNumber.Of((decimal)spans.Count),
            _ when numbers.Count == 0 => null,
            AggregateKind.Min => numbers.Min(),
            AggregateKind.Max => numbers.Max(),
            AggregateKind.Avg => OracleNumber.Average(numbers),
            _ => OracleNumber.Sum(numbers),
        };
        return value is { } left && OracleValues.Ordered(filter.Operator, left.CompareTo(Constant(filter.Right)));
    }

    private static OracleNumber Constant(ScalarExpression scalar) =>
        scalar switch
        {
            ScalarLiteral { Value.Kind: LiteralKind.Float } literal => OracleNumber.Of((decimal)literal.Value.Float),
            ScalarLiteral literal => OracleNumber.Of((decimal)literal.Value.Integer),
            ScalarOperation { Operator: FieldOperator.Add } o => Constant(o.Left) + Constant(o.Right),
            ScalarOperation { Operator: FieldOperator.Multiply } o => Constant(o.Left) * Constant(o.Right),
            _ => throw new NotSupportedException(),
        };

    private List<OracleSpan> Spans(SpansetExpression expression, List<OracleSpan> input)
    {
        switch (expression)
        {
            case SpansetFilter filter:
                return input.Where(s => _values.Holds(filter.Condition, s)).ToList();
            case Pipeline pipeline:
                return Stages(pipeline, [input]).SelectMany(s => s).Distinct().ToList();
            case SpansetOperation operation:
                return Relate(operation.Operator, Spans(operation.Left, input), Spans(operation.Right, input));
            default:
                throw new NotSupportedException(expression.GetType().Name);
        }
    }

    private List<OracleSpan> Relate(SpansetOperator op, List<OracleSpan> left, List<OracleSpan> right)
    {
        if (op == SpansetOperator.Or || (op == SpansetOperator.And && left.Count > 0 && right.Count > 0))
            return left.Union(right).ToList();
        if (op == SpansetOperator.And)
            return [];
        var relation = op.Relation();
        if (op.IsNegated())
            return right.Where(r => !left.Any(l => Related(relation, l, r))).ToList();
        var result = right.Where(r => left.Any(l => Related(relation, l, r))).ToList();
        return op.IsUnion() ? left.Where(l => right.Any(r => Related(relation, l, r))).Union(result).ToList() : result;
    }

    private bool Related(SpansetOperator relation, OracleSpan left, OracleSpan right) =>
        relation switch
        {
            SpansetOperator.Child => right.Parent == left.Id,
            SpansetOperator.Parent => left.Parent == right.Id,
            SpansetOperator.Sibling => left != right && left.Parent is { } parent && right.Parent == parent,
            SpansetOperator.Descendant => data.Above(right).Contains(left.Id),
            _ => data.Above(left).Contains(right.Id),
        };
}
