using Copilot.TraceQL.Fields;
using Copilot.TraceQL.Metrics;
using Copilot.TraceQL.Scalars;
using Copilot.TraceQL.Spansets;

namespace Copilot.TraceQL.Advice;

/// <summary>The conditions and values of a query, and the attributes and intrinsics in them.</summary>
public static class QueryExpressions
{
    /// <summary>Every attribute and intrinsic, where it stands, in the order of the text.</summary>
    public static IEnumerable<FieldExpression> References(TraceQlQuery query) => Of(query, _ => true).SelectMany(References);

    /// <summary>What must be worked out for every span that is looked at: conditions, groups and measures, not what select() only shows.</summary>
    public static IEnumerable<FieldExpression> WorkedOut(TraceQlQuery query) => Of(query, stage => stage is not Select);

    private static IEnumerable<FieldExpression> Of(TraceQlQuery query, Func<PipelineStage, bool> counts)
    {
        ArgumentNullException.ThrowIfNull(query);
        return query.Pipeline is { } pipeline ? Of(pipeline, counts) : Of(query.Metrics!, counts);
    }

    private static IEnumerable<FieldExpression> Of(MetricsExpression metrics, Func<PipelineStage, bool> counts) => metrics switch
    {
        MetricsQuery query => Of(query.Source, counts)
            .Concat(query.Function.Compare is { } compare ? Of(compare.Selection, counts) : [])
            .Concat(query.Function.Field is { } field ? [field] : [])
            .Concat(query.Function.By),
        StagedMetrics staged => Of(staged.Source, counts),
        MetricsArithmetic arithmetic => Of(arithmetic.Left, counts).Concat(Of(arithmetic.Right, counts)),
        _ => [],
    };

    private static IEnumerable<FieldExpression> Of(PipelineStage stage, Func<PipelineStage, bool> counts) => stage switch
    {
        _ when !counts(stage) => [],
        SpansetFilter filter => [filter.Condition],
        SpansetOperation operation => Of(operation.Left, counts).Concat(Of(operation.Right, counts)),
        Pipeline pipeline => pipeline.Stages.SelectMany(next => Of(next, counts)),
        GroupBy by => [by.Expression],
        Select select => select.Fields,
        ScalarFilter filter => Of(filter.Left, counts).Concat(Of(filter.Right, counts)),
        _ => [],
    };

    private static IEnumerable<FieldExpression> Of(ScalarExpression scalar, Func<PipelineStage, bool> counts) => scalar switch
    {
        Aggregate { Expression: { } expression } => [expression],
        ScalarOperation operation => Of(operation.Left, counts).Concat(Of(operation.Right, counts)),
        ScalarPipeline pipeline => Of(pipeline.Source, counts).Concat(Of(pipeline.Aggregate, counts)),
        _ => [],
    };

    private static IEnumerable<FieldExpression> References(FieldExpression expression) => expression switch
    {
        AttributeReference or IntrinsicReference => [expression],
        FieldBinary binary => References(binary.Left).Concat(References(binary.Right)),
        FieldUnary unary => References(unary.Operand),
        _ => [],
    };
}
