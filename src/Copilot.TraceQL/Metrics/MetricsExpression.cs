using Copilot.TraceQL.Printing;

namespace Copilot.TraceQL.Metrics;

/// <summary>What gives series over time.</summary>
public abstract record MetricsExpression
{
    public SourceSpan At { get; init; }

    internal int Depth { get; private protected init; } = 1;

    /// <summary>Readable TraceQL.</summary>
    public sealed override string ToString() => ReadablePrinter.Print(this);
}
