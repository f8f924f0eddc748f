namespace Copilot.TraceQL.Metrics;

/// <summary>A number beside a metrics pipeline: the 100 of <c>({ } | rate()) * 100</c>.</summary>
public sealed record MetricsConstant(double Value) : MetricsExpression;
