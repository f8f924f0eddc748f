using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Copilot.Store.Reads.Details;
using Copilot.Telemetry.Spans;

namespace Copilot.Web.Tempo;

/// <summary>A trace as the JSON of OTLP's messages; ids are base64, as Tempo sends bytes.</summary>
internal static class OtlpTraceJson
{
    public static JsonArray ResourceSpans(TraceDetail trace) => Array(trace.Spans.GroupBy(s => s.ResourceId).Select(resource => new JsonObject
    {
        ["resource"] = new JsonObject { ["attributes"] = OtlpJson.Attributes(resource.First().Resource) },
        ["scopeSpans"] = Array(resource.GroupBy(OtlpIds.ScopeKey).Select(scope => new JsonObject
        {
            ["scope"] = Scope(scope.First()),
            ["spans"] = Array(scope.Select(s => Span(trace.TraceId, s))),
        })),
    }));

    private static JsonObject Scope(SpanDetail span)
    {
        var scope = new JsonObject { ["name"] = span.Scope };
        if (span.ScopeVersion.Length > 0)
            scope["version"] = span.ScopeVersion;
        if (OtlpJson.Attributes(span.ScopeAttributes) is { Count: > 0 } attributes)
            scope["attributes"] = attributes;
        return scope;
    }

    private static JsonObject Span(TraceId trace, SpanDetail span)
    {
        var json = new JsonObject
        {
            ["traceId"] = Convert.ToBase64String(OtlpIds.Bytes(trace)),
            ["spanId"] = Convert.ToBase64String(OtlpIds.Bytes(span.SpanId)),
            ["name"] = span.Operation,
            ["kind"] = "SPAN_KIND_" + span.Kind.ToString().ToUpperInvariant(),
            ["startTimeUnixNano"] = Number(span.StartNs),
            ["endTimeUnixNano"] = Number(span.EndNs),
            ["attributes"] = OtlpJson.Attributes(span.Attributes),
            ["status"] = Status(span),
        };
        if (span.ParentSpanId is { } parent)
            json["parentSpanId"] = Convert.ToBase64String(OtlpIds.Bytes(parent));
        if (span.TraceState is { } state)
            json["traceState"] = state;
        if (span.Events.GetArrayLength() > 0)
            json["events"] = Array(span.Events.EnumerateArray().Select(e => Event(span, e)));
        if (span.Links.GetArrayLength() > 0)
            json["links"] = Array(span.Links.EnumerateArray().Select(Link));
        return json;
    }

    private static JsonObject Status(SpanDetail span)
    {
        var status = new JsonObject { ["code"] = "STATUS_CODE_" + span.Status.ToString().ToUpperInvariant() };
        if (span.StatusMessage is { } message)
            status["message"] = message;
        return status;
    }

    private static JsonObject Event(SpanDetail span, JsonElement item) => new()
    {
        ["timeUnixNano"] = Number(span.StartNs + OtlpIds.SinceStart(item)),
        ["name"] = OtlpIds.Text(item, "n"),
        ["attributes"] = OtlpJson.Attributes(OtlpIds.Member(item, "a")),
    };

    private static JsonObject Link(JsonElement item) => new()
    {
        ["traceId"] = Convert.ToBase64String(OtlpIds.Hex(item, "t")),
        ["spanId"] = Convert.ToBase64String(OtlpIds.Hex(item, "s")),
        ["attributes"] = OtlpJson.Attributes(OtlpIds.Member(item, "a")),
    };

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static JsonArray Array(IEnumerable<JsonObject> items) => new([.. items]);
}
