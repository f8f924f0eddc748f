using System.Globalization;
using System.Text;

namespace Copilot.Web.Charts;

/// <summary>Where on a chart's plane of 1,000 by 100 things are.</summary>
public sealed record ChartGeometry(DateTimeOffset From, DateTimeOffset To, double Top)
{
    public const int Width = 1000;
    public const int Height = 100;

    public double X(DateTimeOffset time) => To <= From ? 0 : Math.Clamp((time - From) / (To - From), 0, 1) * Width;

    public double Y(double value) => Height - (Math.Clamp(value / Top, 0, 1) * Height);

    /// <summary>For a style attribute.</summary>
    public string Left(DateTimeOffset time) => Share(X(time) / Width);

    public string Bottom(double value) => Share(1 - (Y(value) / Height));

    /// <summary>An SVG path; a point between two gaps is a short stroke, else nobody would see it.</summary>
    public string Path(IReadOnlyList<ChartPoint> points)
    {
        var path = new StringBuilder();
        var open = false;
        for (var i = 0; i < points.Count; i++)
        {
            if (points[i].Value is not { } value || !double.IsFinite(value))
            {
                open = false;
                continue;
            }

            var (x, y) = (X(points[i].Time), Y(value));
            path.Append(CultureInfo.InvariantCulture, $"{(open ? 'L' : 'M')}{x:0.#} {y:0.##} ");
            if (!open && (i + 1 == points.Count || points[i + 1].Value is null))
                path.Append(CultureInfo.InvariantCulture, $"h1 ");
            open = true;
        }

        return path.ToString().TrimEnd();
    }

    private static string Share(double share) => string.Create(CultureInfo.InvariantCulture, $"{share * 100:0.##}%");
}
