using System.Text.Json;
using Copilot.TraceQL.Syntax;

namespace Copilot.Store.Traceql;

/// <summary>A value that an attribute has.</summary>
/// <param name="Type">string, int, float, bool, duration, or keyword (a status or a kind).</param>
public sealed record StoredAttributeValue(string Type, string Text)
{
    /// <summary>The value as a query writes it.</summary>
    public string Written => Type == "string" ? Literal.Of(Text).ToString() : Text;

    internal static StoredAttributeValue? Of(JsonElement value, bool keyword) =>
        value.ValueKind switch
        {
            JsonValueKind.String => new StoredAttributeValue(keyword ? "keyword" : "string", value.GetString()!),
            JsonValueKind.Number => new StoredAttributeValue(value.TryGetInt64(out _) ? "int" : "float", value.GetRawText()),
            JsonValueKind.True or JsonValueKind.False => new StoredAttributeValue("bool", value.GetRawText()),
            _ => null,
        };
}

/// <summary>An attribute that spans of a window have.</summary>
/// <param name="Type">string, int, double, bool, array, object or bytes.</param>
public sealed record TypedAttribute(AttributeScope Scope, string Key, string Type);

/// <summary>An attribute of a query that no span of the window has.</summary>
/// <param name="Written">As the query writes it.</param>
/// <param name="Start">Where it stands in the query's text.</param>
/// <param name="DidYouMean">The closest attribute that spans do have, as a query writes it; null where none is close.</param>
public sealed record UntypedAttribute(string Written, int Start, int Length, string? DidYouMean);
