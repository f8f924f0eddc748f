using Copilot.Telemetry.Spans;

namespace Copilot.Analysis.Waterfalls;

/// <summary>What the shape of a trace needs to know of a span.</summary>
public readonly record struct WaterfallSpan(SpanId Id, SpanId? Parent, long StartNs, long DurationNs)
{
    public long EndNs => StartNs + DurationNs;
}
