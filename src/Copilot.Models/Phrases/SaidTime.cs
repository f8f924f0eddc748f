using System.Globalization;
using System.Text.RegularExpressions;

namespace Copilot.Models.Phrases;

/// <summary>A day, a clock time or both, as words say them: "08:12", "2026-03-01T12:02:07Z", "12h02", "3 pm", "12.02 Uhr".</summary>
/// <param name="Day">Null where only a clock time is said.</param>
/// <param name="Clock">Null where only a day is said.</param>
/// <param name="Precision">What one unit of the last part is worth: an hour, a minute, a second, less.</param>
/// <param name="Offset">The distance from UTC that is said; null where none is.</param>
/// <param name="IsHalfDay">It may be that hour of either half of the day.</param>
internal sealed partial record SaidTime(DateOnly? Day, TimeSpan? Clock, TimeSpan Precision, TimeSpan? Offset, bool IsHalfDay)
{
    /// <param name="said">As <see cref="Checking.Claims"/> finds it.</param>
    /// <param name="after">What follows: a time that is said to be UTC is none of the asker's clock.</param>
    public static SaidTime? Of(string said, string after)
    {
        var read = Form().Match(said.Trim());
        if (!read.Success)
            return null;
        DateOnly? day = read.Groups["day"].Success
            ? DateOnly.TryParse(read.Groups["day"].Value, CultureInfo.InvariantCulture, out var date)
                ? date
                : null
            : null;
        if (read.Groups["day"].Success && day is null)
            return null;
        if (!read.Groups["hour"].Success)
            return new SaidTime(day, null, TimeSpan.FromDays(1), null, false);
        var hour = int.Parse(read.Groups["hour"].Value, CultureInfo.InvariantCulture);
        var minute = Part(read, "minute");
        var second = Part(read, "second");
        if (hour > 24 || minute is > 59 || second is > 59)
            return null;
        var fraction = read.Groups["fraction"] is { Success: true } part ? part.Value : string.Empty;
        var clock = new TimeSpan(hour, minute ?? 0, second ?? 0) + TimeSpan.FromSeconds(Fraction(fraction));
        var precision =
            fraction.Length > 0 ? TimeSpan.FromSeconds(Math.Pow(10, -Math.Min(fraction.Length, 7)))
            : second is not null ? TimeSpan.FromSeconds(1)
            : minute is not null ? TimeSpan.FromMinutes(1)
            : TimeSpan.FromHours(1);
        return new SaidTime(day, clock, precision, OffsetOf(read, after), minute is null);
    }

    /// <summary>Whether an instant is what is said, on the asker's clock or in UTC; a time may be cut or rounded at its last
    /// part.</summary>
    public bool Is(DateTimeOffset instant, TimeZoneInfo zone) => Clocks(instant, zone).Any(clock => Matches(clock.DateTime));

    /// <summary>The instants on the day of another one that it may be.</summary>
    public IEnumerable<DateTimeOffset> Near(DateTimeOffset other, TimeZoneInfo zone) =>
        Clock is not { } clock
            ? []
            : Clocks(other, zone).Select(local => new DateTimeOffset((Day?.ToDateTime(default) ?? local.Date) + clock, local.Offset));

    private IEnumerable<DateTimeOffset> Clocks(DateTimeOffset instant, TimeZoneInfo zone)
    {
        if (Offset is { } offset)
        {
            yield return instant.ToOffset(offset);
            yield break;
        }

        yield return instant.ToUniversalTime();
        yield return TimeZoneInfo.ConvertTime(instant, zone);
    }

    private bool Matches(DateTime clock)
    {
        if (Day is { } day && DateOnly.FromDateTime(clock) != day)
            return false;
        if (Clock is not { } said)
            return Day is not null;
        if (IsHalfDay)
            return clock.Hour % 12 == said.Hours % 12;
        var off = clock.TimeOfDay - said;
        // Cut ("08:12" for 08:12:48) or rounded ("08:13").
        return (off >= TimeSpan.Zero && off < Precision) || (off < TimeSpan.Zero && -off <= Precision / 2);
    }

    private static int? Part(Match read, string name) =>
        read.Groups[name] is { Success: true } part ? int.Parse(part.Value, CultureInfo.InvariantCulture) : null;

    private static double Fraction(string digits) =>
        digits.Length == 0 ? 0 : double.Parse("0." + digits, NumberStyles.Float, CultureInfo.InvariantCulture);

    private static TimeSpan? OffsetOf(Match read, string after)
    {
        if (read.Groups["zulu"].Success || (!read.Groups["sign"].Success && Utc().IsMatch(after)))
            return TimeSpan.Zero;
        if (!read.Groups["sign"].Success)
            return null;
        var length = new TimeSpan(Part(read, "offset")!.Value, Part(read, "offsetMinute") ?? 0, 0);
        return read.Groups["sign"].Value == "+" ? length : -length;
    }

    [GeneratedRegex(
        @"^(?:(?<day>\d{4}-\d\d-\d\d)(?:[T ]|$))?(?:(?<hour>\d{1,2})(?:[:h.](?<minute>\d\d)(?::(?<second>\d\d)(?:[.,](?<fraction>\d+)"
            + @")?)?)?)?"
            + @"(?<zulu>Z)?(?:\s?(?:UTC|GMT)?(?<sign>[+−-])(?<offset>\d{1,2})(?::?(?<offsetMinute>\d\d))?)?\.?$",
        RegexOptions.None,
        PatternThresholds.OfPart
    )]
    private static partial Regex Form();

    // Not "UTC+9", which is the asker's clock. Of a range the second time says it for both.
    [GeneratedRegex(
        @"^\s?(?:(?:[–—-]|to|until|and|bis|und|à|et|a|y)\s?\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?\s?)?(?:UTC|GMT|Z)\b(?![+\-−]\d)",
        RegexOptions.None,
        PatternThresholds.OfPart
    )]
    private static partial Regex Utc();
}
