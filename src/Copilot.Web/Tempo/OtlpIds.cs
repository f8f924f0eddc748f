using System.Buffers.Binary;
using System.Text.Json;
using Copilot.Store.Reads.Traces;
using Copilot.Telemetry.Spans;

namespace Copilot.Web.Tempo;

/// <summary>Ids as bytes, and the members of stored events and links.</summary>
internal static class OtlpIds
{
    public static byte[] Bytes(TraceId id)
    {
        var bytes = new byte[16];
        id.Write(bytes);
        return bytes;
    }

    public static byte[] Bytes(SpanId id)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, id.Value);
        return bytes;
    }

    /// <summary>What tells the instrumentation scopes of a resource apart.</summary>
    public static (string Name, string Version, string Attributes) ScopeKey(SpanDetail span) =>
        (span.Scope, span.ScopeVersion, span.ScopeAttributes.ValueKind == JsonValueKind.Undefined ? "" : span.ScopeAttributes.GetRawText());

    /// <summary>A hex member as bytes; none where it is missing or no hex.</summary>
    public static byte[] Hex(JsonElement item, string name)
    {
        try
        {
            return Convert.FromHexString(Text(item, name));
        }
        catch (FormatException)
        {
            return [];
        }
    }

    public static long SinceStart(JsonElement item) =>
        Member(item, "t") is { ValueKind: JsonValueKind.Number } t && t.TryGetInt64(out var ns) ? ns : 0;

    public static string Text(JsonElement item, string name) =>
        Member(item, name) is { ValueKind: JsonValueKind.String } text ? text.GetString()! : "";

    public static JsonElement Member(JsonElement item, string name) =>
        item.ValueKind == JsonValueKind.Object && item.TryGetProperty(name, out var value) ? value : default;
}
