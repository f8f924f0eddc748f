using Copilot.Language.Tokens;
using Copilot.Telemetry.Records;

namespace Copilot.Language.Times;

/// <summary>Reads calendar words: today, yesterday, this morning, on 2026-11-20, on Monday, this week, last night.</summary>
internal static class CalendarReader
{
    private static readonly string[] Weekdays = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];

    public static TimeMention? Read(
        IReadOnlyList<WordToken> wordTokens,
        int start,
        InstantReader instants,
        DateTimeOffset asOf,
        TimeZoneInfo zone
    )
    {
        var i = start;
        while (i < wordTokens.Count && wordTokens[i].Kind == WordTokenKind.Word && wordTokens[i].Lower is "on" or "during" or "for" or "am")
            i++;
        if (i >= wordTokens.Count)
            return null;
        var today = instants.Today(null);
        if (wordTokens[i].Kind == WordTokenKind.Date)
            return Days(start, i + 1, DateOnly.FromDateTime(wordTokens[i].Instant.DateTime), 1, 0, 24, asOf, zone);
        if (wordTokens[i].Kind != WordTokenKind.Word)
            return null;
        if (instants.DayWord(i) is { } ago)
        {
            var (from, to, end) = Part(wordTokens, i + 1);
            return Days(start, end, today.AddDays(-ago), 1, from, to, asOf, zone);
        }

        var word = wordTokens[i].Lower;
        var next = i + 1 < wordTokens.Count ? wordTokens[i + 1].Lower : "";
        if (word is "this" or "diese" or "heute" && Part(wordTokens, i + 1) is { End: var until } part && until > i + 1)
            return Days(start, until, today, 1, part.From, part.To, asOf, zone);
        if (word is "tonight")
            // Before noon the night is the one that is passing.
            return TimeZoneInfo.ConvertTime(asOf, zone).Hour < 12
                ? Days(start, i + 1, today.AddDays(-1), 1, 18, 36, asOf, zone)
                : Days(start, i + 1, today, 1, 18, 24, asOf, zone);
        if (word is "overnight" || word is "last" && next is "night")
            return Days(start, word is "last" ? i + 2 : i + 1, today.AddDays(-1), 1, 18, 30, asOf, zone);
        if (word is "this" && next is "hour")
            return Hours(start, i + 2, asOf, zone);
        if (word is "this" && next is "week")
            return Days(start, i + 2, today.AddDays(-(((int)today.DayOfWeek + 6) % 7)), 7, 0, 24, asOf, zone);
        var day = Array.IndexOf(Weekdays, word);
        if (word is "last" && day < 0)
            day = Array.IndexOf(Weekdays, next);
        if (day < 0)
            return null;
        var back = ((int)today.DayOfWeek - day + 7) % 7;
        return Days(start, word is "last" ? i + 2 : i + 1, today.AddDays(-(back == 0 ? 7 : back)), 1, 0, 24, asOf, zone);
    }

    private static (int From, int To, int End) Part(IReadOnlyList<WordToken> wordTokens, int i) =>
        i >= wordTokens.Count
            ? (0, 24, i)
            : wordTokens[i].Lower switch
            {
                "morning" or "morgen" => (0, 12, i + 1),
                "afternoon" or "nachmittag" => (12, 18, i + 1),
                "evening" or "abend" => (18, 24, i + 1),
                "night" => (18, 30, i + 1),
                _ => (0, 24, i),
            };

    private static TimeMention Days(
        int start,
        int end,
        DateOnly day,
        int days,
        int fromHour,
        int toHour,
        DateTimeOffset asOf,
        TimeZoneInfo zone
    )
    {
        var from = new ClockPoint(end) { Date = day, TimeOfDay = TimeSpan.FromHours(fromHour) }.Resolve(asOf, zone);
        var to = new ClockPoint(end) { Date = day.AddDays(days - 1), TimeOfDay = TimeSpan.FromHours(toHour) }.Resolve(asOf, zone);
        if (to > asOf && from < asOf)
            to = asOf;
        return new TimeMention(start, end, TimeMentionKind.Day, new TimeWindow(from, to)) { Dated = true, Instant = from };
    }

    private static TimeMention Hours(int start, int end, DateTimeOffset asOf, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTime(asOf, zone);
        var from = local.AddTicks(-(local.TimeOfDay.Ticks % TimeSpan.TicksPerHour));
        return new TimeMention(start, end, TimeMentionKind.Range, new TimeWindow(from, asOf)) { Dated = true };
    }
}

/// <summary>A point in time as it was said: an instant, or a clock time that needs a date and a zone.</summary>
internal sealed record ClockPoint(int End)
{
    public DateTimeOffset? Instant { get; init; }

    public TimeSpan TimeOfDay { get; init; }

    public DateOnly? Date { get; init; }

    public TimeZoneInfo? Zone { get; init; }

    public TimeSpan Precision { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>The latest such time not after <paramref name="limit"/>, or on the date that is said.</summary>
    public DateTimeOffset Resolve(DateTimeOffset limit, TimeZoneInfo zone)
    {
        if (Instant is { } instant)
            return instant;
        var at = Zone ?? zone;
        if (Date is { } date)
            return On(date, at);
        var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(limit, at).DateTime);
        var candidate = On(day, at);
        return candidate <= limit ? candidate : On(day.AddDays(-1), at);
    }

    /// <summary>The first such time after <paramref name="start"/>, or on the date that is said.</summary>
    public DateTimeOffset ResolveAfter(DateTimeOffset start, TimeZoneInfo zone)
    {
        if (Instant is { } instant)
            return instant;
        var at = Zone ?? zone;
        if (Date is { } date)
            return On(date, at);
        var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(start, at).DateTime);
        var candidate = On(day, at);
        return candidate > start ? candidate : On(day.AddDays(1), at);
    }

    private DateTimeOffset On(DateOnly date, TimeZoneInfo at)
    {
        var local = date.ToDateTime(TimeOnly.MinValue) + TimeOfDay;
        return new DateTimeOffset(local, at.GetUtcOffset(local)).ToUniversalTime();
    }
}
