using System.Globalization;
using System.Text.RegularExpressions;

namespace Copilot.Models.Phrases;

/// <summary>A number as words say it: its value, what it counts and how far it may be off by rounding.</summary>
/// <param name="Unit">Null where the words name none.</param>
internal sealed partial record SaidNumber(double Value, FactUnit? Unit, double Rounding)
{
    private const string Digits = """(?:\d{1,3}(?:[\u00A0\u202F'’]\d{3})+(?:[.,]\d+)?|\d[\d,]*(?:\.\d+)?|\.\d+)""";

    private const string Named =
        """(?:percent|per\ ?cent|pct|prozent|pour\ cent|por\ ciento|ns|nanoseconds?|µs|us|microseconds?|ms|msecs?|millis"""
        + """|milliseconds?|millisekunden?|millisecondes?|milisegundos?|s|secs?|seconds?|sekunden?|secondes?|segundos?|m"""
        + """|mins?|minutes?|minuten?|minutos?|h|hrs?|hours?|stunden?|heures?|horas?)""";

    private const string PerSecond = """(?:(?:requests?|req|calls?|spans?)?\s?(?:/\s?s(?:ec(?:ond)?)?\b|per\ second\b)|rps\b)""";

    /// <summary>Digits with an optional unit behind them, as one pattern for all who look for numbers.</summary>
    public const string Pattern = Digits + """(?:[kKMG]\b)?(?:[\s\u00A0\u202F]?(?:%|""" + Named + """\b(?!/)))?(?:\s?""" + PerSecond + ")?";

    /// <summary>"2 min 5 s", "1 hour and 20 minutes".</summary>
    public const string Compound =
        """\d+\s?(?:h|hours?|stunden?|heures?|horas?|m|min|minutes?|minuten?|minutos?)\s?(?:(?:and|und|et|y)\s)?\d+(?:[.,]\d+)?"""
        + """\s?(?:m|min|minutes?|minuten?|minutos?|s|sec|seconds?|sekunden?|secondes?|segundos?)\b""";

    /// <summary>The number that a match of the patterns says; null where it cannot be read, which nobody should believe.</summary>
    public static SaidNumber? Of(string text)
    {
        var two = Two().Match(text);
        if (two.Success)
        {
            var (first, second) = (Scale(two.Groups["u1"].Value), Scale(two.Groups["u2"].Value));
            return new SaidNumber(
                (Read(two.Groups["n1"].Value) * first) + (Read(two.Groups["n2"].Value.Replace(',', '.')) * second),
                FactUnit.Duration,
                CheckingThresholds.Half * second
            );
        }

        var said = One().Match(text);
        if (!said.Success)
            return null;
        var digits = Plain(said.Groups["digits"].Value);
        if (!double.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out var value))
            return null;
        var decimals = digits.Contains('.', StringComparison.Ordinal)
            ? digits.Length - digits.IndexOf('.', StringComparison.Ordinal) - 1
            : 0;
        var rounding = CheckingThresholds.Half * Math.Pow(10, -decimals);
        var thousands = said.Groups["thousands"].Value switch
        {
            "k" or "K" => 1e3,
            "M" => 1e6,
            "G" => 1e9,
            _ => 1,
        };
        var unit = said.Groups["unit"].Value.ToLowerInvariant();
        if (said.Groups["rate"].Success)
            return new SaidNumber(value * thousands, FactUnit.Rate, rounding * thousands);
        if (unit.Length == 0)
            return new SaidNumber(value * thousands, null, rounding * thousands);
        if (unit[0] is '%' or 'p')
            return new SaidNumber(value / 100, FactUnit.Ratio, rounding / 100);
        return new SaidNumber(value * thousands * Scale(unit), FactUnit.Duration, rounding * thousands * Scale(unit));
    }

    /// <summary>All that it may say: in other languages than English "1.234" is a thousand and "1,234" a little more than one.</summary>
    public static IEnumerable<SaidNumber> Readings(string text, bool english)
    {
        if (Of(text) is { } said)
            yield return said;
        var turned = text.Replace(',', ';').Replace('.', ',').Replace(';', '.');
        if (!english && turned != text && Of(turned) is { } other)
            yield return other;
    }

    /// <summary>The same figure in milliseconds, a share and so on, where a table's head or the words around it say the unit.</summary>
    public SaidNumber As(FactUnit unit, double scale) => new(Value * scale, unit, Rounding * scale);

    /// <summary>How many milliseconds one is; 0 for what is no unit of time.</summary>
    public static double MillisecondsOf(string unit) => IsTime().IsMatch(unit) ? Scale(unit) : 0;

    // "10,98" has a decimal comma; "1,234" is taken for thousands.
    private static string Plain(string written)
    {
        var joined = Grouping().Replace(written, string.Empty);
        return DecimalComma().IsMatch(joined) ? joined.Replace(',', '.') : joined.Replace(",", string.Empty, StringComparison.Ordinal);
    }

    private static double Read(string digits) => double.Parse(digits, NumberStyles.Float, CultureInfo.InvariantCulture);

    // Milliseconds of one.
    private static double Scale(string unit) =>
        unit.ToLowerInvariant() switch
        {
            "ns" or "nanosecond" or "nanoseconds" => 1e-6,
            "µs" or "us" or "microsecond" or "microseconds" => 1e-3,
            "ms" or "msec" or "msecs" or "millis" => 1,
            var mill when mill.StartsWith("mill", StringComparison.Ordinal) || mill.StartsWith("milis", StringComparison.Ordinal) => 1,
            var hours when hours[0] is 'h' || hours.StartsWith("st", StringComparison.Ordinal) => 3600e3,
            var minutes when minutes[0] is 'm' => 60e3,
            _ => 1e3,
        };

    [GeneratedRegex(@"^\d+,(?:\d{1,2}|\d{4,})$", RegexOptions.None, PatternThresholds.OfPart)]
    private static partial Regex DecimalComma();

    [GeneratedRegex(@"(?<=\d)[\u00A0\u202F'’](?=\d{3})", RegexOptions.None, PatternThresholds.OfPart)]
    private static partial Regex Grouping();

    [GeneratedRegex(
        @"^(?<digits>"
            + Digits
            + @")(?<thousands>[kKMG]\b)?[\s\u00A0\u202F]?(?<unit>%|"
            + Named
            + @"\b(?!/))?\s?(?<rate>"
            + PerSecond
            + ")?$",
        RegexOptions.IgnoreCase | RegexOptions.IgnorePatternWhitespace,
        PatternThresholds.OfPart
    )]
    private static partial Regex One();

    [GeneratedRegex(
        @"^(?<n1>[0-9]+)\s?(?<u1>[a-z]+)\s?(?:(?:and|und|et|y)\s)?(?<n2>[0-9]+(?:[.,][0-9]+)?)\s?(?<u2>[a-z]+)$",
        RegexOptions.IgnoreCase,
        PatternThresholds.OfPart
    )]
    private static partial Regex Two();

    [GeneratedRegex("^(?:" + Named + ")$", RegexOptions.IgnoreCase | RegexOptions.IgnorePatternWhitespace, PatternThresholds.OfPart)]
    private static partial Regex IsTime();
}
