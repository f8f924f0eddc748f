using Copilot.Language.Lexicon;
using Copilot.Language.Tokens;
using Copilot.Telemetry.Records;

namespace Copilot.Language.Times;

/// <summary>Finds what means a time in a question and resolves it against now and the zone.</summary>
internal sealed partial class TimeReader(IReadOnlyList<WordToken> wordTokens, DateTimeOffset asOf, TimeZoneInfo zone)
{
    /// <summary>How far around a time "around" reaches, and how far back "before" does where no start is said.</summary>
    public static readonly TimeSpan Nearby = TimeSpan.FromMinutes(5);
    public static readonly TimeSpan Usual = TimeSpan.FromMinutes(15);

    /// <summary>Nanoseconds; "within" what is shorter is how long something took, not when.</summary>
    public const double ShortestWindow = 30e9;

    // The instant told last: what "it" means in "five minutes before it".
    private DateTimeOffset? _told;

    private bool _ranged;

    private readonly InstantReader _instants = new(wordTokens, asOf, zone);

    public IReadOnlyList<TimeMention> Read()
    {
        var mentions = new List<TimeMention>();
        for (var i = 0; i < wordTokens.Count; )
        {
            // "in steps of ten minutes from 20:10 to 21:00"
            if (i > 1 && Word(i - 1) is "of" && IsWordIn(i - 2, WordRoles.Steps) && LengthReader.Read(wordTokens, i) is { } step)
            {
                i = step.End;
                continue;
            }

            // "every 15 seconds from 8:05 to 8:08"
            if (i > 0 && IsWordIn(i - 1, WordRoles.Singly) && LengthReader.Read(wordTokens, i) is { } each)
            {
                i = each.End;
                continue;
            }

            // "check-in between 8 and 9": the end of a name.
            if (
                wordTokens[i].Kind == WordTokenKind.Word
                && wordTokens[i].Glue is '-' or '_' or '.'
                && !char.IsDigit(wordTokens[i].Lower[0])
            )
            {
                i++;
                continue;
            }

            var mention = At(i);
            if (mention is null || IsStatuses(mention))
            {
                i++;
                continue;
            }

            mentions.Add(mention);
            _ranged |= mention.Kind == TimeMentionKind.Range;
            _told = mention.Kind is TimeMentionKind.At or TimeMentionKind.Around or TimeMentionKind.Since
                ? mention.Instant ?? _told
                : _told;
            i = mention.End;
        }

        // "CET clock: what failed from 8:56 to 8:59?"
        if (mentions.Count > 0 && Lone(mentions) is { } lone)
            return
            [
                .. new TimeReader(wordTokens, asOf, lone.Zone).Read(),
                new TimeMention(lone.At, lone.At + 1, TimeMentionKind.Day, default),
            ];
        return DatedMentions.Join(mentions, IsCompared, AreApart, asOf, zone);
    }

    // The only zone that is named, apart from any time.
    private (int At, TimeZoneInfo Zone)? Lone(List<TimeMention> mentions)
    {
        var zones = Enumerable
            .Range(0, wordTokens.Count)
            .Where(i =>
                wordTokens[i] is { Kind: WordTokenKind.Word, Text.Length: >= 3 } token
                && token.Text.All(char.IsAsciiLetterUpper)
                && ZoneNames.Of(token.Text) is not null
            )
            .ToList();
        return
            zones is [var at]
            && !mentions.Exists(m => m.Start <= at && m.End > at)
            && ZoneNames.Of(wordTokens[at].Text) is { } named
            && !named.HasSameRules(zone)
            ? (at, named)
            : null;
    }

    // "the 503s" are answers, not seconds.
    private bool IsStatuses(TimeMention mention) =>
        Enumerable
            .Range(mention.Start, mention.End - mention.Start)
            .Any(i =>
                wordTokens[i].Kind == WordTokenKind.Duration
                && TimeTokens.IsStatus(wordTokens[i].Text)
                && !(i > 0 && IsWordIn(i - 1, WordRoles.TimeLasts))
            );

    // "this week's star. Compare 20:46 to 20:50": what is said in another sentence dates nothing.
    private bool AreApart(TimeMention day, TimeMention other)
    {
        var (from, to) = day.Start < other.Start ? (day.End, other.Start) : (other.End, day.Start);
        return Enumerable
            .Range(from, Math.Max(0, to - from))
            .Any(i => wordTokens[i].Kind == WordTokenKind.Symbol && wordTokens[i].Text is "." or "?" or "!" or "\n" or ";");
    }

    // "18:40-18:48, compared with yesterday"
    private bool IsCompared(TimeMention day) =>
        Word(day.Start - 1) is "with" or "to" or "mit"
            ? Word(day.Start - 2) is "compared" or "comparing" or "relative" or "comparison" or "verglichen"
            : Word(day.Start - 1) is "than" or "vs" or "versus" or "against" or "als";

    private TimeMention? At(int i) =>
        Bounds(i)
        ?? Opposed(i)
        ?? Range(i)
        ?? Beside(i)
        ?? BesideTold(i)
        ?? Compared(i)
        ?? Last(i)
        ?? Since(i)
        ?? CalendarReader.Read(wordTokens, i, _instants, asOf, zone)
        ?? Shift(i)
        ?? Before(i)
        ?? Around(i);

    private TimeMention? Range(int start)
    {
        var opened = IsWordIn(start, WordRoles.TimeOpeners);
        var i = opened ? start + 1 : start;
        while (opened && (Word(i) is "at" or "on" || i < wordTokens.Count && (wordTokens[i].IsSymbol(":") || wordTokens[i].IsSymbol("="))))
            i++;
        if (!opened && IsWordIn(start, WordRoles.TimeSinces))
            (opened, i) = (true, start + 1);
        var first = _instants.Read(i, opened);
        if (first is null)
            return null;
        var join = first.End;
        if (join < wordTokens.Count && wordTokens[join].IsSymbol(","))
            join++;
        // "window start 8:05, window end 8:08"
        if (opened && IsWordIn(join, WordRoles.Window) && IsWordIn(join + 1, WordRoles.Ending))
            join++;
        if (!IsJoin(join, opened))
            return null;
        var second = join + 1;
        while (second < wordTokens.Count && (wordTokens[second].IsSymbol(":") || wordTokens[second].IsSymbol("=")))
            second++;
        if (Word(join) == "up" && Word(second) == "to")
            second++;
        if (Word(join) is "and" && Word(second) is "until" or "till" or "to")
            second++;
        // "starting at 8 and ending at 9"
        if (Word(join) is "and" && IsWordIn(second, WordRoles.Ending))
            second += Word(second + 1) is "at" or "with" ? 2 : 1;
        var until = _instants.Read(second, opened || wordTokens[first.End - 1].Kind == WordTokenKind.Clock);
        if (
            until is null
            || !opened && Word(join) is "and" or "und"
            || Word(join) is "/" && wordTokens[first.End - 1].Kind != WordTokenKind.Instant
        )
            return null;
        var (begin, end) = (first with { Zone = first.Zone ?? until.Zone }, until with { Zone = until.Zone ?? first.Zone });
        var clock = HalfDay(begin, end);
        return Between(start, until.End, clock, end);
    }

    // "from 5:55 to 6:05 against 6:07 and 6:11"
    private TimeMention? Opposed(int start)
    {
        if (!_ranged || !IsWordIn(start - 1, WordRoles.Opposed))
            return null;
        return _instants.Read(start) is { } first && Word(first.End) is "and" && _instants.Read(first.End + 1) is { } last
            ? Between(start, last.End, first, last)
            : null;
    }

    // "start >= 07:59 and start < 08:01", "08:11 <= t < 08:13", "time >= 07:59"
    private TimeMention? Bounds(int start)
    {
        if (
            _instants.Read(start) is { } from
            && IsSign(from.End, WordRoles.AtMost)
            && IsStamp(from.End + 1)
            && IsSign(from.End + 2, WordRoles.AtMost)
        )
            return _instants.Read(from.End + 3) is { } to ? Between(start, to.End, from, to) : null;
        if (!IsStamp(start) || !IsSign(start + 1, WordRoles.AtLeast) || _instants.Read(start + 2) is not { } begin)
            return null;
        var at = begin.End;
        if (Word(at) is "and" or "&" or "," or "&&")
            at++;
        if (IsStamp(at))
            at++;
        if (IsSign(at, WordRoles.AtMost) && _instants.Read(at + 1) is { } end)
            return Between(start, end.End, begin, end);
        return Since(start, begin.End, begin.Resolve(asOf, zone), begin.Precision);
    }

    private bool IsStamp(int i) => Word(i) is { } word && WordRoles.Stamp.Contains(word);

    private bool IsSign(int i, IReadOnlySet<string> signs) =>
        i < wordTokens.Count && wordTokens[i].Kind == WordTokenKind.Symbol && signs.Contains(wordTokens[i].Text);

    // "8-9 pm": the first hour means the evening too.
    private static ClockPoint HalfDay(ClockPoint begin, ClockPoint end) =>
        begin.Instant is null
        && end.Instant is null
        && begin.Precision == TimeSpan.FromHours(1)
        && end.Precision == TimeSpan.FromHours(1)
        && begin.TimeOfDay < TimeSpan.FromHours(12)
        && end.TimeOfDay > TimeSpan.FromHours(12)
        && end.TimeOfDay - begin.TimeOfDay > TimeSpan.FromHours(12)
            ? begin with
            {
                TimeOfDay = begin.TimeOfDay + TimeSpan.FromHours(12),
            }
            : begin;

    private TimeMention? Between(int start, int next, ClockPoint begin, ClockPoint end)
    {
        var date = begin.Date ?? end.Date;
        var first = (begin.Instant is null && begin.Date is null && date is not null ? begin with { Date = date } : begin).Resolve(
            asOf,
            zone
        );
        var last = (
            end.Date is null && begin.Date is not null && end.TimeOfDay > begin.TimeOfDay ? end with { Date = date } : end
        ).ResolveAfter(first, zone);
        if (last <= first)
            (first, last) = (last, first);
        return last == first
            ? null
            : new TimeMention(start, next, TimeMentionKind.Range, new TimeWindow(first, last))
            {
                Dated = date is not null || begin.Instant is not null || end.Instant is not null,
                Clocks = begin.Instant is null && end.Instant is null ? (begin, end) : null,
                Instant = first,
                Precision = begin.Precision,
            };
    }

    private TimeMention? Before(int start)
    {
        if (!IsWordIn(start, WordRoles.TimeBefores))
            return null;
        var i = Word(start) is "prior" && Word(start + 1) is "to" ? start + 2 : start + 1;
        if (_instants.Read(i) is not { } point)
            return null;
        var instant = point.Resolve(asOf, zone);
        return new TimeMention(start, point.End, TimeMentionKind.Before, new TimeWindow(instant - Usual, instant))
        {
            Instant = instant,
            Precision = point.Precision,
        };
    }

    private TimeMention? Around(int start)
    {
        var i = start;
        var about = false;
        while (
            Word(i)
                is "at"
                    or "around"
                    or "about"
                    or "circa"
                    or "ca"
                    or "um"
                    or "gegen"
                    or "near"
                    or "approximately"
                    or "roughly"
                    or "on"
                    or "in"
                    or "for"
            || i < wordTokens.Count && (wordTokens[i].IsSymbol("~") || wordTokens[i].IsSymbol("@"))
        )
        {
            about |=
                Word(i) is "around" or "about" or "circa" or "ca" or "gegen" or "near" or "approximately" or "roughly"
                || wordTokens[i].IsSymbol("~");
            i++;
        }

        // "for 19:00-19:07", "at 8 to 9 pm"
        if (i > start && Range(i) is { } range)
            return range with { Start = start };
        if (_instants.Read(i) is not { } point || i == start && wordTokens[i].Kind == WordTokenKind.Word && Word(i) is "now" or "jetzt")
            return null;
        var instant = point.Resolve(asOf, zone);
        // "slow, 07:59 onwards", "8:03 on."
        if (
            IsWordIn(point.End, WordRoles.Onwards)
            || Word(point.End) is "on" && (point.End + 1 == wordTokens.Count || wordTokens[point.End + 1].Kind == WordTokenKind.Symbol)
        )
            return Since(start, point.End + 1, instant, point.Precision);
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
        i < wordTokens.Count
        && WordRoles.TimeJoins.Contains(wordTokens[i].Lower)
        && (opened || wordTokens[i].Lower is not ("and" or "und" or "n" or "&"))
        && (wordTokens[i].Kind == WordTokenKind.Symbol || wordTokens[i].Kind == WordTokenKind.Word);

    private bool IsWordIn(int i, IReadOnlySet<string> set) =>
        i >= 0 && i < wordTokens.Count && wordTokens[i].Kind == WordTokenKind.Word && set.Contains(wordTokens[i].Lower);

    private string? Word(int i) =>
        i >= 0 && i < wordTokens.Count && wordTokens[i].Kind is WordTokenKind.Word or WordTokenKind.Symbol ? wordTokens[i].Lower : null;
}
