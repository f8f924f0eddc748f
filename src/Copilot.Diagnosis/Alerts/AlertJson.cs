using System.Globalization;
using System.Text.Json;

namespace Copilot.Diagnosis.Alerts;

/// <summary>Members of other systems' JSON: what is not there, or of another sort, is null.</summary>
internal static class AlertJson
{
    public static JsonElement Member(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value : default;

    public static JsonElement Member(this JsonElement element, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (element.Member(name) is { ValueKind: not (JsonValueKind.Undefined or JsonValueKind.Null) } member)
                return member;
        }

        return default;
    }

    public static bool IsObject(this JsonElement element) => element.ValueKind == JsonValueKind.Object;

    public static IEnumerable<JsonElement> Items(this JsonElement element) =>
        element.ValueKind == JsonValueKind.Array ? element.EnumerateArray() : [];

    /// <summary>The first of the members that holds text; a number is text where it is a name.</summary>
    public static string? Text(this JsonElement element, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            var member = element.Member(name);
            if (member.ValueKind == JsonValueKind.String && member.GetString() is { } text && text.Trim() is { Length: > 0 } value)
                return value;
            if (member.ValueKind == JsonValueKind.Number)
                return member.GetRawText();
        }

        return null;
    }

    /// <summary>
    /// The first of the members that holds a time: ISO 8601, or a number since 1970 in the unit that its size tells. Prometheus writes
    /// year 1 for "not yet"; what lies centuries ahead is no time either.
    /// </summary>
    public static DateTimeOffset? Time(this JsonElement element, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            var member = element.Member(name);
            var time = member.ValueKind switch
            {
                JsonValueKind.String
                    when DateTimeOffset.TryParse(
                        member.GetString(),
                        CultureInfo.InvariantCulture,
                        DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
                        out var written
                    ) => written,
                JsonValueKind.Number when member.TryGetDouble(out var number) => Since1970(number),
                _ => default,
            };
            if (time.Year is > AlertThresholds.FirstYear and < AlertThresholds.LastYear)
                return time;
        }

        return null;
    }

    private static DateTimeOffset Since1970(double number)
    {
        foreach (var unit in AlertThresholds.UnitsOfASecond)
        {
            if (number / unit is > 0 and < AlertThresholds.LastSecond)
                return DateTimeOffset.UnixEpoch.AddSeconds(number / unit);
        }

        return default;
    }
}
