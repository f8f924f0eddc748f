using System.Globalization;

namespace Copilot.Telemetry.Text;

/// <summary>
/// Measured numbers with their units, in three figures, as a person reads them; counts are whole. Units are those of the ask API:
/// <c>1</c> (a ratio), <c>ms</c>, <c>count</c>, <c>req/s</c>. For reading alone: what is computed with or compared stays a number.
/// </summary>
public static class Quantity
{
    private const int MostDecimals = 9;

    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    public static string Text(double value, string unit) =>
        unit switch
        {
            _ when !double.IsFinite(value) => "–",
            "1" => Percent(value),
            "ms" => Duration(value),
            "count" => Count(value),
            "" => Figures(value),
            _ => $"{Figures(value)} {unit}",
        };

    /// <summary>Milliseconds in the unit that keeps three figures readable.</summary>
    public static string Duration(double milliseconds) =>
        Math.Abs(milliseconds) switch
        {
            0 => "0 ms",
            < 0.0009995 => $"{Figures(milliseconds * 1e6)} ns",
            < 0.9995 => $"{Figures(milliseconds * 1e3)} µs",
            < 999.5 => $"{Figures(milliseconds)} ms",
            < 59_950 => $"{Figures(milliseconds / 1e3)} s",
            < 3_599_500 => Parts(Math.Round(milliseconds / 1e3), "min", "s"),
            _ => Parts(Math.Round(milliseconds / 60_000), "h", "min"),
        };

    /// <summary>A ratio of 0 to 1; what is near to none or to all keeps enough figures not to read as it.</summary>
    public static string Percent(double ratio)
    {
        var percent = ratio * 100;
        var decimals = percent is > 99 and < 100 ? Decimals(100 - percent) : Decimals(percent);
        return $"{Written(percent, decimals)} %";
    }

    /// <summary>Bytes in the unit that keeps three figures readable, a unit being 1,024 of the one before.</summary>
    public static string Bytes(double bytes) =>
        Math.Abs(bytes) switch
        {
            < 1L << 10 => $"{Count(bytes)} B",
            < 1L << 20 => $"{Figures(bytes / (1L << 10))} KiB",
            < 1L << 30 => $"{Figures(bytes / (1L << 20))} MiB",
            _ => $"{Figures(bytes / (1L << 30))} GiB",
        };

    public static string Count(double value) => value.ToString("#,0", Culture);

    public static string Count(long number, string one, string many) => number == 1 ? $"1 {one}" : $"{Count(number)} {many}";

    public static string Times(double lift) => double.IsFinite(lift) ? $"{Figures(lift)}×" : "only here";

    private static string Parts(double small, string unit, string smallUnit) =>
        small % 60 == 0
            ? string.Create(Culture, $"{small / 60:#,0} {unit}")
            : string.Create(Culture, $"{Math.Truncate(small / 60):#,0} {unit} {Math.Abs(small % 60):0} {smallUnit}");

    private static string Figures(double value) => Written(value, Decimals(value));

    private static string Written(double value, int decimals) => value.ToString("#,0." + new string('#', decimals), Culture);

    // So many that three figures are there.
    private static int Decimals(double value) =>
        value == 0 ? 0 : Math.Clamp(2 - (int)Math.Floor(Math.Log10(Math.Abs(value))), 0, MostDecimals);
}
