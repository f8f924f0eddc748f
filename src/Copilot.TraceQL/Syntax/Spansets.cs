namespace Copilot.TraceQL.Syntax;

/// <summary>What selects spans: a filter, an operation on two of them, or a pipeline in brackets.</summary>
public abstract record SpansetExpression : PipelineStage
{
    private protected SpansetExpression() { }

    private protected SpansetExpression(SyntaxNode first, SyntaxNode last)
        : base(first, last) { }
}

/// <summary><c>{ condition }</c>: the spans for which the condition holds; <c>{ }</c> is <c>{ true }</c>.</summary>
public sealed record SpansetFilter(FieldExpression Condition) : SpansetExpression
{
    /// <summary>Whether every span is meant.</summary>
    public bool IsEverything => Condition is Literal { Kind: LiteralKind.Boolean, Integer: not 0 };
}

/// <summary>Two spansets and how they stand to each other: <c>{ } &gt;&gt; { }</c>.</summary>
public sealed record SpansetOperation(SpansetOperator Operator, SpansetExpression Left, SpansetExpression Right)
    : SpansetExpression(Left, Right);

/// <summary>The operators between spansets. The result holds right-hand spans; the union forms hold both sides'.</summary>
public enum SpansetOperator
{
    And,
    Or,
    Child,
    Parent,
    Descendant,
    Ancestor,
    Sibling,
    NotChild,
    NotParent,
    NotDescendant,
    NotAncestor,
    NotSibling,
    UnionChild,
    UnionParent,
    UnionDescendant,
    UnionAncestor,
    UnionSibling,
}

/// <summary>How the operators between spansets are written.</summary>
public static class SpansetOperators
{
    private static readonly Dictionary<string, SpansetOperator> BySymbol = Enum.GetValues<SpansetOperator>().ToDictionary(Symbol);

    public static string Symbol(this SpansetOperator op) =>
        op switch
        {
            SpansetOperator.And => "&&",
            SpansetOperator.Or => "||",
            SpansetOperator.Child => ">",
            SpansetOperator.Parent => "<",
            SpansetOperator.Descendant => ">>",
            SpansetOperator.Ancestor => "<<",
            SpansetOperator.Sibling => "~",
            SpansetOperator.NotChild => "!>",
            SpansetOperator.NotParent => "!<",
            SpansetOperator.NotDescendant => "!>>",
            SpansetOperator.NotAncestor => "!<<",
            SpansetOperator.NotSibling => "!~",
            SpansetOperator.UnionChild => "&>",
            SpansetOperator.UnionParent => "&<",
            SpansetOperator.UnionDescendant => "&>>",
            SpansetOperator.UnionAncestor => "&<<",
            _ => "&~",
        };

    public static bool IsLogical(this SpansetOperator op) => op is SpansetOperator.And or SpansetOperator.Or;

    public static bool IsNegated(this SpansetOperator op) => op is >= SpansetOperator.NotChild and <= SpansetOperator.NotSibling;

    public static bool IsUnion(this SpansetOperator op) => op >= SpansetOperator.UnionChild;

    /// <summary>The plain relation behind a negated or union form.</summary>
    public static SpansetOperator Relation(this SpansetOperator op) =>
        op switch
        {
            _ when op.IsNegated() => op - SpansetOperator.NotChild + SpansetOperator.Child,
            _ when op.IsUnion() => op - SpansetOperator.UnionChild + SpansetOperator.Child,
            _ => op,
        };

    internal static bool TryParse(string symbol, out SpansetOperator op) => BySymbol.TryGetValue(symbol, out op);

    internal static int Precedence(this SpansetOperator op) => op.IsLogical() ? 1 : 2;
}

/// <summary>Stages in a row: <c>{ } | by(.a) | count() &gt; 2</c>. In brackets it is an operand like any spanset.</summary>
public sealed record Pipeline : SpansetExpression
{
    public Pipeline(EquatableList<PipelineStage> stages)
    {
        Stages = stages;
        At = stages[0].At.To(stages[^1].At);
        Depth = 1 + stages.Max(s => s.Depth);
    }

    public EquatableList<PipelineStage> Stages { get; }
}

/// <summary>One step of a pipeline: it takes spansets and gives spansets.</summary>
public abstract record PipelineStage : SyntaxNode
{
    private protected PipelineStage() { }

    private protected PipelineStage(SyntaxNode first, SyntaxNode last)
        : base(first, last) { }

    /// <summary>Readable TraceQL.</summary>
    public sealed override string ToString() => ReadablePrinter.Print(this);
}

/// <summary><c>coalesce()</c>: puts what <c>by()</c> split together again, one spanset a trace.</summary>
public sealed record Coalesce : PipelineStage;

/// <summary><c>by(expression)</c>: splits each spanset by the expression's value.</summary>
public sealed record GroupBy(FieldExpression Expression) : PipelineStage;

/// <summary><c>select(.a, .b)</c>: names values to return with each span; it filters nothing.</summary>
public sealed record Select(EquatableList<FieldExpression> Fields) : PipelineStage;
