using Copilot.Language.Tokens;
using Copilot.Telemetry.Records;

namespace Copilot.Language.Times;

/// <summary>Reads one point in time: "07:56", "8am CET", "yesterday 10:00", "10 minutes ago", "2026-11-22T07:56:30Z", "midnight",
/// "now".</summary>
internal sealed class InstantReader(IReadOnlyList<WordToken> wordTokens, DateTimeOffset asOf, TimeZoneInfo zone)
{
    private static readonly HashSet<string> Fillers = new(StringComparer.Ordinal)
    {
        "about",
        "around",
        "approximately",
        "approx",
        "roughly",
        "circa",
        "ca",
        "the",
        "at",
        "exactly",
        "etwa",
        "ungefähr",
        "um",
        "gegen",
        "like",
    };

    /// <summary>Words that only soften what follows: "since about 08:05".</summary>
    public int SkipFillers(int i)
    {
        while (
            i < wordTokens.Count
            && (
                wordTokens[i].Kind == WordTokenKind.Word && Fillers.Contains(wordTokens[i].Lower)
                || wordTokens[i].IsSymbol("~")
                || wordTokens[i].IsSymbol("@")
                || wordTokens[i].IsSymbol(".")
            )
        )
            i++;
        return i;
    }

    /// <param name="bareHours">A plain number up to 24 may be an hour, since the words around it say a time ("between 10 and 11").</param>
    public ClockPoint? Read(int start, bool bareHours = false)
    {
        var i = SkipFillers(start);
        if (i >= wordTokens.Count)
            return null;
        var wordToken = wordTokens[i];
        if (bareHours && Past(i) is { } past)
            return past;
        return wordToken.Kind switch
        {
            WordTokenKind.Instant => Iso(wordToken, i),
            WordTokenKind.Clock => Clock(i, null),
            WordTokenKind.Date => i + 1 < wordTokens.Count
            && wordTokens[SkipFillers(i + 1) is var n && n < wordTokens.Count ? n : i].Kind == WordTokenKind.Clock
                ? Clock(SkipFillers(i + 1), DateOnly.FromDateTime(wordToken.Instant.DateTime))
                : null,
            WordTokenKind.Duration => Ago(i, wordToken.Value, i + 1),
            WordTokenKind.Number => Hour(i, bareHours),
            WordTokenKind.Word => Word(i, bareHours),
            _ => null,
        };
    }

    private ClockPoint Iso(WordToken wordToken, int i)
    {
        var (at, end) = ZoneAt(i + 1);
        var instant = wordToken.HasOffset
            ? wordToken.Instant
            : new ClockPoint(end)
            {
                Date = DateOnly.FromDateTime(wordToken.Instant.UtcDateTime),
                TimeOfDay = wordToken.Instant.UtcDateTime.TimeOfDay,
                Zone = at,
            }.Resolve(asOf, zone);
        return new ClockPoint(end) { Instant = instant, Precision = wordToken.Precision };
    }

    // "from 29 seconds past 7:56", "half a minute past 7:57"
    private ClockPoint? Past(int i) =>
        LengthReader.Read(wordTokens, i) is { Nanos: < 3600e9 } length
        && length.End + 1 < wordTokens.Count
        && (wordTokens[length.End].IsWord("past") || wordTokens[length.End].IsWord("after"))
        && wordTokens[length.End + 1].Kind == WordTokenKind.Clock
        && Clock(length.End + 1, null) is var clock
            ? clock with
            {
                TimeOfDay = clock.TimeOfDay + TimeSpan.FromTicks((long)(length.Nanos / 100)),
                Precision = TimeSpan.FromSeconds(1),
            }
            : null;

    // "7:56 and 29 seconds"
    private double Seconds(int i) =>
        i + 1 < wordTokens.Count
        && wordTokens[i].IsWord("and")
        && wordTokens[i + 1] is { Kind: WordTokenKind.Duration, Value: >= 1e9 and < 60e9 } seconds
            ? seconds.Value
            : 0;

    private ClockPoint Clock(int i, DateOnly? date)
    {
        var wordToken = wordTokens[i];
        var end = i + 1;
        var seconds = wordToken.Precision >= TimeSpan.FromMinutes(1) ? Seconds(end) : 0;
        if (seconds > 0)
            end += 2;
        if (
            end < wordTokens.Count
            && wordTokens[end].Kind == WordTokenKind.Word
            && wordTokens[end].Lower is "o'clock" or "oclock" or "uhr" or "h" or "hrs" or "hours"
        )
            end++;
        var (at, next) = wordToken.HasOffset ? (TimeZoneInfo.Utc, end) : ZoneAt(end);
        end = next;
        if (date is null && end < wordTokens.Count)
        {
            var on = wordTokens[end].IsWord("on") ? end + 1 : end;
            if (on < wordTokens.Count && wordTokens[on].Kind == WordTokenKind.Date)
            {
                date = DateOnly.FromDateTime(wordTokens[on].Instant.DateTime);
                end = on + 1;
            }
            else if (DayWord(end) is { } day)
            {
                date = Today(at).AddDays(-day);
                end++;
            }
        }

        return new ClockPoint(end)
        {
            TimeOfDay = wordToken.TimeOfDay + TimeSpan.FromTicks((long)(seconds / 100)),
            Precision = seconds > 0 ? TimeSpan.FromSeconds(1) : wordToken.Precision,
            Zone = at,
            Date = date,
        };
    }

    private ClockPoint? Hour(int i, bool bare)
    {
        var value = wordTokens[i].Value;
        if (value < 0 || value > 24 || value != Math.Floor(value))
            return null;
        var end = i + 1;
        var said =
            end < wordTokens.Count && wordTokens[end].Kind == WordTokenKind.Word && wordTokens[end].Lower is "o'clock" or "oclock" or "uhr";
        if (said)
            end++;
        var (at, next) = ZoneAt(end);
        if (!said && at is null && !bare)
            return null;
        return new ClockPoint(next)
        {
            TimeOfDay = TimeSpan.FromHours(value),
            Precision = TimeSpan.FromHours(1),
            Zone = at,
        };
    }

    private ClockPoint? Word(int i, bool bareHours)
    {
        switch (wordTokens[i].Lower)
        {
            case "now" or "jetzt":
                return new ClockPoint(i + 1) { Instant = asOf };
            case "midnight" or "mitternacht":
                return new ClockPoint(i + 1) { TimeOfDay = TimeSpan.Zero };
            case "noon" or "mittag":
                return new ClockPoint(i + 1) { TimeOfDay = TimeSpan.FromHours(12) };
            case "an" or "a" or "one" or "half" or "vor" or "einer":
                return LengthReader.Read(wordTokens, wordTokens[i].Lower == "vor" ? i + 1 : i) is { } length
                    ? Ago(i, length.Nanos, length.End)
                    : null;
        }

        if (bareHours && HourWord(i) is { } hour)
            return new ClockPoint(i + 1) { TimeOfDay = TimeSpan.FromHours(hour), Precision = TimeSpan.FromHours(1) };
        if (DayWord(i) is not { } day)
            return null;
        var clock = SkipFillers(i + 1);
        return clock < wordTokens.Count && wordTokens[clock].Kind == WordTokenKind.Clock ? Clock(clock, Today(null).AddDays(-day)) : null;
    }

    private int? HourWord(int i) =>
        Cardinals.Of(wordTokens[i].Lower) is >= 1 and <= 12 and var hour
        && (i + 1 >= wordTokens.Count || wordTokens[i + 1].IsBreak || wordTokens[i + 1].Lower is "and" or "to" or "till" or "until")
            ? (int)hour
            : null;

    private ClockPoint? Ago(int start, double nanos, int end)
    {
        var german = wordTokens[start].IsWord("vor") || start > 0 && wordTokens[start - 1].IsWord("vor");
        if (!german && (end >= wordTokens.Count || !wordTokens[end].IsWord("ago") && !wordTokens[end].IsWord("back")))
            return null;
        return new ClockPoint(german ? end : end + 1)
        {
            Instant = asOf.AddTicks(-(long)(nanos / 100)),
            Precision = TimeSpan.FromMinutes(1),
        };
    }

    /// <summary>How many days ago: today 0, yesterday 1.</summary>
    public int? DayWord(int i) =>
        i >= wordTokens.Count || wordTokens[i].Kind != WordTokenKind.Word
            ? null
            : wordTokens[i].Lower switch
            {
                "today" or "heute" => 0,
                "yesterday" or "gestern" => 1,
                _ => null,
            };

    public DateOnly Today(TimeZoneInfo? at) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(asOf, at ?? zone).DateTime);

    // "Berlin time", "New York time", "Salt Lake City local time"
    private (TimeZoneInfo Zone, int End)? PlaceAt(int at)
    {
        for (var n = 1; n <= 3 && at + n < wordTokens.Count && wordTokens[at + n - 1].Kind == WordTokenKind.Word; n++)
        {
            var end = wordTokens[at + n].IsWord("local") ? at + n + 1 : at + n;
            if (end < wordTokens.Count && wordTokens[end].IsWord("time"))
                return ZoneNames.Place(string.Join(' ', wordTokens.Skip(at).Take(n).Select(t => t.Lower))) is { } zone
                    ? (zone, end + 1)
                    : null;
        }

        return null;
    }

    // "UTC+05:30", "GMT-3"
    private TimeSpan? Offset(int i) =>
        i + 1 < wordTokens.Count
        && (wordTokens[i].IsSymbol("+") || wordTokens[i].IsSymbol("-"))
        && wordTokens[i + 1] switch
        {
            { Kind: WordTokenKind.Clock } clock => clock.TimeOfDay,
            { Kind: WordTokenKind.Number, Value: >= 0 and <= 14 } hours => TimeSpan.FromHours(hours.Value),
            _ => (TimeSpan?)null,
        }
            is { } length
        && length <= TimeSpan.FromHours(14)
            ? wordTokens[i].IsSymbol("-")
                ? -length
                : length
            : null;

    /// <summary>A zone behind a time: "CET", "(UTC)", "Berlin time", "Europe/Berlin".</summary>
    public (TimeZoneInfo? Zone, int End) ZoneAt(int i)
    {
        var open = i < wordTokens.Count && wordTokens[i].IsSymbol("(");
        var at = open ? i + 1 : i;
        if (at >= wordTokens.Count || wordTokens[at].Kind != WordTokenKind.Word)
            return (null, i);
        var found = (Zone: ZoneNames.Of(wordTokens[at].Text), End: at + 1);
        if (found.Zone is null && at + 1 < wordTokens.Count)
        {
            var next = wordTokens[at + 1];
            if (next.Glue == '/' && ZoneNames.Iana(wordTokens[at].Text, next.Text) is { } iana)
                found = (iana, at + 2);
            else if (next.IsWord("time") && wordTokens[at].Lower is "local" or "my" or "our")
                return (zone, at + 2);
            else if (PlaceAt(at) is { } place)
                found = place;
        }
        else if (found.Zone is not null && found.End < wordTokens.Count && wordTokens[found.End].IsWord("time"))
        {
            found.End++;
        }

        if (found.Zone is null)
            return (null, i);
        if (found.Zone == TimeZoneInfo.Utc && Offset(found.End) is { } off)
            found = (ZoneNames.Fixed(off), found.End + 2);
        // "German time (CET)"
        if (!open && found.End + 2 < wordTokens.Count && wordTokens[found.End].IsSymbol("(") && wordTokens[found.End + 2].IsSymbol(")"))
            found.End += ZoneNames.Of(wordTokens[found.End + 1].Text) is null ? 0 : 3;
        return (found.Zone, open && found.End < wordTokens.Count && wordTokens[found.End].IsSymbol(")") ? found.End + 1 : found.End);
    }
}

/// <summary>Gives clock times the date that the question says elsewhere: "on 2026-11-20 between 10:00 and 11:00".</summary>
internal static class DatedMentions
{
    /// <param name="isCompared">The day is only what the asked time is compared with.</param>
    public static IReadOnlyList<TimeMention> Join(
        IReadOnlyList<TimeMention> mentions,
        Func<TimeMention, bool> isCompared,
        Func<TimeMention, TimeMention, bool> areApart,
        DateTimeOffset asOf,
        TimeZoneInfo zone
    )
    {
        mentions = Merged(mentions);
        var day = mentions.FirstOrDefault(m => m.Kind == TimeMentionKind.Day && !isCompared(m));
        if (day is null || !mentions.Any(m => m != day && Takes(m) && !areApart(day, m)))
            return mentions;
        DateOnly Date(TimeMention of) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(of.Window.From, zone).DateTime);
        var date = Date(day);
        return
        [
            .. mentions.Select(m =>
                m == day || m.Kind == TimeMentionKind.Day && Date(m) == date && !isCompared(m) ? m with { Window = default }
                : Takes(m) && !areApart(day, m) ? On(m, date, asOf, zone)
                : m
            ),
        ];
    }

    // "on Tuesday, 24 November": one day, which the date tells more exactly.
    private static List<TimeMention> Merged(IReadOnlyList<TimeMention> mentions)
    {
        var merged = new List<TimeMention>();
        foreach (var mention in mentions)
        {
            if (
                merged is [.., { Kind: TimeMentionKind.Day } before]
                && mention.Kind == TimeMentionKind.Day
                && mention.Start - before.End <= 1
                && mention.Window.From.DayOfWeek == before.Window.From.DayOfWeek
            )
                merged[^1] = mention with { Start = before.Start };
            else
                merged.Add(mention);
        }

        return merged;
    }

    private static bool Takes(TimeMention mention) =>
        !mention.Dated
        && mention.Kind
            is TimeMentionKind.Range
                or TimeMentionKind.Since
                or TimeMentionKind.At
                or TimeMentionKind.Around
                or TimeMentionKind.Before;

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
