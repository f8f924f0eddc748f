using System.Globalization;

namespace Copilot.Telemetry.Text;

/// <summary>A clock time as sentences tell it ("02:51:15 UTC", "18:07 UTC-5", "2026-11-28 23:57:00 UTC"), as the instant that it
/// means.</summary>
public static class ToldClock
{
    /// <summary>A clock time without a date is that of the day that brings it nearest.</summary>
    private const double HalfDayHours = 12;

    /// <summary>No zone is further from UTC.</summary>
    private static readonly TimeSpan LargestZone = TimeSpan.FromHours(14);

    /// <param name="clock">Hours and minutes, with or without seconds.</param>
    /// <param name="date">Year, month and day; empty where none is named.</param>
    /// <param name="zone">What stands behind UTC, such as +1 or -5:30; empty for UTC itself.</param>
    /// <param name="near">Tells which day is meant where none is named.</param>
    /// <returns>Null where one of them is none.</returns>
    public static DateTimeOffset? Read(ReadOnlySpan<char> clock, ReadOnlySpan<char> date, ReadOnlySpan<char> zone, DateTimeOffset near)
    {
        if (
            Zone(zone) is not { } offset
            || !TimeOnly.TryParseExact(clock, ["HH:mm:ss", "HH:mm"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
        )
            return null;
        if (date.Length > 0)
            return DateOnly.TryParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
                ? new DateTimeOffset(day, time, offset)
                : null;
        var sameDay = new DateTimeOffset(DateOnly.FromDateTime(near.ToOffset(offset).DateTime), time, offset);
        return (sameDay - near).TotalHours switch
        {
            > HalfDayHours => sameDay.AddDays(-1),
            < -HalfDayHours => sameDay.AddDays(1),
            _ => sameDay,
        };
    }

    private static TimeSpan? Zone(ReadOnlySpan<char> text) =>
        text.Length == 0 ? TimeSpan.Zero
        : TimeSpan.TryParseExact(
            text[1..],
            ["%h", "hh", @"h\:mm", @"hh\:mm"],
            CultureInfo.InvariantCulture,
            text[0] is '-' or '−' ? TimeSpanStyles.AssumeNegative : TimeSpanStyles.None,
            out var zone
        )
        && zone.Duration() <= LargestZone
            ? zone
        : null;
}
