using System.Globalization;
using System.Text.RegularExpressions;

namespace Copilot.Language.Tokens;

/// <summary>Makes the tokens that mean a time.</summary>
internal static class TimeTokens
{
    public static WordToken Iso(string text, Group offset)
    {
        var value = text.Replace('t', 'T').Replace(" UTC", "Z", StringComparison.Ordinal).Replace("UTC", "Z", StringComparison.Ordinal);
        var parsed =
            DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant)
            && IsNear(instant.Year);
        var seconds = text.Count(c => c == ':') - (offset.Value.Contains(':', StringComparison.Ordinal) ? 1 : 0) >= 2;
        return parsed
            ? new WordToken
            {
                Kind = WordTokenKind.Instant,
                Text = text,
                Lower = text,
                Instant = instant,
                HasOffset = offset.Success,
                Precision = seconds ? TimeSpan.FromSeconds(1) : TimeSpan.FromMinutes(1),
            }
            : new WordToken
            {
                Kind = WordTokenKind.Word,
                Text = text,
                Lower = text,
                Stem = text,
            };
    }

    public static WordToken Date(string text)
    {
        string[] formats = ["yyyy-MM-dd", "d.M.yyyy", "dd.MM.yyyy"];
        return DateTime.TryParseExact(text, formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) && IsNear(date.Year)
            ? new WordToken
            {
                Kind = WordTokenKind.Date,
                Text = text,
                Lower = text,
                Instant = new DateTimeOffset(date, TimeSpan.Zero),
            }
            : new WordToken
            {
                Kind = WordTokenKind.Word,
                Text = text,
                Lower = text,
                Stem = text,
            };
    }

    public static WordToken Clock(string text, Group half, bool zulu)
    {
        var digits = new string([.. text.TakeWhile(c => char.IsDigit(c) || c is ':' or '.')]).TrimEnd('.');
        var parts = digits.Split(':');
        var hour = int.Parse(parts[0], CultureInfo.InvariantCulture);
        if (half.Success)
            hour = hour % 12 + (half.Value[0] is 'p' or 'P' ? 12 : 0);
        var time = TimeSpan.FromHours(hour);
        var precision = TimeSpan.FromHours(1);
        if (parts.Length > 1)
        {
            time += TimeSpan.FromMinutes(int.Parse(parts[1], CultureInfo.InvariantCulture));
            precision = TimeSpan.FromMinutes(1);
        }

        if (parts.Length > 2)
        {
            time += TimeSpan.FromSeconds(double.Parse(parts[2], CultureInfo.InvariantCulture));
            precision = TimeSpan.FromSeconds(1);
        }

        return new WordToken
        {
            Kind = WordTokenKind.Clock,
            Text = text,
            Lower = text,
            TimeOfDay = time,
            Precision = precision,
            HasOffset = zulu,
        };
    }

    // Nanoseconds since 1970 reach as far; what lies beyond is no time of telemetry.
    private static bool IsNear(int year) => year is > 1970 and < 2200;

    public static WordToken Duration(string text, double amount, string unit) =>
        new()
        {
            Kind = WordTokenKind.Duration,
            Text = text,
            Lower = text.ToLowerInvariant(),
            Value = amount * NanosOf(unit),
        };

    /// <summary>"503s" are answers, not seconds.</summary>
    public static bool IsStatus(string text) => text is ['4' or '5', >= '0' and <= '9', >= '0' and <= '9', 's'];

    /// <summary>Of a unit word, in nanoseconds; 0 for what is none.</summary>
    public static double NanosOf(string unit) =>
        unit switch
        {
            "ns" => 1,
            "us" or "µs" or "μs" => 1e3,
            "ms"
            or "msec"
            or "msecs"
            or "millis"
            or "millisecond"
            or "milliseconds"
            or "millisekunde"
            or "millisekunden"
            or "milliseconde"
            or "millisecondes"
            or "milisegundo"
            or "milisegundos" => 1e6,
            "s"
            or "sec"
            or "secs"
            or "second"
            or "seconds"
            or "sek"
            or "sekunde"
            or "sekunden"
            or "seconde"
            or "secondes"
            or "segundo"
            or "segundos" => 1e9,
            "m" or "min" or "mins" or "minute" or "minutes" or "minuten" or "minuto" or "minutos" => 60e9,
            "h" or "hr" or "hrs" or "hour" or "hours" or "stunde" or "stunden" or "std" or "heure" or "heures" or "hora" or "horas" =>
                3600e9,
            "d" or "day" or "days" or "tag" or "tage" or "tagen" or "jour" or "jours" or "día" or "días" or "dia" or "dias" => 86400e9,
            "w" or "week" or "weeks" or "woche" or "wochen" or "semaine" or "semaines" or "semana" or "semanas" => 604800e9,
            _ => 0,
        };
}

/// <summary>Single words that are numbers, the one table of them: "three", "forty", "hundred", "zwölf".</summary>
public static class Cardinals
{
    private static readonly Dictionary<string, double> Values = new(StringComparer.Ordinal)
    {
        ["zero"] = 0,
        ["one"] = 1,
        ["two"] = 2,
        ["three"] = 3,
        ["four"] = 4,
        ["five"] = 5,
        ["six"] = 6,
        ["seven"] = 7,
        ["eight"] = 8,
        ["nine"] = 9,
        ["ten"] = 10,
        ["eleven"] = 11,
        ["twelve"] = 12,
        ["thirteen"] = 13,
        ["fourteen"] = 14,
        ["fifteen"] = 15,
        ["sixteen"] = 16,
        ["seventeen"] = 17,
        ["eighteen"] = 18,
        ["nineteen"] = 19,
        ["twenty"] = 20,
        ["thirty"] = 30,
        ["forty"] = 40,
        ["fifty"] = 50,
        ["sixty"] = 60,
        ["seventy"] = 70,
        ["eighty"] = 80,
        ["ninety"] = 90,
        ["hundred"] = 100,
        ["thousand"] = 1e3,
        ["million"] = 1e6,
        ["dozen"] = 12,
        ["zwei"] = 2,
        ["drei"] = 3,
        ["vier"] = 4,
        ["fünf"] = 5,
        ["sechs"] = 6,
        ["sieben"] = 7,
        ["acht"] = 8,
        ["neun"] = 9,
        ["zehn"] = 10,
        ["elf"] = 11,
        ["zwölf"] = 12,
        ["fünfzehn"] = 15,
        ["zwanzig"] = 20,
        ["dreißig"] = 30,
    };

    /// <summary>Null for what is no number. "Half", "second" and "a couple" are none: what they mean depends on their place.</summary>
    public static double? Of(string lower) => Values.TryGetValue(lower, out var value) ? value : null;

    /// <summary>It multiplies what stands before it: "three hundred", "two dozen".</summary>
    public static bool Multiplies(string lower) => lower is "hundred" or "thousand" or "million" or "dozen";
}
