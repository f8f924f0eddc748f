using System.Text.Json;
using Copilot.Telemetry.Spans;

namespace Copilot.Store.Reads.Details;

/// <summary>One log record of a trace. Severity is OTLP's number: 17 or more is an error.</summary>
public sealed record LogDetail(
    DateTimeOffset Time, string Service, int Severity, string? SeverityText, string Body, SpanId? SpanId, JsonElement Attributes);
