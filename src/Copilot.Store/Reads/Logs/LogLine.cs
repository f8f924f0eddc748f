using Copilot.Telemetry.Spans;

namespace Copilot.Store.Reads.Logs;

/// <summary>One log record.</summary>
public sealed record LogLine(
    DateTimeOffset Time, string Service, int Severity, string? SeverityText, string Body, TraceId? TraceId, SpanId? SpanId);
