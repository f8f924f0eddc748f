namespace Copilot.TraceQL.Syntax;

/// <summary>A piece of a query.</summary>
public abstract record SyntaxNode
{
    private protected SyntaxNode() { }

    /// <summary>What is made of others: it reaches from the first to the last of them, one level deeper than the deeper one.</summary>
    private protected SyntaxNode(SyntaxNode first, SyntaxNode last)
    {
        At = first.At.To(last.At);
        Depth = 1 + Math.Max(first.Depth, last.Depth);
    }

    public SourceSpan At { get; init; }

    /// <summary>How many levels deep it is; the parser bounds it so that no walker runs out of stack.</summary>
    internal int Depth { get; private protected init; } = 1;
}
