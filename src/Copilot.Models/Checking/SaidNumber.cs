using System.Globalization;
using System.Text.RegularExpressions;
using Copilot.Language.Tokens;

namespace Copilot.Models.Checking;

/// <summary>Numbers written as words: "twelve", "a third of", "twice as".</summary>
internal static class NumberWords
{
    private static readonly Dictionary<string, double> Shares = new(StringComparer.OrdinalIgnoreCase)
    {
        ["half"] = 0.5,
        ["third"] = 1 / 3.0,
        ["quarter"] = 0.25,
        ["fifth"] = 0.2,
        ["tenth"] = 0.1,
        ["hälfte"] = 0.5,
        ["drittel"] = 1 / 3.0,
        ["moitié"] = 0.5,
        ["tier"] = 1 / 3.0,
        ["mitad"] = 0.5,
        ["tercio"] = 1 / 3.0,
    };

    // Words that are also words of another language ("once", "neuf", "cent") are left out.
    private static readonly Dictionary<string, double> Elsewhere = new(StringComparer.Ordinal)
    {
        ["vierzig"] = 40,
        ["fünfzig"] = 50,
        ["sechzig"] = 60,
        ["siebzig"] = 70,
        ["achtzig"] = 80,
        ["neunzig"] = 90,
        ["hundert"] = 100,
        ["tausend"] = 1000,
        ["deux"] = 2,
        ["trois"] = 3,
        ["quatre"] = 4,
        ["cinq"] = 5,
        ["huit"] = 8,
        ["douze"] = 12,
        ["quinze"] = 15,
        ["vingt"] = 20,
        ["trente"] = 30,
        ["quarante"] = 40,
        ["cinquante"] = 50,
        ["soixante"] = 60,
        ["dos"] = 2,
        ["tres"] = 3,
        ["cuatro"] = 4,
        ["cinco"] = 5,
        ["seis"] = 6,
        ["siete"] = 7,
        ["ocho"] = 8,
        ["nueve"] = 9,
        ["diez"] = 10,
        ["doce"] = 12,
        ["quince"] = 15,
        ["veinte"] = 20,
        ["treinta"] = 30,
        ["cuarenta"] = 40,
        ["cincuenta"] = 50,
        ["sesenta"] = 60,
        ["setenta"] = 70,
        ["ochenta"] = 80,
        ["noventa"] = 90,
    };

    /// <summary>
    /// The number that the words say: of "half" a ratio, of "twelve" a plain number. What says more than it tells, such as "dozens" or
    /// "doubled", is null: no result writes it, so nothing shows it.
    /// </summary>
    public static SaidNumber? Of(string words)
    {
        var parts = words.ToLowerInvariant().Split([' ', '-'], StringSplitOptions.RemoveEmptyEntries);
        if (Shares.TryGetValue(parts[^1].TrimEnd('s'), out var share))
        {
            var times = parts.Length > 1 && Cardinals.Of(parts[^2]) is { } many ? many : 1;
            return new SaidNumber(times * share, FactUnit.Ratio, CheckingThresholds.Fraction);
        }

        double total = 0,
            current = 0;
        foreach (var part in parts)
        {
            if (part is "a" or "and" or "percent")
                continue;
            if ((Cardinals.Of(part) ?? (Elsewhere.TryGetValue(part, out var other) ? other : null)) is not { } value)
                return null;
            if (value >= 1000)
                (total, current) = (total + (Math.Max(current, 1) * value), 0);
            else if (Cardinals.Multiplies(part))
                current = Math.Max(current, 1) * value;
            else
                current += value;
        }

        return parts[^1] == "percent"
            ? new SaidNumber((total + current) / 100, FactUnit.Ratio, CheckingThresholds.PercentInWords)
            : new SaidNumber(total + current, null, CheckingThresholds.Half - 1e-6);
    }

    /// <summary>Words of numbers. A lone "one" is most often no number, and "second" is a unit.</summary>
    public const string Pattern =
        """(?:(?:a|one|two|three|four)[\ -])?(?:half|thirds?|quarters?|fifths?|tenths?)(?=\s+(?:of|the|all|as)\b)"""
        + """|(?:(?:a|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen"""
        + """|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|million"""
        + """|dozen)(?:[\ -](?:and\ )?))*(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen"""
        + """|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred"""
        + """|thousand|million|dozen|(?<=ty[\ -])one)(?:\ percent)?|dozens|hundreds|thousands|millions|doubled|tripled"""
        + """|quadrupled|halved|twice|thrice|(?:two|three|four|five|ten|hundred)?fold"""
        + """|hälfte|drittel|moitié|mitad|tercio|(?:ein)?hundert|tausend|zwei|drei|vier|fünf|sechs|sieben|neun|zehn|zwölf"""
        + """|fünfzehn|zwanzig|dreißig|(?:vier|fünf|sech|sieb|acht|neun)zig|\p{L}{3,6}und\p{L}{3,6}(?:zig|ßig)"""
        + """|doppelt|verdoppelt|deux|trois|quatre|cinq|huit|douze|quinze|vingt|trente|quarante|cinquante|soixante|dos"""
        + """|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|doce|quince|veinte|treinta|cuarenta|cincuenta|sesenta|setenta"""
        + """|ochenta|noventa|duplicó""";
}

/// <summary>A number as words say it: its value, what it counts and how far it may be off by rounding.</summary>
/// <param name="Unit">Null where the words name none.</param>
internal sealed partial record SaidNumber(double Value, FactUnit? Unit, double Rounding)
{
    /// <summary>Digits with an optional unit behind them, as one pattern for all who look for numbers.</summary>
    public const string Pattern =
        """(?:\d[\d,]*(?:\.\d+)?|\.\d+)(?:[kKMG]\b)?(?:\s?(?:%|(?:percent|per\ ?cent|pct|prozent|pour\ cent|por\ ciento"""
        + """|ns|nanoseconds?|µs|us|microseconds?|ms|msecs?|millis|milliseconds?|s|secs?|seconds?|sekunden?|secondes?"""
        + """|segundos?|m|mins?|minutes?|minuten|minutos?|h|hrs?|hours?|stunden?|heures?"""
        + """|horas?)\b(?!/)))?(?:\s?(?:(?:requests?|req|calls?|spans?)?\s?(?:/\s?s(?:ec(?:ond)?)?\b|per\ second\b))"""
        + """|\s?rps\b)?""";

    /// <summary>The number that a match of <see cref="Pattern"/> says; null where it cannot be read, which nobody should believe.</summary>
    public static SaidNumber? Of(string text)
    {
        var compound = Compound().Match(text);
        if (compound.Success)
        {
            var (first, second) = (Scale(compound.Groups["u1"].Value), Scale(compound.Groups["u2"].Value));
            return new SaidNumber(
                (Read(compound.Groups["n1"].Value) * first) + (Read(compound.Groups["n2"].Value) * second),
                FactUnit.Duration,
                CheckingThresholds.Half * second
            );
        }

        var said = Simple().Match(text);
        if (!said.Success)
            return null;
        var written = said.Groups["digits"].Value;
        // "10,98" has a decimal comma; "1,234" is taken for thousands.
        var digits = DecimalComma().IsMatch(written)
            ? written.Replace(',', '.')
            : written.Replace(",", string.Empty, StringComparison.Ordinal);
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

    /// <summary>Whether a fact says the same, within rounding.</summary>
    public bool Is(Fact fact) =>
        Math.Abs(fact.Value - Value) <= Rounding + CheckingThresholds.SameFigure && (Unit is null || Unit == fact.Unit);

    private static double Read(string digits) => double.Parse(digits, NumberStyles.Float, CultureInfo.InvariantCulture);

    // Milliseconds of one.
    private static double Scale(string unit) =>
        unit.ToLowerInvariant() switch
        {
            "ns" or "nanosecond" or "nanoseconds" => 1e-6,
            "µs" or "us" or "microsecond" or "microseconds" => 1e-3,
            "s"
            or "sec"
            or "secs"
            or "second"
            or "seconds"
            or "sekunde"
            or "sekunden"
            or "seconde"
            or "secondes"
            or "segundo"
            or "segundos" => 1e3,
            "m" or "min" or "mins" or "minute" or "minutes" or "minuten" or "minuto" or "minutos" => 60e3,
            "h" or "hr" or "hrs" or "hour" or "hours" or "stunde" or "stunden" or "heure" or "heures" or "hora" or "horas" => 3600e3,
            _ => 1,
        };

    [GeneratedRegex(@"^\d+,(?:\d{1,2}|\d{4,})$", RegexOptions.None, PatternThresholds.OfPart)]
    private static partial Regex DecimalComma();

    [GeneratedRegex(
        @"^(?<digits>(?:[0-9][0-9,]*(?:\.[0-9]+)?|\.[0-9]+))(?<thousands>[kKMG]\b)?\s?(?<unit>%|(?:percent|per ?cent|pct"
            + @"|prozent|pour cent|por ciento|ns|nanoseconds?|µs|us|microseconds?|ms|msecs?|millis|milliseconds?|s|secs?"
            + @"|seconds?|sekunden?|secondes?|segundos?|m|mins?|minutes?|minuten|minutos?|h|hrs?|hours?|stunden?|heures?"
            + @"|horas?)\b(?!/))?\s?(?<rate>(?:requests?|req|calls?|spans?)?\s?(?:/\s?s(?:ec(?:ond)?)?\b|per second\b)|rps\b)?$",
        RegexOptions.IgnoreCase,
        PatternThresholds.OfPart
    )]
    private static partial Regex Simple();

    [GeneratedRegex(
        @"^(?<n1>[0-9]+)\s?(?<u1>h|hours?|m|min|minutes?)\s?(?:and\s)?(?<n2>[0-9]+(?:\.[0-9]+)?)\s?(?<u2>m|min|minutes?|s|sec|seconds?)$",
        RegexOptions.IgnoreCase,
        PatternThresholds.OfPart
    )]
    private static partial Regex Compound();
}
