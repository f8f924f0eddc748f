using Copilot.TraceQL;
using Copilot.TraceQL.Fields;
using Copilot.TraceQL.Metrics;
using Copilot.TraceQL.Spansets;

namespace Copilot.Store.Traceql;

/// <summary>What bounds the spans that a query reads: named services, or one trace.</summary>
internal sealed record ServiceBound(IReadOnlySet<string> Services, bool OneTrace)
{
    /// <summary>Null where nothing bounds them.</summary>
    public static ServiceBound? Of(TraceQlQuery query) => query.Pipeline is { } pipeline ? Of(pipeline) : Of(query.Metrics!);

    private static ServiceBound? Of(MetricsExpression metrics) => metrics switch
    {
        MetricsQuery query => Of(query.Source),
        StagedMetrics staged => Of(staged.Source),
        MetricsArithmetic { Left: MetricsConstant } o => Of(o.Right),
        MetricsArithmetic { Right: MetricsConstant } o => Of(o.Left),
        MetricsArithmetic o => Together(Of(o.Left), Of(o.Right)),
        _ => null,
    };

    private static ServiceBound? Of(PipelineStage stage) => stage switch
    {
        SpansetFilter filter => Of(filter.Condition),
        Pipeline pipeline => Of(pipeline.Stages[0]),
        SpansetOperation operation => Together(Of(operation.Left), Of(operation.Right)),
        _ => null,
    };

    private static ServiceBound? Of(FieldExpression condition) => condition switch
    {
        FieldBinary { Operator: FieldOperator.And } and => Of(and.Left) ?? Of(and.Right),
        FieldBinary { Operator: FieldOperator.Or } or => Together(Of(or.Left), Of(or.Right)),
        FieldBinary { Operator: FieldOperator.Equal, Left: AttributeReference { Scope: AttributeScope.Resource, Name: Levels.ServiceName }, Right: Literal service } =>
            new ServiceBound(new HashSet<string> { service.Text }, false),
        FieldBinary { Operator: FieldOperator.Equal, Left: IntrinsicReference { Intrinsic: Intrinsic.TraceId }, Right: Literal } =>
            new ServiceBound(new HashSet<string>(), true),
        _ => null,
    };

    private static ServiceBound? Together(ServiceBound? left, ServiceBound? right) =>
        left is null || right is null ? null : new ServiceBound(left.Services.Union(right.Services).ToHashSet(), left.OneTrace && right.OneTrace);
}
