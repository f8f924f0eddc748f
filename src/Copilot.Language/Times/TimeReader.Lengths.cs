using Copilot.Language.Lexicon;
using Copilot.Language.Tokens;
using Copilot.Telemetry.Records;

namespace Copilot.Language.Times;

/// <summary>Times told by their length: the last hour, since, an hour earlier.</summary>
internal sealed partial class TimeReader
{
    private TimeMention? Last(int start)
    {
        var i = start;
        while (
            Word(i)
                is "in"
                    or "over"
                    or "within"
                    or "during"
                    or "for"
                    or "the"
                    or "den"
                    or "der"
                    or "die"
                    or "these"
                    or "innerhalb"
                    or "während"
                    or "throughout"
        )
            i++;
        if (i >= wordTokens.Count)
            return null;
        // "in the 15 minutes up to 8:05"
        if (i > start && Beside(i) is { } beside)
            return beside with { Start = start };
        if (!IsWordIn(i, WordRoles.TimeLasts))
            return Bare(start, i);
        var at = i + 1;
        if (Word(at) is "full" or "complete" or "whole" or "ganzen")
            at++;
        var length = LengthReader.Read(wordTokens, at) ?? LengthReader.Unit(wordTokens, at);
        // "ran past 500 ms" is no window.
        if (length is { Nanos: < 1e9 })
            return null;
        if (length is null)
            return
                wordTokens[i].Lower is "last" or "past"
                && at < wordTokens.Count
                && wordTokens[at].Kind == WordTokenKind.Number
                && wordTokens[at].Value is >= 5 and <= 90
                && (at + 1 == wordTokens.Count || wordTokens[at + 1].IsBreak)
                ? Ending(start, at + 1, wordTokens[at].Value * 60e9)
                : null;
        return Ending(start, length.Value.End, length.Value.Nanos);
    }

    // "in 10 minutes", "5m" at the end: a length of minutes or more that nothing compares with.
    private TimeMention? Bare(int start, int i)
    {
        if (i >= wordTokens.Count || wordTokens[i].Kind != WordTokenKind.Duration || wordTokens[i].Value < 60e9)
            return null;
        // "per 5 minutes": a step.
        if (IsWordIn(i - 1, WordRoles.ByStep) || IsWordIn(i - 1, WordRoles.Steps))
            return null;
        if (i == start && i + 1 < wordTokens.Count && !wordTokens[i + 1].IsBreak)
            return null;
        if (i + 1 < wordTokens.Count && Word(i + 1) is "ago" or "earlier" or "later" or "before" or "after" or "long")
            return null;
        return i > start && Word(i - 1) is "over" or "within" && Word(start) is "over" ? null : Ending(start, i + 1, wordTokens[i].Value);
    }

    private TimeMention Ending(int start, int end, double nanos) =>
        new(start, end, TimeMentionKind.Last, new TimeWindow(asOf.AddTicks(-(long)(Math.Min(nanos, 3e17) / 100)), asOf));

    private TimeMention? Since(int start)
    {
        if (!IsWordIn(start, WordRoles.TimeSinces))
            return null;
        var i = start + 1;
        while (Word(i) is "from" or "at" or "since" or "on" or "in")
            i++;
        if (CalendarReader.Read(wordTokens, _instants.SkipFillers(i), _instants, asOf, zone) is { } day && Word(start) is not "after")
            return new TimeMention(start, day.End, TimeMentionKind.Since, new TimeWindow(day.Window.From, asOf))
            {
                Instant = day.Window.From,
            };
        if (_instants.Read(i, wordTokens[start].Lower is "since" or "seit" or "ab") is not { } point)
            // "since five minutes"
            return Word(start) is "since" && LengthReader.Read(wordTokens, i) is { Nanos: >= ShortestWindow } length
                ? Ending(start, length.End, length.Nanos)
                : null;
        var instant = point.Resolve(asOf, zone);
        var end = point.End;
        while (Word(end) is "on" or "onwards" or "onward" or "ongoing" or "forward")
            end++;
        return Since(start, end, instant, point.Precision);
    }

    private TimeMention Since(int start, int end, DateTimeOffset instant, TimeSpan precision) =>
        new(start, end, TimeMentionKind.Since, new TimeWindow(instant, asOf)) { Instant = instant, Precision = precision };

    private TimeMention? Shift(int start)
    {
        var same = Word(start) is "same" && Word(start + 1) is "time" or "window" or "period" or "range" ? start + 2 : start;
        if (same > start && Word(same) is "yesterday" or "gestern")
            return Moved(start, same + 1, -86400e9);
        var i = Word(same) is "the" ? same + 1 : same;
        if (
            LengthReader.Read(wordTokens, i) is not { } length
            || Word(length.End) is "before" or "after" && _instants.Read(length.End + 1) is not null
        )
            return null;
        return Word(length.End) switch
        {
            "earlier" or "before" or "früher" or "sooner" or "back" or "vorher" or "prior" => Moved(start, length.End + 1, -length.Nanos),
            "later" or "after" or "später" or "afterwards" => Moved(start, length.End + 1, length.Nanos),
            _ => (same > start || Word(start - 1) is "vs" or "versus" or "than" or "to" or "with" or "against" or "gegenüber" or "vs.")
            && Word(length.End) is "ago"
                ? Moved(start, length.End + 1, -length.Nanos)
                : null,
        };
    }

    // "… vs an hour ago": the same window, moved.
    private TimeMention? Compared(int start) =>
        Word(start - 1) is "vs" or "versus" or "than" or "to" or "with" or "against" or "gegenüber"
        && LengthReader.Read(wordTokens, start) is not null
            ? Shift(start)
            : null;

    private static TimeMention Moved(int start, int end, double nanos) =>
        new(start, end, TimeMentionKind.Shift, default) { Shift = TimeSpan.FromTicks((long)(nanos / 100)) };

    // "the 90 seconds before 07:58:30", "5 min after 08:00", "from 08:00 for 5 minutes"
    private TimeMention? Beside(int start)
    {
        // "was over 1s from 13:56 to 14:01": how long it took, not how long the window is.
        if (Length(start) is { Nanos: >= 1e9 } length && !IsBound(start, length.Nanos))
        {
            var before = IsWordIn(length.End, WordRoles.EndsThere);
            var after = IsWordIn(length.End, WordRoles.BeginsThere);
            var at = length.End + 1;
            // "the five minutes before and the five minutes after 8:05": here the first of the two.
            if (before && BothSides(at) is { } there && _instants.Read(there) is { } middle)
            {
                var end = middle.Resolve(asOf, zone);
                return new TimeMention(
                    start,
                    at,
                    TimeMentionKind.Range,
                    new TimeWindow(end - TimeSpan.FromTicks((long)(length.Nanos / 100)), end)
                );
            }

            while (IsWordIn(at, WordRoles.Leaning))
                at++;
            // "needed 2 s from 8:05 to 8:08": how long it took, and when.
            if (after && !IsWordIn(start, WordRoles.Definite) && !IsWordIn(start - 1, WordRoles.Lasting) && Range(length.End) is not null)
                return null;
            if ((before || after) && _instants.Read(at) is { } point && (point.Instant != asOf || before))
            {
                var instant = point.Resolve(asOf, zone);
                var span = TimeSpan.FromTicks((long)(length.Nanos / 100));
                return new TimeMention(
                    start,
                    point.End,
                    TimeMentionKind.Range,
                    before ? new TimeWindow(instant - span, instant) : new TimeWindow(instant, instant + span)
                );
            }
        }

        var opened = IsWordIn(start, WordRoles.TimeSinces) || Word(start) is "at";
        if (
            opened
            && _instants.Read(start + 1) is { } begin
            && Word(begin.End) is "for" or "+" or "plus" or "für" or "lasting"
            && LengthReader.Read(wordTokens, begin.End + 1) is { } lasting
        )
        {
            var first = begin.Resolve(asOf, zone);
            return new TimeMention(
                start,
                lasting.End,
                TimeMentionKind.Range,
                new TimeWindow(first, first.AddTicks((long)(lasting.Nanos / 100)))
            );
        }

        return null;
    }

    // Behind "before", where "and the five minutes after" follows: where the instant of both stands.
    private int? BothSides(int at)
    {
        if (Word(at) is not ("and" or "versus" or "vs" or "against"))
            return null;
        var i =
            Length(at + 1) is { } other ? other.End
            : Word(at + 1) is "the" ? at + 2
            : at + 1;
        if (IsWordIn(i, WordRoles.Stretch))
            i++;
        return Word(i) is "after" or "following" or "from" ? i + 1 : null;
    }

    // "90 seconds", "the minute and a half"
    private (double Nanos, int End)? Length(int start) =>
        LengthReader.Read(wordTokens, start)
        ?? (Word(start) is "the" ? LengthReader.Read(wordTokens, start + 1) ?? LengthReader.Unit(wordTokens, start + 1) : null);

    private bool IsBound(int start, double nanos) =>
        start > 0
        // "over the minute and a half up to …"
        && Word(start) is not "the"
        && (SpokenTimes.IsBound(wordTokens, start - 1) || IsWordIn(start - 1, WordRoles.Inside) && nanos < ShortestWindow);

    // "the five minutes before it and the five minutes after", of an instant that was told.
    private TimeMention? BesideTold(int start)
    {
        if (_told is not { } instant || Length(start) is not { Nanos: >= 1e9 } length || Word(length.End) is not ("before" or "after"))
            return null;
        var span = TimeSpan.FromTicks((long)(length.Nanos / 100));
        var end = length.End + (Word(length.End + 1) is "it" or "that" or "this" ? 2 : 1);
        return new TimeMention(
            start,
            end,
            TimeMentionKind.Range,
            Word(length.End) is "before" ? new TimeWindow(instant - span, instant) : new TimeWindow(instant, instant + span)
        );
    }
}
