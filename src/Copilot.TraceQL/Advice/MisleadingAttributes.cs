using Copilot.TraceQL.Fields;
using Copilot.TraceQL.Metrics;
using Copilot.TraceQL.Spansets;

namespace Copilot.TraceQL.Advice;

/// <summary>Attributes that are valid as names but almost surely mean something else.</summary>
internal static class MisleadingAttributes
{
    /// <summary>Why an attribute of the query misleads, or null.</summary>
    public static string? Find(TraceQlQuery query) => query.Pipeline is { } pipeline ? Find(pipeline) : Find(query.Metrics!);

    private static string? Find(MetricsExpression metrics) => metrics switch
    {
        MetricsQuery query => Find(query.Source),
        StagedMetrics staged => Find(staged.Source),
        MetricsArithmetic arithmetic => Find(arithmetic.Left) ?? Find(arithmetic.Right),
        _ => null,
    };

    private static string? Find(PipelineStage stage) => stage switch
    {
        SpansetFilter filter => Find(filter.Condition),
        SpansetOperation operation => Find(operation.Left) ?? Find(operation.Right),
        Pipeline pipeline => pipeline.Stages.Select(Find).FirstOrDefault(found => found is not null),
        _ => null,
    };

    private static string? Find(FieldExpression expression) => expression switch
    {
        FieldBinary { Left: AttributeReference attribute, Right: Literal literal } => Find(attribute, literal),
        FieldBinary binary => Find(binary.Left) ?? Find(binary.Right),
        FieldUnary unary => Find(unary.Operand),
        _ => null,
    };

    private static string? Find(AttributeReference attribute, Literal literal)
    {
        if (attribute.Name.EndsWith(']') && attribute.Name.Contains('[', StringComparison.Ordinal))
            return $"{attribute} is read as an attribute of just that name: there is no array index";
        var means = attribute is { Scope: AttributeScope.Any or AttributeScope.Span, OfParent: false } && (attribute.Name, literal.Kind) is
            ("duration", LiteralKind.Duration) or ("status", LiteralKind.Status) or ("kind", LiteralKind.SpanKind);
        return means ? $"{attribute} is an attribute, which spans seldom have; the intrinsic is {attribute.Name}" : null;
    }
}
