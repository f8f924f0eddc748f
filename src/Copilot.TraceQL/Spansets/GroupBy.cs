using Copilot.TraceQL.Fields;

namespace Copilot.TraceQL.Spansets;

/// <summary><c>by(expression)</c>: splits each spanset by the expression's value.</summary>
public sealed record GroupBy(FieldExpression Expression) : PipelineStage;
