using Copilot.Telemetry.Time;

namespace Copilot.Agent.Interpretation.Times;

/// <summary>Gives clock times the date that the question says elsewhere: "on 2026-11-20 between 10:00 and 11:00".</summary>
internal static class DatedMentions
{
    /// <param name="isCompared">The day is only what the asked time is compared with.</param>
    public static IReadOnlyList<TimeMention> Join(IReadOnlyList<TimeMention> mentions, Func<TimeMention, bool> isCompared, DateTimeOffset asOf, TimeZoneInfo zone)
    {
        var day = mentions.FirstOrDefault(m => m.Kind == TimeMentionKind.Day && !isCompared(m));
        if (day is null || !mentions.Any(m => m != day && Takes(m)))
            return mentions;
        var date = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(day.Window.From, zone).DateTime);
        return [.. mentions.Select(m => m == day ? m with { Window = default } : Takes(m) ? On(m, date, asOf, zone) : m)];
    }

    private static bool Takes(TimeMention mention) =>
        !mention.Dated && mention.Kind is TimeMentionKind.Range or TimeMentionKind.Since or TimeMentionKind.At or TimeMentionKind.Around or TimeMentionKind.Before;

    private static TimeMention On(TimeMention mention, DateOnly date, DateTimeOffset asOf, TimeZoneInfo zone)
    {
        if (mention.Clocks is { } clocks)
        {
            var first = (clocks.From with { Date = date }).Resolve(asOf, zone);
            var last = (clocks.To with { Date = null }).ResolveAfter(first, clocks.To.Zone ?? zone);
            return mention with { Window = new TimeWindow(first, last), Dated = true, Instant = first };
        }

        if (mention.Instant is not { } instant)
            return mention;
        var local = TimeZoneInfo.ConvertTime(instant, zone);
        var moved = TimeSpan.FromDays(date.DayNumber - DateOnly.FromDateTime(local.DateTime).DayNumber);
        var from = mention.Window.From + moved;
        var to = mention.Kind == TimeMentionKind.Since ? mention.Window.To : mention.Window.To + moved;
        return mention with { Window = new TimeWindow(from, to), Instant = instant + moved, Dated = true };
    }
}
