using Copilot.TraceQL.Fields;

namespace Copilot.TraceQL.Metrics;

/// <summary>A comparison of results: <c>&gt; 10</c>. Durations are seconds, as results are.</summary>
public sealed record ThresholdStage(FieldOperator Operator, double Value) : MetricsStage;
