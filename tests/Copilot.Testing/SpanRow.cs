using Copilot.Telemetry.Spans;

namespace Copilot.Testing;

/// <summary>A span that <see cref="TelemetryRows"/> wrote.</summary>
public sealed record SpanRow(TraceId TraceId, SpanId SpanId);
