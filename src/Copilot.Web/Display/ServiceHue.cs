using System.Globalization;

namespace Copilot.Web.Display;

/// <summary>A colour for each service, the same on every page and in every session.</summary>
public static class ServiceHue
{
    /// <summary>0 to 359. FNV-1a, since .NET's own hash differs from run to run; the golden angle keeps neighbours apart.</summary>
    public static int Of(string service)
    {
        var hash = 2166136261u;
        foreach (var character in service)
            hash = (hash ^ character) * 16777619u;
        return (int)(hash % 997 * 137 % 360);
    }

    /// <summary>For a style attribute; the style sheet makes the colour of it, light or dark.</summary>
    public static string Style(string service) => string.Create(CultureInfo.InvariantCulture, $"--hue: {Of(service)}");
}
