using Copilot.TraceQL.Printing;

namespace Copilot.TraceQL.Spansets;

/// <summary>One step of a pipeline: it takes spansets and gives spansets.</summary>
public abstract record PipelineStage
{
    public SourceSpan At { get; init; }

    /// <summary>How many levels deep the stage is; the parser bounds it so that no walker runs out of stack.</summary>
    internal int Depth { get; private protected init; } = 1;

    /// <summary>Readable TraceQL.</summary>
    public sealed override string ToString() => ReadablePrinter.Print(this);
}
