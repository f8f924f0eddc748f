namespace Copilot.TraceQL.Syntax;

/// <summary>One number for a spanset.</summary>
public abstract record ScalarExpression
{
    public SourceSpan At { get; init; }

    internal int Depth { get; private protected init; } = 1;

    /// <summary>Readable TraceQL.</summary>
    public sealed override string ToString() => ReadablePrinter.Print(this);
}

/// <summary><c>count() &gt; 2</c>: keeps the spansets for which the comparison holds.</summary>
public sealed record ScalarFilter : PipelineStage
{
    public ScalarFilter(FieldOperator op, ScalarExpression left, ScalarExpression right)
    {
        Operator = op;
        Left = left;
        Right = right;
        At = left.At.To(right.At);
        Depth = 1 + Math.Max(left.Depth, right.Depth);
    }

    public FieldOperator Operator { get; }

    public ScalarExpression Left { get; }

    public ScalarExpression Right { get; }
}

/// <summary>A number or duration in a scalar expression.</summary>
public sealed record ScalarLiteral(Literal Value) : ScalarExpression;

/// <summary>Arithmetic between scalars: <c>1 - 3</c>, <c>sum(.a) / count()</c>.</summary>
public sealed record ScalarOperation : ScalarExpression
{
    public ScalarOperation(FieldOperator op, ScalarExpression left, ScalarExpression right)
    {
        Operator = op;
        Left = left;
        Right = right;
        At = left.At.To(right.At);
        Depth = 1 + Math.Max(left.Depth, right.Depth);
    }

    public FieldOperator Operator { get; }

    public ScalarExpression Left { get; }

    public ScalarExpression Right { get; }
}

/// <summary>A pipeline in brackets that ends in an aggregate: <c>({ .a } | count())</c>.</summary>
public sealed record ScalarPipeline : ScalarExpression
{
    public ScalarPipeline(Pipeline source, Aggregate aggregate)
    {
        Source = source;
        Aggregate = aggregate;
        At = source.At.To(aggregate.At);
        Depth = 1 + source.Depth;
    }

    public Pipeline Source { get; }

    public Aggregate Aggregate { get; }
}

/// <summary><c>count()</c>, <c>avg(duration)</c>. Only <c>count</c> has no expression.</summary>
public sealed record Aggregate(AggregateKind Kind, FieldExpression? Expression) : ScalarExpression;

/// <summary>How the values of a spanset's spans become one number.</summary>
public enum AggregateKind
{
    Count,
    Min,
    Max,
    Avg,
    Sum,
}
