using Copilot.TraceQL.Printing;

namespace Copilot.TraceQL.Fields;

/// <summary>What stands between the braces of a spanset filter: a value computed from one span.</summary>
public abstract record FieldExpression
{
    public SourceSpan At { get; init; }

    /// <summary>How many levels deep the expression is; the parser bounds it so that no walker runs out of stack.</summary>
    internal int Depth { get; private protected init; } = 1;

    /// <summary>Readable TraceQL: no brackets that precedence makes needless.</summary>
    public sealed override string ToString() => ReadablePrinter.Print(this);
}
