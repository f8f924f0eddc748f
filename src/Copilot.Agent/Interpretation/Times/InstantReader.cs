using Copilot.Agent.Interpretation.Tokens;

namespace Copilot.Agent.Interpretation.Times;

/// <summary>Reads one point in time: "07:56", "8am CET", "yesterday 10:00", "10 minutes ago", "2026-11-22T07:56:30Z", "midnight", "now".</summary>
internal sealed class InstantReader(IReadOnlyList<Token> tokens, DateTimeOffset asOf, TimeZoneInfo zone)
{
    private static readonly HashSet<string> Fillers =
        new(StringComparer.Ordinal) { "about", "around", "approximately", "approx", "roughly", "circa", "ca", "the", "at", "exactly", "etwa", "ungefähr", "um", "gegen", "like" };

    /// <summary>Words that only soften what follows: "since about 08:05".</summary>
    public int SkipFillers(int i)
    {
        while (i < tokens.Count && (tokens[i].Kind == TokenKind.Word && Fillers.Contains(tokens[i].Lower) || tokens[i].IsSymbol("~") || tokens[i].IsSymbol("@") || tokens[i].IsSymbol(".")))
            i++;
        return i;
    }

    /// <param name="bareHours">A plain number up to 24 may be an hour, since the words around it say a time ("between 10 and 11").</param>
    public ClockPoint? Read(int start, bool bareHours = false)
    {
        var i = SkipFillers(start);
        if (i >= tokens.Count)
            return null;
        var token = tokens[i];
        return token.Kind switch
        {
            TokenKind.Instant => Iso(token, i),
            TokenKind.Clock => Clock(i, null),
            TokenKind.Date => i + 1 < tokens.Count && tokens[SkipFillers(i + 1) is var n && n < tokens.Count ? n : i].Kind == TokenKind.Clock
                ? Clock(SkipFillers(i + 1), DateOnly.FromDateTime(token.Instant.DateTime)) : null,
            TokenKind.Duration => Ago(i, token.Value, i + 1),
            TokenKind.Number => Hour(i, bareHours),
            TokenKind.Word => Word(i, bareHours),
            _ => null,
        };
    }

    private ClockPoint Iso(Token token, int i)
    {
        var (at, end) = ZoneAt(i + 1);
        var instant = token.HasOffset
            ? token.Instant
            : new ClockPoint(end)
            {
                Date = DateOnly.FromDateTime(token.Instant.UtcDateTime),
                TimeOfDay = token.Instant.UtcDateTime.TimeOfDay,
                Zone = at,
            }.Resolve(asOf, zone);
        return new ClockPoint(end) { Instant = instant, Precision = token.Precision };
    }

    private ClockPoint Clock(int i, DateOnly? date)
    {
        var token = tokens[i];
        var end = i + 1;
        if (end < tokens.Count && tokens[end].Kind == TokenKind.Word && tokens[end].Lower is "o'clock" or "oclock" or "uhr" or "h")
            end++;
        var (at, next) = token.HasOffset ? (TimeZoneInfo.Utc, end) : ZoneAt(end);
        end = next;
        if (date is null && end < tokens.Count)
        {
            var on = tokens[end].IsWord("on") ? end + 1 : end;
            if (on < tokens.Count && tokens[on].Kind == TokenKind.Date)
            {
                date = DateOnly.FromDateTime(tokens[on].Instant.DateTime);
                end = on + 1;
            }
            else if (DayWord(end) is { } day)
            {
                date = Today(at).AddDays(-day);
                end++;
            }
        }

        return new ClockPoint(end) { TimeOfDay = token.TimeOfDay, Precision = token.Precision, Zone = at, Date = date };
    }

    private ClockPoint? Hour(int i, bool bare)
    {
        var value = tokens[i].Value;
        if (value < 0 || value > 24 || value != Math.Floor(value))
            return null;
        var end = i + 1;
        var said = end < tokens.Count && tokens[end].Kind == TokenKind.Word && tokens[end].Lower is "o'clock" or "oclock" or "uhr";
        if (said)
            end++;
        var (at, next) = ZoneAt(end);
        if (!said && at is null && !bare)
            return null;
        return new ClockPoint(next) { TimeOfDay = TimeSpan.FromHours(value), Precision = TimeSpan.FromHours(1), Zone = at };
    }

    private ClockPoint? Word(int i, bool bareHours)
    {
        switch (tokens[i].Lower)
        {
            case "now" or "jetzt":
                return new ClockPoint(i + 1) { Instant = asOf };
            case "midnight" or "mitternacht":
                return new ClockPoint(i + 1) { TimeOfDay = TimeSpan.Zero };
            case "noon" or "mittag":
                return new ClockPoint(i + 1) { TimeOfDay = TimeSpan.FromHours(12) };
            case "an" or "a" or "one" or "half" or "vor" or "einer":
                return LengthReader.Read(tokens, tokens[i].Lower == "vor" ? i + 1 : i) is { } length
                    ? Ago(i, length.Nanos, length.End) : null;
        }

        if (bareHours && HourWord(i) is { } hour)
            return new ClockPoint(i + 1) { TimeOfDay = TimeSpan.FromHours(hour), Precision = TimeSpan.FromHours(1) };
        if (DayWord(i) is not { } day)
            return null;
        var clock = SkipFillers(i + 1);
        return clock < tokens.Count && tokens[clock].Kind == TokenKind.Clock ? Clock(clock, Today(null).AddDays(-day)) : null;
    }

    private int? HourWord(int i) =>
        Cardinals.Of(tokens[i].Lower) is >= 1 and <= 12 and var hour && (i + 1 >= tokens.Count || tokens[i + 1].IsBreak || tokens[i + 1].Lower is "and" or "to" or "till" or "until") ? (int)hour : null;

    private ClockPoint? Ago(int start, double nanos, int end)
    {
        var german = tokens[start].IsWord("vor") || start > 0 && tokens[start - 1].IsWord("vor");
        if (!german && (end >= tokens.Count || !tokens[end].IsWord("ago") && !tokens[end].IsWord("back")))
            return null;
        return new ClockPoint(german ? end : end + 1) { Instant = asOf.AddTicks(-(long)(nanos / 100)), Precision = TimeSpan.FromMinutes(1) };
    }

    /// <summary>How many days ago: today 0, yesterday 1.</summary>
    public int? DayWord(int i) => i >= tokens.Count || tokens[i].Kind != TokenKind.Word ? null : tokens[i].Lower switch
    {
        "today" or "heute" => 0,
        "yesterday" or "gestern" => 1,
        _ => null,
    };

    public DateOnly Today(TimeZoneInfo? at) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(asOf, at ?? zone).DateTime);

    // "Berlin time", "New York time", "Salt Lake City local time"
    private (TimeZoneInfo Zone, int End)? PlaceAt(int at)
    {
        for (var n = 1; n <= 3 && at + n < tokens.Count && tokens[at + n - 1].Kind == TokenKind.Word; n++)
        {
            var end = tokens[at + n].IsWord("local") ? at + n + 1 : at + n;
            if (end < tokens.Count && tokens[end].IsWord("time"))
                return ZoneNames.Place(string.Join(' ', tokens.Skip(at).Take(n).Select(t => t.Lower))) is { } zone ? (zone, end + 1) : null;
        }

        return null;
    }

    /// <summary>A zone behind a time: "CET", "(UTC)", "Berlin time", "Europe/Berlin".</summary>
    public (TimeZoneInfo? Zone, int End) ZoneAt(int i)
    {
        var open = i < tokens.Count && tokens[i].IsSymbol("(");
        var at = open ? i + 1 : i;
        if (at >= tokens.Count || tokens[at].Kind != TokenKind.Word)
            return (null, i);
        var found = (Zone: ZoneNames.Of(tokens[at].Text), End: at + 1);
        if (found.Zone is null && at + 1 < tokens.Count)
        {
            var next = tokens[at + 1];
            if (next.Glue == '/' && ZoneNames.Iana(tokens[at].Text, next.Text) is { } iana)
                found = (iana, at + 2);
            else if (next.IsWord("time") && tokens[at].Lower is "local" or "my" or "our")
                return (zone, at + 2);
            else if (PlaceAt(at) is { } place)
                found = place;
        }
        else if (found.Zone is not null && found.End < tokens.Count && tokens[found.End].IsWord("time"))
        {
            found.End++;
        }

        if (found.Zone is null)
            return (null, i);
        return (found.Zone, open && found.End < tokens.Count && tokens[found.End].IsSymbol(")") ? found.End + 1 : found.End);
    }
}
