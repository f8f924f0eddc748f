using System.Globalization;
using System.Text.RegularExpressions;

namespace Copilot.Agent.Model.Checking;

/// <summary>A number as words say it: its value, what it counts and how far it may be off by rounding.</summary>
/// <param name="Unit">Null where the words name none.</param>
internal sealed partial record SaidNumber(double Value, FactUnit? Unit, double Rounding)
{
    /// <summary>Digits with an optional unit behind them, as one pattern for all who look for numbers.</summary>
    public const string Pattern =
        """(?:\d[\d,]*(?:\.\d+)?|\.\d+)(?:[kKMG]\b)?(?:\s?(?:%|(?:percent|per\ ?cent|pct|prozent|pour\ cent|por\ ciento|µs|us|microseconds?|ms|msecs?|millis|milliseconds?|s|secs?|seconds?|sekunden?|secondes?|segundos?|m|mins?|minutes?|minuten|minutos?|h|hrs?|hours?|stunden?|heures?|horas?)\b(?!/)))?(?:\s?(?:(?:requests?|req|calls?|spans?)?\s?(?:/\s?s(?:ec(?:ond)?)?\b|per\ second\b))|\s?rps\b)?""";

    /// <summary>The number that a match of <see cref="Pattern"/> says; null where it cannot be read, which nobody should believe.</summary>
    public static SaidNumber? Of(string text)
    {
        var compound = Compound().Match(text);
        if (compound.Success)
        {
            var (first, second) = (Scale(compound.Groups["u1"].Value), Scale(compound.Groups["u2"].Value));
            return new SaidNumber(
                (Read(compound.Groups["n1"].Value) * first) + (Read(compound.Groups["n2"].Value) * second), FactUnit.Duration, 0.5 * second);
        }

        var said = Simple().Match(text);
        if (!said.Success) return null;
        var written = said.Groups["digits"].Value;
        // "10,98" has a decimal comma; "1,234" is taken for thousands.
        var digits = DecimalComma().IsMatch(written) ? written.Replace(',', '.') : written.Replace(",", string.Empty, StringComparison.Ordinal);
        if (!double.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)) return null;
        var decimals = digits.Contains('.', StringComparison.Ordinal) ? digits.Length - digits.IndexOf('.', StringComparison.Ordinal) - 1 : 0;
        var rounding = 0.5 * Math.Pow(10, -decimals);
        var thousands = said.Groups["thousands"].Value switch { "k" or "K" => 1e3, "M" => 1e6, "G" => 1e9, _ => 1 };
        var unit = said.Groups["unit"].Value.ToLowerInvariant();
        if (said.Groups["rate"].Success) return new SaidNumber(value * thousands, FactUnit.Rate, rounding * thousands);
        if (unit.Length == 0) return new SaidNumber(value * thousands, null, rounding * thousands);
        if (unit[0] is '%' or 'p') return new SaidNumber(value / 100, FactUnit.Ratio, rounding / 100);
        return new SaidNumber(value * thousands * Scale(unit), FactUnit.Duration, rounding * thousands * Scale(unit));
    }

    /// <summary>Whether a fact says the same, within rounding.</summary>
    public bool Is(Fact fact) => Math.Abs(fact.Value - Value) <= Rounding + 1e-9 && (Unit is null || Unit == fact.Unit);

    private static double Read(string digits) => double.Parse(digits, NumberStyles.Float, CultureInfo.InvariantCulture);

    // Milliseconds of one.
    private static double Scale(string unit) => unit.ToLowerInvariant() switch
    {
        "µs" or "us" or "microsecond" or "microseconds" => 1e-3,
        "s" or "sec" or "secs" or "second" or "seconds" or "sekunde" or "sekunden" or "seconde" or "secondes" or "segundo" or "segundos" => 1e3,
        "m" or "min" or "mins" or "minute" or "minutes" or "minuten" or "minuto" or "minutos" => 60e3,
        "h" or "hr" or "hrs" or "hour" or "hours" or "stunde" or "stunden" or "heure" or "heures" or "hora" or "horas" => 3600e3,
        _ => 1,
    };

    [GeneratedRegex(@"^\d+,(?:\d{1,2}|\d{4,})$", RegexOptions.None, 200)]
    private static partial Regex DecimalComma();

    [GeneratedRegex(
        @"^(?<digits>(?:[0-9][0-9,]*(?:\.[0-9]+)?|\.[0-9]+))(?<thousands>[kKMG]\b)?\s?(?<unit>%|(?:percent|per ?cent|pct|prozent|pour cent|por ciento|µs|us|microseconds?|ms|msecs?|millis|milliseconds?|s|secs?|seconds?|sekunden?|secondes?|segundos?|m|mins?|minutes?|minuten|minutos?|h|hrs?|hours?|stunden?|heures?|horas?)\b(?!/))?\s?(?<rate>(?:requests?|req|calls?|spans?)?\s?(?:/\s?s(?:ec(?:ond)?)?\b|per second\b)|rps\b)?$",
        RegexOptions.IgnoreCase, 200)]
    private static partial Regex Simple();

    [GeneratedRegex(@"^(?<n1>[0-9]+)\s?(?<u1>h|hours?|m|min|minutes?)\s?(?:and\s)?(?<n2>[0-9]+(?:\.[0-9]+)?)\s?(?<u2>m|min|minutes?|s|sec|seconds?)$", RegexOptions.IgnoreCase, 200)]
    private static partial Regex Compound();
}
