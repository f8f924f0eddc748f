namespace Copilot.TraceQL.Spansets;

/// <summary>What selects spans: a filter, an operation on two of them, or a pipeline in brackets.</summary>
public abstract record SpansetExpression : PipelineStage;
