using Copilot.TraceQL.Metrics;
using Copilot.TraceQL.Scalars;
using Copilot.TraceQL.Spansets;

namespace Copilot.TraceQL.Parsing;

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
