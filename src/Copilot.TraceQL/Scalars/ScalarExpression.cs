using Copilot.TraceQL.Printing;

namespace Copilot.TraceQL.Scalars;

/// <summary>One number for a spanset.</summary>
public abstract record ScalarExpression
{
    public SourceSpan At { get; init; }

    internal int Depth { get; private protected init; } = 1;

    /// <summary>Readable TraceQL.</summary>
    public sealed override string ToString() => ReadablePrinter.Print(this);
}
