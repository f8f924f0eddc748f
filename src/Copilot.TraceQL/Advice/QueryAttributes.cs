using Copilot.TraceQL.Fields;
using Copilot.TraceQL.Metrics;
using Copilot.TraceQL.Scalars;
using Copilot.TraceQL.Spansets;

namespace Copilot.TraceQL.Advice;

/// <summary>Which attributes a query names.</summary>
public static class QueryAttributes
{
    /// <summary>Every attribute, where it stands, in the order of the text.</summary>
    public static IEnumerable<AttributeReference> Of(TraceQlQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        return query.Pipeline is { } pipeline ? Of(pipeline) : Of(query.Metrics!);
    }

    private static IEnumerable<AttributeReference> Of(MetricsExpression metrics) => metrics switch
    {
        MetricsQuery query => Of(query.Source)
            .Concat(query.Function.Compare is { } compare ? Of(compare.Selection) : [])
            .Concat(query.Function.Field is { } field ? Of(field) : [])
            .Concat(query.Function.By.SelectMany(Of)),
        StagedMetrics staged => Of(staged.Source),
        MetricsArithmetic arithmetic => Of(arithmetic.Left).Concat(Of(arithmetic.Right)),
        _ => [],
    };

    private static IEnumerable<AttributeReference> Of(PipelineStage stage) => stage switch
    {
        SpansetFilter filter => Of(filter.Condition),
        SpansetOperation operation => Of(operation.Left).Concat(Of(operation.Right)),
        Pipeline pipeline => pipeline.Stages.SelectMany(Of),
        GroupBy by => Of(by.Expression),
        Select select => select.Fields.SelectMany(Of),
        ScalarFilter filter => Of(filter.Left).Concat(Of(filter.Right)),
        _ => [],
    };

    private static IEnumerable<AttributeReference> Of(ScalarExpression scalar) => scalar switch
    {
        Aggregate { Expression: { } expression } => Of(expression),
        ScalarOperation operation => Of(operation.Left).Concat(Of(operation.Right)),
        ScalarPipeline pipeline => Of(pipeline.Source).Concat(Of(pipeline.Aggregate)),
        _ => [],
    };

    private static IEnumerable<AttributeReference> Of(FieldExpression expression) => expression switch
    {
        AttributeReference attribute => [attribute],
        FieldBinary binary => Of(binary.Left).Concat(Of(binary.Right)),
        FieldUnary unary => Of(unary.Operand),
        _ => [],
    };
}
