using System.Text.Json;
using Copilot.TraceQL.Fields;

namespace Copilot.Store.Traceql;

/// <summary>A value that an attribute has.</summary>
/// <param name="Type">string, int, float, bool, duration, or keyword (a status or a kind).</param>
public sealed record AttributeValue(string Type, string Text)
{
    /// <summary>The value as a query writes it.</summary>
    public string Written => Type == "string" ? Literal.Of(Text).ToString() : Text;

    internal static AttributeValue? Of(JsonElement value, bool keyword) => value.ValueKind switch
    {
        JsonValueKind.String => new AttributeValue(keyword ? "keyword" : "string", value.GetString()!),
        JsonValueKind.Number => new AttributeValue(value.TryGetInt64(out _) ? "int" : "float", value.GetRawText()),
        JsonValueKind.True or JsonValueKind.False => new AttributeValue("bool", value.GetRawText()),
        _ => null,
    };
}
