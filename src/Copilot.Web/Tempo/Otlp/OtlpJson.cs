using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Copilot.Web.Tempo;

/// <summary>Values in OTLP's JSON: <c>{"stringValue": …}</c>, 64-bit integers as strings.</summary>
internal static class OtlpJson
{
    public static JsonObject Text(string text) => new() { ["stringValue"] = text };

    public static JsonObject AnyValue(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True or JsonValueKind.False => new JsonObject { ["boolValue"] = value.GetBoolean() },
        JsonValueKind.Number => value.TryGetInt64(out var integer)
            ? new JsonObject { ["intValue"] = integer.ToString(CultureInfo.InvariantCulture) }
            : new JsonObject { ["doubleValue"] = value.GetDouble() },
        JsonValueKind.Array => new JsonObject
        {
            ["arrayValue"] = new JsonObject { ["values"] = new JsonArray([.. value.EnumerateArray().Select(v => (JsonNode)AnyValue(v))]) },
        },
        JsonValueKind.Object => new JsonObject { ["kvlistValue"] = new JsonObject { ["values"] = Attributes(value) } },
        JsonValueKind.String => Text(value.GetString()!),
        _ => [],
    };

    public static JsonArray Attributes(JsonElement attributes) =>
        new([.. Members(attributes).Select(m => (JsonNode)new JsonObject { ["key"] = m.Name, ["value"] = AnyValue(m.Value) })]);

    public static IEnumerable<JsonProperty> Members(JsonElement value) => value.ValueKind == JsonValueKind.Object ? value.EnumerateObject() : [];
}
