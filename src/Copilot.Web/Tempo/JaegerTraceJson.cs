using System.Text.Json;
using System.Text.Json.Nodes;
using Copilot.Store.Reads.Traces;
using Copilot.Telemetry.Spans;

namespace Copilot.Web.Tempo;

/// <summary>A trace as Jaeger's interface saves one: <c>{"data": [{"traceID", "spans", "processes"}]}</c>, times in microseconds.</summary>
internal static class JaegerTraceJson
{
    private const long PerMicrosecond = 1000;

    public static JsonObject Of(TraceDetail trace)
    {
        var processes = trace.Spans.GroupBy(span => (span.ResourceId, span.Service)).Index().ToArray();
        var names = processes.ToDictionary(process => process.Item.Key, process => $"p{process.Index + 1}");
        return new JsonObject
        {
            ["data"] = new JsonArray(
                new JsonObject
                {
                    ["traceID"] = trace.TraceId.ToString(),
                    ["spans"] = new JsonArray([
                        .. trace.Spans.Select(span => (JsonNode)Span(trace.TraceId, span, names[(span.ResourceId, span.Service)])),
                    ]),
                    ["processes"] = new JsonObject(
                        processes.Select(process => KeyValuePair.Create(names[process.Item.Key], (JsonNode?)Process(process.Item.First())))
                    ),
                }
            ),
        };
    }

    private static JsonObject Process(SpanDetail span) => new() { ["serviceName"] = span.Service, ["tags"] = Tags(span.Resource) };

    private static JsonObject Span(TraceId trace, SpanDetail span, string process)
    {
        var tags = Tags(span.Attributes);
        tags.Add(Tag("span.kind", JsonValue.Create(span.Kind.ToString().ToLowerInvariant())));
        if (span.Scope.Length > 0)
            tags.Add(Tag("otel.scope.name", JsonValue.Create(span.Scope)));
        if (span.Status != SpanStatus.Unset)
            tags.Add(Tag("otel.status_code", JsonValue.Create(span.Status.ToString().ToUpperInvariant())));
        if (span.Status == SpanStatus.Error)
            tags.Add(Tag("error", JsonValue.Create(true)));
        if (span.StatusMessage is { Length: > 0 } message)
            tags.Add(Tag("otel.status_description", JsonValue.Create(message)));
        return new JsonObject
        {
            ["traceID"] = trace.ToString(),
            ["spanID"] = span.SpanId.ToString(),
            ["operationName"] = span.Operation,
            ["references"] = span.ParentSpanId is { } parent
                ? new JsonArray(
                    new JsonObject
                    {
                        ["refType"] = "CHILD_OF",
                        ["traceID"] = trace.ToString(),
                        ["spanID"] = parent.ToString(),
                    }
                )
                : [],
            ["startTime"] = span.StartNs / PerMicrosecond,
            ["duration"] = span.DurationNs / PerMicrosecond,
            ["tags"] = tags,
            ["logs"] = new JsonArray([.. Items(span.Events).Select(told => (JsonNode)Log(span, told))]),
            ["processID"] = process,
        };
    }

    private static JsonObject Log(SpanDetail span, JsonElement told)
    {
        var fields = Tags(told.TryGetProperty("a", out var attributes) ? attributes : default);
        if (told.TryGetProperty("n", out var name) && name.ValueKind == JsonValueKind.String)
            fields.Insert(0, Tag("event", JsonValue.Create(name.GetString()!)));
        var after = told.TryGetProperty("t", out var since) && since.TryGetInt64(out var nanos) ? nanos : 0;
        return new JsonObject { ["timestamp"] = (span.StartNs + after) / PerMicrosecond, ["fields"] = fields };
    }

    private static IEnumerable<JsonElement> Items(JsonElement array) =>
        array.ValueKind == JsonValueKind.Array ? array.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.Object) : [];

    private static JsonArray Tags(JsonElement attributes) =>
        attributes.ValueKind == JsonValueKind.Object
            ? new JsonArray([.. attributes.EnumerateObject().Select(member => (JsonNode)Tag(member.Name, Value(member.Value)))])
            : [];

    /// <summary>Jaeger knows text, numbers and truth; lists and objects are written as their JSON.</summary>
    private static JsonValue Value(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.True or JsonValueKind.False => JsonValue.Create(value.GetBoolean()),
            JsonValueKind.Number => value.TryGetInt64(out var whole) ? JsonValue.Create(whole) : JsonValue.Create(value.GetDouble()),
            JsonValueKind.String => JsonValue.Create(value.GetString()!),
            _ => JsonValue.Create(value.GetRawText()),
        };

    private static JsonObject Tag(string key, JsonValue value) =>
        new()
        {
            ["key"] = key,
            ["type"] = value.GetValueKind() switch
            {
                JsonValueKind.True or JsonValueKind.False => "bool",
                JsonValueKind.Number => value.TryGetValue<long>(out _) ? "int64" : "float64",
                _ => "string",
            },
            ["value"] = value,
        };
}
