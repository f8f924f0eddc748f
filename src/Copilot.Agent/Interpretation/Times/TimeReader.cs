using Copilot.Agent.Interpretation.Tokens;
using Copilot.Telemetry.Time;

namespace Copilot.Agent.Interpretation.Times;

/// <summary>Finds what means a time in a question and resolves it against now and the zone.</summary>
internal sealed class TimeReader(IReadOnlyList<Token> tokens, DateTimeOffset asOf, TimeZoneInfo zone)
{
    /// <summary>How far around a time "around" reaches, and how far back "before" does where no start is said.</summary>
    public static readonly TimeSpan Nearby = TimeSpan.FromMinutes(5);
    public static readonly TimeSpan Usual = TimeSpan.FromMinutes(15);

    private static readonly HashSet<string> Joins =
        new(StringComparer.Ordinal) { "-", "->", "=>", "..", "...", "to", "until", "till", "til", "thru", "through", "and", "bis", "und", "upto", "up", "/" };

    private static readonly HashSet<string> Openers =
        new(StringComparer.Ordinal) { "between", "from", "von", "zwischen", "btw", "btwn", "b/w", "during", "window", "starting" };

    private static readonly HashSet<string> Sinces =
        new(StringComparer.Ordinal) { "since", "seit", "ab", "from", "after", "starting", "beginning", "sinds", "sine", "snce", "von", "nach", "begun", "began" };

    private static readonly HashSet<string> Lasts =
        new(StringComparer.Ordinal) { "last", "past", "previous", "letzten", "letzte", "letzter", "letztes", "vergangenen", "trailing", "lst", "latest", "recent", "prior", "preceding", "vorigen" };

    private static readonly HashSet<string> Befores =
        new(StringComparer.Ordinal) { "before", "until", "till", "til", "bis", "prior", "vor", "b4" };

    private readonly InstantReader instants = new(tokens, asOf, zone);

    public IReadOnlyList<TimeMention> Read()
    {
        var mentions = new List<TimeMention>();
        for (var i = 0; i < tokens.Count;)
        {
            var mention = At(i);
            if (mention is null)
            {
                i++;
                continue;
            }

            mentions.Add(mention);
            i = mention.End;
        }

        return DatedMentions.Join(mentions, IsCompared, asOf, zone);
    }

    // "18:40-18:48, compared with yesterday"
    private bool IsCompared(TimeMention day) => Word(day.Start - 1) is "with" or "to" or "mit" ? Word(day.Start - 2) is "compared" or "comparing" or "relative" or "comparison" or "verglichen" : Word(day.Start - 1) is "than" or "vs" or "versus" or "against" or "als";

    private TimeMention? At(int i) =>
        Range(i) ?? Beside(i) ?? Compared(i) ?? Last(i) ?? Since(i) ?? CalendarReader.Read(tokens, i, instants, asOf, zone) ?? Shift(i) ?? Before(i) ?? Around(i);

    private TimeMention? Range(int start)
    {
        var opened = IsWordIn(start, Openers);
        var i = opened ? start + 1 : start;
        if (opened && Word(i) is "at" or "on")
            i++;
        if (!opened && IsWordIn(start, Sinces))
            (opened, i) = (true, start + 1);
        var first = instants.Read(i, opened);
        if (first is null)
            return null;
        var join = first.End;
        if (join < tokens.Count && tokens[join].IsSymbol(","))
            join++;
        if (!IsJoin(join, opened))
            return null;
        var second = join + 1;
        if (Word(join) == "up" && Word(second) == "to")
            second++;
        if (Word(join) is "and" && Word(second) is "until" or "till" or "to")
            second++;
        var until = instants.Read(second, opened || tokens[first.End - 1].Kind == TokenKind.Clock);
        if (until is null || !opened && Word(join) is "and" or "und" || Word(join) is "/" && tokens[first.End - 1].Kind != TokenKind.Instant)
            return null;
        var (begin, end) = (first with { Zone = first.Zone ?? until.Zone }, until with { Zone = until.Zone ?? first.Zone });
        var clock = HalfDay(begin, end);
        return Between(start, until.End, clock, end);
    }

    // "8-9 pm": the first hour means the evening too.
    private static ClockPoint HalfDay(ClockPoint begin, ClockPoint end) =>
        begin.Instant is null && end.Instant is null && begin.Precision == TimeSpan.FromHours(1) && end.Precision == TimeSpan.FromHours(1) &&
        begin.TimeOfDay < TimeSpan.FromHours(12) && end.TimeOfDay > TimeSpan.FromHours(12) && end.TimeOfDay - begin.TimeOfDay > TimeSpan.FromHours(12)
            ? begin with { TimeOfDay = begin.TimeOfDay + TimeSpan.FromHours(12) } : begin;

    private TimeMention? Between(int start, int next, ClockPoint begin, ClockPoint end)
    {
        var date = begin.Date ?? end.Date;
        var first = (begin.Instant is null && begin.Date is null && date is not null ? begin with { Date = date } : begin).Resolve(asOf, zone);
        var last = (end.Date is null && begin.Date is not null && end.TimeOfDay > begin.TimeOfDay ? end with { Date = date } : end).ResolveAfter(first, zone);
        if (last <= first)
            (first, last) = (last, first);
        return last == first ? null : new TimeMention(start, next, TimeMentionKind.Range, new TimeWindow(first, last))
        {
            Dated = date is not null || begin.Instant is not null || end.Instant is not null,
            Clocks = begin.Instant is null && end.Instant is null ? (begin, end) : null,
            Instant = first,
            Precision = begin.Precision,
        };
    }

    // "the 90 seconds before 07:58:30", "5 min after 08:00", "from 08:00 for 5 minutes"
    private TimeMention? Beside(int start)
    {
        if (LengthReader.Read(tokens, start) is { Nanos: >= 1e9 } length)
        {
            var word = Word(length.End);
            var at = length.End + 1;
            if (word is "leading" or "prior" or "following" && Word(at) is "up" or "to")
                at += Word(at) is "up" ? 2 : 1;
            var before = word is "before" or "prior" or "leading" or "preceding" or "until" or "till" or "vor" or "to" or "b4" or "up";
            var after = word is "after" or "from" or "following" or "starting" or "nach" or "ab" or "past";
            if ((before || after) && instants.Read(at) is { } point && (point.Instant != asOf || before))
            {
                var instant = point.Resolve(asOf, zone);
                var span = TimeSpan.FromTicks((long)(length.Nanos / 100));
                return new TimeMention(start, point.End, TimeMentionKind.Range, before ? new TimeWindow(instant - span, instant) : new TimeWindow(instant, instant + span));
            }
        }

        var opened = IsWordIn(start, Sinces) || Word(start) is "at";
        if (opened && instants.Read(start + 1) is { } begin && Word(begin.End) is "for" or "+" or "plus" or "für" or "lasting" &&
            LengthReader.Read(tokens, begin.End + 1) is { } lasting)
        {
            var first = begin.Resolve(asOf, zone);
            return new TimeMention(start, lasting.End, TimeMentionKind.Range, new TimeWindow(first, first.AddTicks((long)(lasting.Nanos / 100))));
        }

        return null;
    }

    private TimeMention? Last(int start)
    {
        var i = start;
        while (Word(i) is "in" or "over" or "within" or "during" or "for" or "the" or "den" or "der" or "die" or "these" or "innerhalb" or "während" or "throughout")
            i++;
        if (i >= tokens.Count)
            return null;
        if (!IsWordIn(i, Lasts))
            return Bare(start, i);
        var at = i + 1;
        if (Word(at) is "full" or "complete" or "whole" or "ganzen")
            at++;
        var length = LengthReader.Read(tokens, at) ?? LengthReader.Unit(tokens, at);
        if (length is null)
            return tokens[i].Lower is "last" or "past" && at < tokens.Count && tokens[at].Kind == TokenKind.Number && tokens[at].Value is >= 5 and <= 90 && (at + 1 == tokens.Count || tokens[at + 1].IsBreak)
                ? Ending(start, at + 1, tokens[at].Value * 60e9) : null;
        return Ending(start, length.Value.End, length.Value.Nanos);
    }

    // "in 10 minutes", "5m" at the end: a length of minutes or more that nothing compares with.
    private TimeMention? Bare(int start, int i)
    {
        if (i >= tokens.Count || tokens[i].Kind != TokenKind.Duration || tokens[i].Value < 60e9)
            return null;
        if (i == start && i + 1 < tokens.Count && !tokens[i + 1].IsBreak)
            return null;
        if (i + 1 < tokens.Count && Word(i + 1) is "ago" or "earlier" or "later" or "before" or "after" or "long")
            return null;
        return i > start && Word(i - 1) is "over" or "within" && Word(start) is "over" ? null : Ending(start, i + 1, tokens[i].Value);
    }

    private TimeMention Ending(int start, int end, double nanos) =>
        new(start, end, TimeMentionKind.Last, new TimeWindow(asOf.AddTicks(-(long)(Math.Min(nanos, 3e17) / 100)), asOf));

    private TimeMention? Since(int start)
    {
        if (!IsWordIn(start, Sinces))
            return null;
        var i = start + 1;
        while (Word(i) is "from" or "at" or "since" or "on" or "in")
            i++;
        if (CalendarReader.Read(tokens, instants.SkipFillers(i), instants, asOf, zone) is { } day && Word(start) is not "after")
            return new TimeMention(start, day.End, TimeMentionKind.Since, new TimeWindow(day.Window.From, asOf)) { Instant = day.Window.From };
        if (instants.Read(i, tokens[start].Lower is "since" or "seit" or "ab") is not { } point)
            return null;
        var instant = point.Resolve(asOf, zone);
        var end = point.End;
        while (Word(end) is "on" or "onwards" or "onward" or "ongoing" or "forward")
            end++;
        return new TimeMention(start, end, TimeMentionKind.Since, new TimeWindow(instant, asOf)) { Instant = instant, Precision = point.Precision };
    }

    private TimeMention? Shift(int start)
    {
        var same = Word(start) is "same" && Word(start + 1) is "time" or "window" or "period" or "range" ? start + 2 : start;
        if (same > start && Word(same) is "yesterday" or "gestern")
            return Moved(start, same + 1, -86400e9);
        var i = Word(same) is "the" ? same + 1 : same;
        if (LengthReader.Read(tokens, i) is not { } length || Word(length.End) is "before" or "after" && instants.Read(length.End + 1) is not null)
            return null;
        return Word(length.End) switch
        {
            "earlier" or "before" or "früher" or "sooner" or "back" or "vorher" or "prior" => Moved(start, length.End + 1, -length.Nanos),
            "later" or "after" or "später" or "afterwards" => Moved(start, length.End + 1, length.Nanos),
            _ => (same > start || Word(start - 1) is "vs" or "versus" or "than" or "to" or "with" or "against" or "gegenüber" or "vs.") && Word(length.End) is "ago" ? Moved(start, length.End + 1, -length.Nanos) : null,
        };
    }

    // "… vs an hour ago": the same window, moved.
    private TimeMention? Compared(int start) =>
        Word(start - 1) is "vs" or "versus" or "than" or "to" or "with" or "against" or "gegenüber" && LengthReader.Read(tokens, start) is not null ? Shift(start) : null;

    private static TimeMention Moved(int start, int end, double nanos) =>
        new(start, end, TimeMentionKind.Shift, default) { Shift = TimeSpan.FromTicks((long)(nanos / 100)) };

    private TimeMention? Before(int start)
    {
        if (!IsWordIn(start, Befores))
            return null;
        var i = Word(start) is "prior" && Word(start + 1) is "to" ? start + 2 : start + 1;
        if (instants.Read(i) is not { } point)
            return null;
        var instant = point.Resolve(asOf, zone);
        return new TimeMention(start, point.End, TimeMentionKind.Before, new TimeWindow(instant - Usual, instant)) { Instant = instant, Precision = point.Precision };
    }

    private TimeMention? Around(int start)
    {
        var i = start;
        var about = false;
        while (Word(i) is "at" or "around" or "about" or "circa" or "ca" or "um" or "gegen" or "near" or "approximately" or "roughly" or "on" or "in" or "for" || i < tokens.Count && (tokens[i].IsSymbol("~") || tokens[i].IsSymbol("@")))
        {
            about |= Word(i) is "around" or "about" or "circa" or "ca" or "gegen" or "near" or "approximately" or "roughly" || tokens[i].IsSymbol("~");
            i++;
        }

        // "for 19:00-19:07", "at 8 to 9 pm"
        if (i > start && Range(i) is { } range)
            return range with { Start = start };
        if (instants.Read(i) is not { } point || i == start && tokens[i].Kind == TokenKind.Word && Word(i) is "now" or "jetzt")
            return null;
        var instant = point.Resolve(asOf, zone);
        var window = about
            ? new TimeWindow(instant - Nearby, instant + Nearby < asOf ? instant + Nearby : asOf)
            : new TimeWindow(instant, instant + point.Precision);
        return new TimeMention(start, point.End, about ? TimeMentionKind.Around : TimeMentionKind.At, window)
        {
            Instant = instant,
            Precision = point.Precision,
            Dated = point.Date is not null || point.Instant is not null,
        };
    }

    private bool IsJoin(int i, bool opened) =>
        i < tokens.Count && Joins.Contains(tokens[i].Lower) && (opened || tokens[i].Lower is not ("and" or "und")) &&
        (tokens[i].Kind == TokenKind.Symbol || tokens[i].Kind == TokenKind.Word);

    private bool IsWordIn(int i, HashSet<string> set) => i < tokens.Count && tokens[i].Kind == TokenKind.Word && set.Contains(tokens[i].Lower);

    private string? Word(int i) => i >= 0 && i < tokens.Count && tokens[i].Kind is TokenKind.Word or TokenKind.Symbol ? tokens[i].Lower : null;
}
