using Copilot.TraceQL.Syntax;

namespace Copilot.TraceQL.Checking;

/// <summary>Attributes that are valid as names but almost surely mean something else.</summary>
internal static class MisleadingAttributes
{
    /// <summary>Why an attribute of the query misleads, or null.</summary>
    public static string? Find(TraceQlQuery query) => query.Pipeline is { } pipeline ? Find(pipeline) : Find(query.Metrics!);

    private static string? Find(MetricsExpression metrics) =>
        metrics switch
        {
            MetricsQuery query => Find(query.Source),
            StagedMetrics staged => Find(staged.Source),
            MetricsArithmetic arithmetic => Find(arithmetic.Left) ?? Find(arithmetic.Right),
            _ => null,
        };

    private static string? Find(PipelineStage stage) =>
        stage switch
        {
            SpansetFilter filter => Find(filter.Condition),
            SpansetOperation operation => Find(operation.Left) ?? Find(operation.Right),
            Pipeline pipeline => pipeline.Stages.Select(Find).FirstOrDefault(found => found is not null),
            _ => null,
        };

    private static string? Find(FieldExpression expression) =>
        expression switch
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
        var means =
            attribute is { Scope: AttributeScope.Any or AttributeScope.Span, OfParent: false }
            && (attribute.Name, literal.Kind)
                is
                    ("duration", LiteralKind.Duration)
                    or
                    ("status", LiteralKind.Status)
                    or
                    ("kind", LiteralKind.SpanKind);
        return means ? $"{attribute} is an attribute, which spans seldom have; the intrinsic is {attribute.Name}" : null;
    }
}

/// <summary>The conditions and values of a query, and the attributes and intrinsics in them.</summary>
public static class QueryExpressions
{
    /// <summary>Every attribute and intrinsic, where it stands, in the order of the text.</summary>
    public static IEnumerable<FieldExpression> References(TraceQlQuery query) => Of(query, _ => true).SelectMany(References);

    /// <summary>What must be worked out for every span that is looked at: conditions, groups and measures, not what select() only
    /// shows.</summary>
    public static IEnumerable<FieldExpression> WorkedOut(TraceQlQuery query) => Of(query, stage => stage is not Select);

    private static IEnumerable<FieldExpression> Of(TraceQlQuery query, Func<PipelineStage, bool> counts)
    {
        ArgumentNullException.ThrowIfNull(query);
        return query.Pipeline is { } pipeline ? Of(pipeline, counts) : Of(query.Metrics!, counts);
    }

    private static IEnumerable<FieldExpression> Of(MetricsExpression metrics, Func<PipelineStage, bool> counts) =>
        metrics switch
        {
            MetricsQuery query => Of(query.Source, counts)
                .Concat(query.Function.Compare is { } compare ? Of(compare.Selection, counts) : [])
                .Concat(query.Function.Field is { } field ? [field] : [])
                .Concat(query.Function.By),
            StagedMetrics staged => Of(staged.Source, counts),
            MetricsArithmetic arithmetic => Of(arithmetic.Left, counts).Concat(Of(arithmetic.Right, counts)),
            _ => [],
        };

    private static IEnumerable<FieldExpression> Of(PipelineStage stage, Func<PipelineStage, bool> counts) =>
        stage switch
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

    private static IEnumerable<FieldExpression> Of(ScalarExpression scalar, Func<PipelineStage, bool> counts) =>
        scalar switch
        {
            Aggregate { Expression: { } expression } => [expression],
            ScalarOperation operation => Of(operation.Left, counts).Concat(Of(operation.Right, counts)),
            ScalarPipeline pipeline => Of(pipeline.Source, counts).Concat(Of(pipeline.Aggregate, counts)),
            _ => [],
        };

    private static IEnumerable<FieldExpression> References(FieldExpression expression) =>
        expression switch
        {
            AttributeReference or IntrinsicReference => [expression],
            FieldBinary binary => References(binary.Left).Concat(References(binary.Right)),
            FieldUnary unary => References(unary.Operand),
            _ => [],
        };
}
