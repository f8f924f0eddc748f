using System.Globalization;

namespace Copilot.Web.Display;

/// <summary>Numbers with their units, as a person reads them. Units are those of the ask API: <c>1</c> (a ratio), <c>ms</c>, <c>count</c>,
/// <c>req/s</c>.</summary>
public static class Quantity
{
    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    public static string Text(double value, string unit) =>
        unit switch
        {
            _ when !double.IsFinite(value) => "–",
            "1" => Percent(value),
            "ms" => Duration(value),
            "count" => Count(value),
            "" => Short(value),
            _ => string.Create(Culture, $"{Short(value)} {unit}"),
        };

    /// <summary>Milliseconds in the unit that keeps three figures readable.</summary>
    public static string Duration(double milliseconds) =>
        Math.Abs(milliseconds) switch
        {
            0 => "0 ms",
            < 0.001 => string.Create(Culture, $"{milliseconds * 1e6:0} ns"),
            < 1 => string.Create(Culture, $"{Figures(milliseconds * 1e3)} µs"),
            < 1_000 => string.Create(Culture, $"{Figures(milliseconds)} ms"),
            < 60_000 => string.Create(Culture, $"{Figures(milliseconds / 1e3)} s"),
            < 3_600_000 => string.Create(Culture, $"{Math.Floor(milliseconds / 60_000):0} min {milliseconds % 60_000 / 1e3:0} s"),
            _ => string.Create(Culture, $"{Math.Floor(milliseconds / 3_600_000):0} h {milliseconds % 3_600_000 / 60_000:0} min"),
        };

    /// <summary>A ratio of 0 to 1; small ones keep enough figures not to read as zero.</summary>
    public static string Percent(double ratio)
    {
        var percent = ratio * 100;
        return Math.Abs(percent) switch
        {
            0 => "0 %",
            < 0.01 => "< 0.01 %",
            < 1 => string.Create(Culture, $"{percent:0.00} %"),
            < 10 => string.Create(Culture, $"{percent:0.0#} %"),
            _ => string.Create(Culture, $"{percent:0.#} %"),
        };
    }

    public static string Count(double value) => value.ToString("#,0", Culture);

    public static string Times(double lift) => double.IsFinite(lift) ? string.Create(Culture, $"{Figures(lift)}×") : "only here";

    private static string Short(double value) => Math.Abs(value) >= 1_000 ? value.ToString("#,0", Culture) : Figures(value);

    private static string Figures(double value) =>
        Math.Abs(value) switch
        {
            >= 100 => value.ToString("#,0", Culture),
            >= 10 => value.ToString("0.#", Culture),
            _ => value.ToString("0.##", Culture),
        };
}
