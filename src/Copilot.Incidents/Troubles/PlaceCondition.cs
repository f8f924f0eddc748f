using System.Globalization;
using Copilot.Analysis.Reports;

namespace Copilot.Incidents.Troubles;

/// <summary>"It is there" as a TraceQL filter: the spans that carry the value that trouble is confined to.</summary>
public static class PlaceCondition
{
    public static string Of(CausePlace place)
    {
        var attribute = $"{(place.Level == "resource" ? "resource" : "span")}.{Key(place.Attribute)}";
        var carrier = place.Services.Count > 0 ? "" : $"{ServiceCondition.Of(place.Carrier)} && ";
        return $"{{ {carrier}{Equal(attribute, place.Value)} }}";
    }

    /// <summary>A value is known as text; what looks like a number or a truth value may have been sent as one.</summary>
    private static string Equal(string attribute, string value)
    {
        var text = $"{attribute} = {ServiceCondition.Text(value)}";
        return value is "true" or "false" || long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _) ? $"({attribute} = {value} || {text})" : text;
    }

    private static string Key(string key) => key.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_') ? key : ServiceCondition.Text(key);
}
