namespace Copilot.TraceQL.Spansets;

/// <summary><c>coalesce()</c>: puts what <c>by()</c> split together again, one spanset a trace.</summary>
public sealed record Coalesce : PipelineStage;
