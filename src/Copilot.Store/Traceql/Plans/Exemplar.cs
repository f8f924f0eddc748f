using Copilot.Telemetry.Spans;

namespace Copilot.Store.Traceql.Plans;

/// <summary>A span behind a point of a series.</summary>
/// <param name="Value">What the span measures, in the series' unit; for counts and rates what the series has at that step.</param>
public sealed record Exemplar(TraceId TraceId, SpanId SpanId, long StartNs, double Value);
