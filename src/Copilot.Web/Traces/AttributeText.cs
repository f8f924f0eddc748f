using System.Text.Json;

namespace Copilot.Web.Traces;

/// <summary>One attribute for a person to read: text as it is, any other value as JSON.</summary>
public sealed record AttributeText(string Key, string Value)
{
    /// <summary>An object's members by name; none where it is no object.</summary>
    public static IReadOnlyList<AttributeText> List(JsonElement json) =>
        json.ValueKind == JsonValueKind.Object
            ?
            [
                .. json.EnumerateObject()
                    .Select(member => new AttributeText(member.Name, Of(member.Value)))
                    .OrderBy(entry => entry.Key, StringComparer.Ordinal),
            ]
            : [];

    public static string Of(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.String => value.GetString() ?? string.Empty,
            JsonValueKind.Undefined => string.Empty,
            _ => value.GetRawText(),
        };
}
