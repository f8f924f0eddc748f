using Copilot.Telemetry.Spans;

namespace Copilot.Store.Reads.Traces;

/// <summary>One span of a trace.</summary>
public sealed record TraceSpan(
    SpanId SpanId, SpanId? ParentSpanId, string Service, string Operation, SpanKind Kind, SpanStatus Status, string? StatusMessage, long StartNs,
    long DurationNs, string? PeerAddress)
{
    public long EndNs => StartNs + DurationNs;
}
