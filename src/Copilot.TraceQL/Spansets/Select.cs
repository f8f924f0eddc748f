using Copilot.TraceQL.Fields;

namespace Copilot.TraceQL.Spansets;

/// <summary><c>select(.a, .b)</c>: names values to return with each span; it filters nothing.</summary>
public sealed record Select(EquatableList<FieldExpression> Fields) : PipelineStage;
