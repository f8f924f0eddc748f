using System.Globalization;

namespace Copilot.Web.ResultViews;

/// <summary>Lengths of bars, for style attributes.</summary>
public static class Bar
{
    /// <summary>The share of the longest as a CSS width; something is always seen of what is not zero.</summary>
    public static string Width(double value, double longest)
    {
        var share = longest > 0 && double.IsFinite(value) ? Math.Clamp(value / longest * 100, 0, 100) : 0;
        if (share is > 0 and < 1)
            share = 1;
        return string.Create(CultureInfo.InvariantCulture, $"width: {share:0.##}%");
    }
}
