using System.Globalization;
using System.Text;
using Copilot.Answers.Contract;

namespace Copilot.Web.ResultViews.Figures;

/// <summary>A series as SVG paths in a box of 1,000 by 100, drawn from zero so that small wobbles do not look like cliffs.</summary>
public sealed record SeriesGeometry
{
    public const int Width = 1000;
    public const int Height = 100;

    public required string Line { get; init; }

    public required string Area { get; init; }

    /// <summary>The value at the box's upper edge.</summary>
    public required double Top { get; init; }

    public required SeriesPoint Peak { get; init; }

    /// <param name="points">At least one.</param>
    /// <param name="highest">The highest value of all series that are seen beside each other; null where this one stands alone.</param>
    public static SeriesGeometry Of(IReadOnlyList<SeriesPoint> points, double? highest = null)
    {
        ArgumentOutOfRangeException.ThrowIfZero(points.Count);
        var peak = points.MaxBy(point => double.IsFinite(point.Value) ? point.Value : double.NegativeInfinity);
        var top = NiceCeiling(highest ?? peak.Value);
        var (first, last) = (points[0].Time, points[^1].Time);
        var span = Math.Max((last - first).Ticks, 1);
        var line = new StringBuilder();
        var pen = 'M';
        var (startX, endX) = (double.NaN, 0.0);
        var area = new StringBuilder();
        foreach (var point in points)
        {
            // A gap stays a gap: no line is drawn through what was not measured.
            if (!double.IsFinite(point.Value))
            {
                Close();
                continue;
            }

            var x = points.Count == 1 ? Width / 2.0 : (double)(point.Time - first).Ticks / span * Width;
            var y = Height - Math.Clamp(point.Value / top, 0, 1) * Height;
            line.Append(CultureInfo.InvariantCulture, $"{pen}{x:0.#} {y:0.#} ");
            if (double.IsNaN(startX))
                area.Append(CultureInfo.InvariantCulture, $"M{startX = x:0.#} {Height} ");
            area.Append(CultureInfo.InvariantCulture, $"L{x:0.#} {y:0.#} ");
            (pen, endX) = ('L', x);
        }

        Close();
        return new SeriesGeometry
        {
            Line = line.ToString().TrimEnd(),
            Area = area.ToString().TrimEnd(),
            Top = top,
            Peak = peak,
        };

        void Close()
        {
            if (!double.IsNaN(startX))
                area.Append(CultureInfo.InvariantCulture, $"L{endX:0.#} {Height} Z ");
            (pen, startX) = ('M', double.NaN);
        }
    }

    /// <summary>1, 2 or 5 times a power of ten, at least the value.</summary>
    internal static double NiceCeiling(double value)
    {
        if (!double.IsFinite(value) || value <= 0)
            return 1;
        var power = Math.Pow(10, Math.Floor(Math.Log10(value)));
        foreach (var step in (ReadOnlySpan<double>)[1, 2, 5])
        {
            if (value <= step * power * (1 + 1e-12))
                return step * power;
        }

        return 10 * power;
    }
}
