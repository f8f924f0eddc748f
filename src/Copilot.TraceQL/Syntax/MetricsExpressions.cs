namespace Copilot.TraceQL.Syntax;

/// <summary>What gives series over time.</summary>
public abstract record MetricsExpression : SyntaxNode
{
    private protected MetricsExpression() { }

    private protected MetricsExpression(SyntaxNode first, SyntaxNode last)
        : base(first, last) { }

    /// <summary>Readable TraceQL.</summary>
    public sealed override string ToString() => ReadablePrinter.Print(this);
}

/// <summary><c>+ - * /</c> between series with the same labels, or with a number.</summary>
public sealed record MetricsArithmetic(FieldOperator Operator, MetricsExpression Left, MetricsExpression Right)
    : MetricsExpression(Left, Right);

/// <summary>A number beside a metrics pipeline: the 100 of <c>({ } | rate()) * 100</c>.</summary>
public sealed record MetricsConstant(double Value) : MetricsExpression;

/// <summary>Series and the second stages that thin them out: <c>… | topk(5) &gt; 10</c>.</summary>
public sealed record StagedMetrics : MetricsExpression
{
    public StagedMetrics(MetricsExpression source, EquatableList<MetricsStage> stages)
    {
        Source = source;
        Stages = stages;
        At = source.At;
        Depth = 1 + source.Depth;
    }

    public MetricsExpression Source { get; }

    public EquatableList<MetricsStage> Stages { get; }
}

/// <summary>A pipeline and the metrics function over its spans: <c>{ } | rate() by (name)</c>.</summary>
public sealed record MetricsQuery : MetricsExpression
{
    public MetricsQuery(Pipeline source, MetricsFunction function)
    {
        Source = source;
        Function = function;
        At = source.At.To(function.At);
        Depth = 1 + source.Depth;
    }

    public Pipeline Source { get; }

    public MetricsFunction Function { get; }
}

/// <summary>A second stage: <see cref="RankStage"/> or <see cref="ThresholdStage"/>.</summary>
public abstract record MetricsStage
{
    public SourceSpan At { get; init; }
}

/// <summary><c>topk(n)</c> or <c>bottomk(n)</c>: at each step the n largest or smallest series.</summary>
public sealed record RankStage(bool Largest, int Count) : MetricsStage;

/// <summary>A comparison of results: <c>&gt; 10</c>. Durations are seconds, as results are.</summary>
public sealed record ThresholdStage(FieldOperator Operator, double Value) : MetricsStage;
