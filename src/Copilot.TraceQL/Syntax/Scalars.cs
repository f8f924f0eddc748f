namespace Copilot.TraceQL.Syntax;

/// <summary>One number for a spanset.</summary>
public abstract record ScalarExpression : SyntaxNode
{
    private protected ScalarExpression() { }

    private protected ScalarExpression(SyntaxNode first, SyntaxNode last)
        : base(first, last) { }

    /// <summary>Readable TraceQL.</summary>
    public sealed override string ToString() => ReadablePrinter.Print(this);
}

/// <summary><c>count() &gt; 2</c>: keeps the spansets for which the comparison holds.</summary>
public sealed record ScalarFilter(FieldOperator Operator, ScalarExpression Left, ScalarExpression Right) : PipelineStage(Left, Right);

/// <summary>A number or duration in a scalar expression.</summary>
public sealed record ScalarLiteral(Literal Value) : ScalarExpression;

/// <summary>Arithmetic between scalars: <c>1 - 3</c>, <c>sum(.a) / count()</c>.</summary>
public sealed record ScalarOperation(FieldOperator Operator, ScalarExpression Left, ScalarExpression Right) : ScalarExpression(Left, Right);

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
