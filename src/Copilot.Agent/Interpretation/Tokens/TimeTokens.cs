using System.Globalization;
using System.Text.RegularExpressions;

namespace Copilot.Agent.Interpretation.Tokens;

/// <summary>Makes the tokens that mean a time.</summary>
internal static class TimeTokens
{
    public static Token Iso(string text, Group offset)
    {
        var value = text.Replace('t', 'T').Replace(" UTC", "Z", StringComparison.Ordinal).Replace("UTC", "Z", StringComparison.Ordinal);
        var parsed = DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant) && IsNear(instant.Year);
        var seconds = text.Count(c => c == ':') - (offset.Value.Contains(':', StringComparison.Ordinal) ? 1 : 0) >= 2;
        return parsed
            ? new Token
            {
                Kind = TokenKind.Instant,
                Text = text,
                Lower = text,
                Instant = instant,
                HasOffset = offset.Success,
                Precision = seconds ? TimeSpan.FromSeconds(1) : TimeSpan.FromMinutes(1),
            }
            : new Token { Kind = TokenKind.Word, Text = text, Lower = text, Stem = text };
    }

    public static Token Date(string text)
    {
        string[] formats = ["yyyy-MM-dd", "d.M.yyyy", "dd.MM.yyyy"];
        return DateTime.TryParseExact(text, formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) && IsNear(date.Year)
            ? new Token { Kind = TokenKind.Date, Text = text, Lower = text, Instant = new DateTimeOffset(date, TimeSpan.Zero) }
            : new Token { Kind = TokenKind.Word, Text = text, Lower = text, Stem = text };
    }

    public static Token Clock(string text, Group half, bool zulu)
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

        return new Token { Kind = TokenKind.Clock, Text = text, Lower = text, TimeOfDay = time, Precision = precision, HasOffset = zulu };
    }

    // Nanoseconds since 1970 reach as far; what lies beyond is no time of telemetry.
    private static bool IsNear(int year) => year is > 1970 and < 2200;

    public static Token Duration(string text, double amount, string unit) => new()
    {
        Kind = TokenKind.Duration,
        Text = text,
        Lower = text.ToLowerInvariant(),
        Value = amount * NanosOf(unit),
    };

    /// <summary>Of a unit word, in nanoseconds; 0 for what is none.</summary>
    public static double NanosOf(string unit) => unit switch
    {
        "ns" => 1,
        "us" or "µs" or "μs" => 1e3,
        "ms" or "msec" or "msecs" or "millis" or "millisecond" or "milliseconds" or "millisekunde" or "millisekunden" => 1e6,
        "s" or "sec" or "secs" or "second" or "seconds" or "sek" or "sekunde" or "sekunden" => 1e9,
        "m" or "min" or "mins" or "minute" or "minutes" or "minuten" => 60e9,
        "h" or "hr" or "hrs" or "hour" or "hours" or "stunde" or "stunden" or "std" => 3600e9,
        "d" or "day" or "days" or "tag" or "tage" or "tagen" => 86400e9,
        "w" or "week" or "weeks" or "woche" or "wochen" => 604800e9,
        _ => 0,
    };
}
