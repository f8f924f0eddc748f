using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Copilot.Store.Reads.Traces;
using Copilot.Telemetry.Spans;

namespace Copilot.Web.Tempo;

/// <summary>A trace as the JSON of OTLP's messages.</summary>
/// <param name="Tempo">Ids in base64 and enumerations by name, as Tempo sends them; else hex and numbers, as OTLP's own JSON has
/// them.</param>
internal sealed record OtlpTraceJson(bool Tempo)
{
    public JsonArray ResourceSpans(TraceDetail trace) => ResourceSpans(trace.Spans.Select(span => (trace.TraceId, span)));

    /// <summary>Spans of any traces.</summary>
    public JsonArray ResourceSpans(IEnumerable<(TraceId Trace, SpanDetail Span)> spans) =>
        Array(
            spans
                .GroupBy(s => s.Span.ResourceId)
                .Select(resource => new JsonObject
                {
                    ["resource"] = new JsonObject { ["attributes"] = OtlpJson.Attributes(resource.First().Span.Resource) },
                    ["scopeSpans"] = Array(
                        resource
                            .GroupBy(s => OtlpIds.ScopeKey(s.Span))
                            .Select(scope => new JsonObject
                            {
                                ["scope"] = Scope(scope.First().Span),
                                ["spans"] = Array(scope.Select(s => Span(s.Trace, s.Span))),
                            })
                    ),
                })
        );

    private static JsonObject Scope(SpanDetail span)
    {
        var scope = new JsonObject { ["name"] = span.Scope };
        if (span.ScopeVersion.Length > 0)
            scope["version"] = span.ScopeVersion;
        if (OtlpJson.Attributes(span.ScopeAttributes) is { Count: > 0 } attributes)
            scope["attributes"] = attributes;
        return scope;
    }

    private JsonObject Span(TraceId trace, SpanDetail span)
    {
        var json = new JsonObject
        {
            ["traceId"] = Id(OtlpIds.Bytes(trace)),
            ["spanId"] = Id(OtlpIds.Bytes(span.SpanId)),
            ["name"] = span.Operation,
            ["kind"] = Enumerated("SPAN_KIND_", span.Kind),
            ["startTimeUnixNano"] = Number(span.StartNs),
            ["endTimeUnixNano"] = Number(span.EndNs),
            ["attributes"] = OtlpJson.Attributes(span.Attributes),
            ["status"] = Status(span),
        };
        if (span.ParentSpanId is { } parent)
            json["parentSpanId"] = Id(OtlpIds.Bytes(parent));
        if (span.TraceState is { } state)
            json["traceState"] = state;
        if (span.Events.GetArrayLength() > 0)
            json["events"] = Array(span.Events.EnumerateArray().Select(e => Event(span, e)));
        if (span.Links.GetArrayLength() > 0)
            json["links"] = Array(span.Links.EnumerateArray().Select(Link));
        return json;
    }

    private JsonObject Status(SpanDetail span)
    {
        var status = new JsonObject { ["code"] = Enumerated("STATUS_CODE_", span.Status) };
        if (span.StatusMessage is { } message)
            status["message"] = message;
        return status;
    }

    private static JsonObject Event(SpanDetail span, JsonElement item) =>
        new()
        {
            ["timeUnixNano"] = Number(span.StartNs + OtlpIds.SinceStart(item)),
            ["name"] = OtlpIds.Text(item, "n"),
            ["attributes"] = OtlpJson.Attributes(OtlpIds.Member(item, "a")),
        };

    private JsonObject Link(JsonElement item) =>
        new()
        {
            ["traceId"] = Id(OtlpIds.Hex(item, "t")),
            ["spanId"] = Id(OtlpIds.Hex(item, "s")),
            ["attributes"] = OtlpJson.Attributes(OtlpIds.Member(item, "a")),
        };

    private string Id(byte[] bytes) => Tempo ? Convert.ToBase64String(bytes) : Convert.ToHexStringLower(bytes);

    private JsonNode Enumerated<T>(string prefix, T value)
        where T : struct, Enum =>
        Tempo ? prefix + value.ToString().ToUpperInvariant() : Convert.ToInt32(value, CultureInfo.InvariantCulture);

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static JsonArray Array(IEnumerable<JsonObject> items) => new([.. items]);
}

/// <summary>Values in OTLP's JSON: <c>{"stringValue": …}</c>, 64-bit integers as strings.</summary>
internal static class OtlpJson
{
    public static JsonObject Text(string text) => new() { ["stringValue"] = text };

    public static JsonObject AnyValue(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.True or JsonValueKind.False => new JsonObject { ["boolValue"] = value.GetBoolean() },
            JsonValueKind.Number => value.TryGetInt64(out var integer)
                ? new JsonObject { ["intValue"] = integer.ToString(CultureInfo.InvariantCulture) }
                : new JsonObject { ["doubleValue"] = value.GetDouble() },
            JsonValueKind.Array => new JsonObject
            {
                ["arrayValue"] = new JsonObject
                {
                    ["values"] = new JsonArray([.. value.EnumerateArray().Select(v => (JsonNode)AnyValue(v))]),
                },
            },
            JsonValueKind.Object => new JsonObject { ["kvlistValue"] = new JsonObject { ["values"] = Attributes(value) } },
            JsonValueKind.String => Text(value.GetString()!),
            _ => [],
        };

    public static JsonArray Attributes(JsonElement attributes) =>
        new([.. Members(attributes).Select(m => (JsonNode)new JsonObject { ["key"] = m.Name, ["value"] = AnyValue(m.Value) })]);

    public static IEnumerable<JsonProperty> Members(JsonElement value) =>
        value.ValueKind == JsonValueKind.Object ? value.EnumerateObject() : [];
}
