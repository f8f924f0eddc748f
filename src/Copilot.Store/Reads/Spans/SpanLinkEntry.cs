using Copilot.Telemetry.Spans;

namespace Copilot.Store.Reads.Spans;

/// <param name="SpanId">Null where the link names none that is valid.</param>
public sealed record SpanLinkEntry(TraceId TraceId, SpanId? SpanId, IReadOnlyList<AttributeEntry> Attributes);
