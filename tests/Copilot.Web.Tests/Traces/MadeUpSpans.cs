using System.Text.Json;
using Copilot.Store.Reads.Traces;
using Copilot.Telemetry.Records;
using Copilot.Telemetry.Spans;

namespace Copilot.Web.Tests.Traces;

/// <summary>Traces of spans that say no more than where they stand in time and under which other.</summary>
internal static class MadeUpSpans
{
    public static TraceDetail Trace(params SpanDetail[] spans) =>
        new(new TraceId(1, 1), new TimeWindow(spans.Min(span => span.StartNs), spans.Max(span => span.EndNs) + 1), spans, [], [], []);

    public static SpanDetail Span(ulong id, ulong? parent, string operation, long startMs, long durationMs, bool failed = false) =>
        new()
        {
            SpanId = new SpanId(id),
            ParentSpanId = parent is { } above ? new SpanId(above) : null,
            Service = "shop",
            Operation = operation,
            Kind = SpanKind.Server,
            Status = failed ? SpanStatus.Error : SpanStatus.Unset,
            Failed = failed,
            StartNs = startMs * UnixNanos.PerMillisecond,
            DurationNs = durationMs * UnixNanos.PerMillisecond,
            Scope = string.Empty,
            Attributes = Json("{}"),
            Resource = Json("{}"),
            Events = Json("[]"),
            Links = Json("[]"),
            ResourceId = 1,
        };

    public static JsonElement Json(string text)
    {
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }
}
