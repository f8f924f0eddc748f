using Copilot.Language.Lexicon;
using Copilot.Language.Tokens;

namespace Copilot.Language.Times;

/// <summary>Finds clock times that are said in words; which half of the day they mean is for <see cref="SpokenClocks"/>.</summary>
internal sealed class SpokenClockReader(IReadOnlyList<WordToken> wordTokens)
{
    private const int MinutesOfHour = 60;

    /// <param name="start">Where it begins.</param>
    /// <param name="before">The time that a range began with, where one was told: its hour may be left out here ("to a quarter past").</param>
    public (TimeSpan Time, int End)? Read(int start, TimeSpan? before = null) =>
        Whole(start) ?? Hundred(start) ?? Besides(start, before) ?? HalfOf(start) ?? InOrder(start);

    /// <summary>"From three to five minutes past eight", "between four and one minutes to eight", "one till two pm", "eight to ten past
    /// eight": two times of which the first leans on the second.</summary>
    public (TimeSpan First, int Join, TimeSpan Second, int End)? Pair(int start)
    {
        if (
            Minutes(start) is not { } first
            || Leaning(first.End) is not { } join
            || !WordRoles.Until.Contains(Word(join) ?? Symbol(join) ?? "")
        )
            return null;
        return Halves(start, first, join) ?? OfOneHour(first, join) ?? FromHour(start, first, join);
    }

    // "five past to eight past eight"
    private int? Leaning(int at) => IsMinutes(at) || Direction(at) == 1 && Hour(at + 1) is null ? Leaning(at + 1) : at;

    // "from one till two this afternoon"
    private (TimeSpan, int, TimeSpan, int)? Halves(int start, (int Value, int End) first, int join) =>
        join == first.End
        && wordTokens[start].Kind == WordTokenKind.Word
        && first.Value is >= 1 and <= 12
        && Hour(join + 1) is { Value: >= 1 and <= 12 } second
        && (first.Value < second.Value || first.Value == 12)
        && SaysHalf(OClock(second.End)) is not null
            ? (TimeSpan.FromHours(first.Value), join, TimeSpan.FromHours(second.Value), OClock(second.End))
            : null;

    // "three to five minutes past eight"
    private (TimeSpan, int, TimeSpan, int)? OfOneHour((int Value, int End) first, int join)
    {
        if (Minutes(join + 1) is not { Value: < MinutesOfHour } second || first.Value >= MinutesOfHour || first.Value == second.Value)
            return null;
        var at = second.End;
        var unit = IsMinutes(at);
        if (unit)
            at++;
        var direction = Direction(at);
        if (direction == 0 || Hour(at + 1) is not { } hour)
            return null;
        var leans = unit || join > first.End;
        // "from eight to ten past eight" begins with an hour; "from ten to six to eight" is none of these.
        if (!leans && (direction < 0 || first.Value == hour.Value || first.Value is not (5 or 10 or 15 or 20 or 25) && first.Value <= 12))
            return null;
        var whole = TimeSpan.FromHours(hour.Value);
        var (from, to) = (whole + TimeSpan.FromMinutes(direction * first.Value), whole + TimeSpan.FromMinutes(direction * second.Value));
        return from < to && from >= TimeSpan.Zero ? (from, join, to, OClock(hour.End)) : null;
    }

    // "from eight till ten past eight"
    private (TimeSpan, int, TimeSpan, int)? FromHour(int start, (int Value, int End) first, int join)
    {
        if (join != first.End || Hour(start) is not { Value: >= 1 and <= 12 } hour || hour.End != join)
            return null;
        if (Besides(join + 1, TimeSpan.FromHours(hour.Value)) is not { } second || second.Time <= TimeSpan.FromHours(hour.Value))
            return null;
        return second.Time - TimeSpan.FromHours(hour.Value) < TimeSpan.FromHours(2)
            ? (TimeSpan.FromHours(hour.Value), join, second.Time, second.End)
            : null;
    }

    /// <summary>The hour that ends a range: "… and nine in the evening".</summary>
    public (TimeSpan Time, int End)? HourAlone(int start) =>
        start < wordTokens.Count
        && wordTokens[start].Kind == WordTokenKind.Word
        && Hour(start) is { Value: >= 1 and <= 12 } hour
        && Direction(hour.End) == 0
        && (SaysHalf(OClock(hour.End)) is not null || IsOver(hour.End) && Word(start - 1) is not "and")
            ? (TimeSpan.FromHours(hour.Value), OClock(hour.End))
            : null;

    /// <summary>"In the afternoon", behind a time.</summary>
    public (bool IsLate, int End)? HalfBehind(int i) =>
        Word(i) is "in" && Word(i + 1) is "the" && Part(i + 2) is { } late ? (late, i + 3)
        : Word(i) is "at" && Word(i + 1) is "night" ? (true, i + 2)
        : null;

    /// <summary>Which half of the day is told behind a time: true for the second, null for none.</summary>
    public bool? SaysHalf(int end) =>
        Word(end) switch
        {
            "pm" or "p.m" or "tonight" => true,
            "am" or "a.m" => false,
            "this" => Part(end + 1),
            "in" when Word(end + 1) is "the" => Part(end + 2),
            "in" => false,
            _ => null,
        };

    private bool? Part(int i) =>
        Word(i) switch
        {
            "morning" => false,
            "afternoon" or "evening" => true,
            _ => null,
        };

    // "nine o'clock"
    private (TimeSpan, int)? Whole(int start) =>
        Hour(start) is { } hour && Word(hour.End) is "o'clock" or "oclock" ? (TimeSpan.FromHours(hour.Value), hour.End + 1) : null;

    // "thirteen hundred hours"
    private (TimeSpan, int)? Hundred(int start)
    {
        if (
            !IsTold(start)
            || Cardinal(start) is not { Value: >= 1 and <= 24 } hour
            || wordTokens[start].Kind != WordTokenKind.Word
            || Word(hour.End) is not "hundred"
            || hour.Value < 10 && Word(hour.End + 1) is not ("hours" or "h")
        )
            return null;
        var end = hour.End + 1;
        return (TimeSpan.FromHours(hour.Value), Word(end) is "hours" or "h" ? end + 1 : end);
    }

    // "ten past six", "a quarter to six", "seventeen minutes to nine"
    private (TimeSpan Time, int End)? Besides(int start, TimeSpan? before)
    {
        if (Minutes(start) is not { Value: > 0 and < MinutesOfHour } said)
            return null;
        var quarter = Word(said.End - 1) is "quarter" or "viertel";
        var half = Word(said.End - 1) is "half";
        var at = said.End;
        var unit = IsMinutes(at);
        if (unit)
            at++;
        // "eighteen minutes and twenty seconds past six"
        var seconds = 0;
        if (unit && AndSeconds(at) is { } more)
            (seconds, at) = more;
        var direction = Direction(at);
        if (direction == 0 || half && direction < 0)
            return null;
        if (Hour(at + 1) is not { } hour)
        {
            // "until twenty-nine past": of the hour that was told before it.
            if (direction < 0 || before is not { } begin || !IsOver(at + 1))
                return null;
            var of = TimeSpan.FromHours(begin.Hours) + TimeSpan.FromMinutes(said.Value);
            return (of > begin ? of : of + TimeSpan.FromHours(1), at + 1);
        }

        // "from ten to six" may be a range; "a quarter to six", "until ten to six", "from ten to six until …" is none.
        if (direction < 0 && !quarter && !unit && !IsClock(start, hour.End, before))
            return null;
        var time = TimeSpan.FromHours(hour.Value) + direction * (TimeSpan.FromMinutes(said.Value) + TimeSpan.FromSeconds(seconds));
        return (time < TimeSpan.Zero ? time + TimeSpan.FromHours(24) : time, OClock(hour.End));
    }

    // "a quarter", "half", "seventeen"
    private (int Value, int End)? Minutes(int i)
    {
        while (Word(i) is "a" && Word(i + 1) is "quarter")
            i++;
        // "a minute to eight"
        if (Word(i) is "a" && IsMinutes(i + 1))
            return (1, i + 1);
        return Word(i) switch
        {
            "quarter" or "viertel" => (15, i + 1),
            "half" => (30, i + 1),
            _ => Cardinal(i),
        };
    }

    private bool IsClock(int start, int end, TimeSpan? before) =>
        before is not null && Word(start) is not null
        // "twenty to nine till ten to nine"
        || WordRoles.Ends.Contains(Word(end) ?? "")
            && (
                Besides(end + 1, TimeSpan.Zero) is not null
                || Hour(end + 1) is { } last && (SaysHalf(OClock(last.End)) is not null || OClock(last.End) > last.End)
            )
        || Word(start - 1) is { } told
            && (
                WordRoles.TellsTime.Contains(told)
                || WordRoles.OpensTime.Contains(told)
                    && WordRoles.Until.Contains(Word(end) ?? Symbol(end) ?? "")
                    && (Read(end + 1, TimeSpan.Zero) is not null || Hour(end + 1) is not null || IsClockToken(end + 1))
            );

    private bool IsClockToken(int i) => i < wordTokens.Count && wordTokens[i].Kind == WordTokenKind.Clock;

    // "half five"
    private (TimeSpan, int)? HalfOf(int start) =>
        Word(start) is "half"
        && (
            IsTold(start)
            || WordRoles.Until.Contains(Word(start + 2) ?? "")
                && Word(start + 2) is not "and"
                && (Word(start + 3) is "half" || Hour(start + 3) is not null)
        )
        && Hour(start + 1) is { Value: >= 1 and <= 12 } hour
            ? (TimeSpan.FromHours(hour.Value) + TimeSpan.FromMinutes(30), OClock(hour.End))
            : null;

    // "between eight fifty and eight fifty-four", "at seven oh five"
    private (TimeSpan, int)? InOrder(int start)
    {
        if (wordTokens[start].Kind != WordTokenKind.Word || !IsTold(start) && !AtFront(start))
            return null;
        // "twenty fifty" is an hour and minutes; "twenty five" alone is a number.
        foreach (var hour in new[] { One(start), Cardinal(start) }.OfType<(int Value, int End)>().Distinct())
        {
            if (hour.Value is < 1 or > 23 || hour.End >= wordTokens.Count || wordTokens[hour.End].Kind != WordTokenKind.Word)
                continue;
            if (Sixtieths(hour.End) is not { } minutes)
                continue;
            var time = TimeSpan.FromHours(hour.Value) + TimeSpan.FromMinutes(minutes.Value);
            return Seconds(minutes.End) is { } seconds ? (time + TimeSpan.FromSeconds(seconds.Value), seconds.End) : (time, minutes.End);
        }

        return null;
    }

    // "oh five", "fifty-four": minutes or seconds.
    private (int Value, int End)? Sixtieths(int i) =>
        Word(i) is "oh" or "o"
            ? One(i + 1) is { Value: >= 1 and <= 9 } single
                ? single
                : null
            : Cardinal(i) is { Value: >= 10 and < MinutesOfHour } two
                ? two
                : null;

    // "eight ten and fifteen seconds", "eight thirteen thirty one until …"
    private (int Value, int End)? Seconds(int i)
    {
        if (AndSeconds(i) is { } said)
            return said;
        return Sixtieths(i) is { } bare && (IsOver(bare.End) || Word(bare.End) is "seconds") ? (bare.Value, bare.End) : null;
    }

    // "and fifteen seconds"
    private (int Value, int End)? AndSeconds(int i) =>
        Word(i) is "and" && Cardinal(i + 1) is { Value: < MinutesOfHour } said && Word(said.End) is "seconds" or "second" or "secs"
            ? (said.Value, said.End + 1)
            : null;

    // "six oh four to ten past six: …", at the beginning of all.
    private bool AtFront(int start) =>
        (start == 0 || wordTokens[start - 1].IsBreak || Cardinals.Of(Word(start - 1) ?? "") is null && One(start) is not null)
        && Cardinal(start) is { } first
        && Enumerable
            .Range(first.End, 3)
            .Any(i =>
                WordRoles.Until.Contains(Word(i) ?? "")
                && Word(i) is not "and"
                && (
                    Besides(i + 1, TimeSpan.Zero) is not null
                    || One(i + 1) is { } hour && Cardinal(hour.End) is { Value: >= 10 } or { Value: 0 }
                )
            );

    private bool IsTold(int start) =>
        Word(start - 1) is { } word
        && (WordRoles.TellsTime.Contains(word) || WordRoles.OpensTime.Contains(word) || WordRoles.Until.Contains(word));

    private bool IsOver(int i) =>
        i >= wordTokens.Count
        || wordTokens[i].Kind == WordTokenKind.Symbol
        || wordTokens[i].Kind == WordTokenKind.Word && wordTokens[i].Glue == '\0' && Cardinals.Of(wordTokens[i].Lower) is null;

    private bool IsMinutes(int i) => Word(i) is "minutes" or "minute" or "minuten" or "mins" or "min";

    private int Direction(int i) =>
        Word(i) switch
        {
            "past" or "after" or "nach" => 1,
            "to" or "till" or "before" or "vor" => -1,
            _ => 0,
        };

    private int OClock(int i) => Word(i) is "o'clock" or "oclock" or "uhr" ? i + 1 : i;

    private (int Value, int End)? Hour(int i)
    {
        if (
            i < wordTokens.Count
            && wordTokens[i] is { Kind: WordTokenKind.Number, Value: >= 0 and <= 24 } number
            && number.Value == Math.Floor(number.Value)
        )
            return ((int)number.Value, i + 1);
        // "Eins" is an hour and no number of things.
        return Word(i) is "eins" ? (1, i + 1)
            : One(i) is { Value: >= 1 and <= 12 } hour ? hour
            : null;
    }

    // "seventeen", "twenty-nine", "twenty nine", "17"
    private (int Value, int End)? Cardinal(int i)
    {
        if (i < wordTokens.Count && wordTokens[i] is { Kind: WordTokenKind.Number } number)
            return number.Value == Math.Floor(number.Value) && number.Value < 100 ? ((int)number.Value, i + 1) : null;
        if (One(i) is not { } first)
            return null;
        return first.Value is >= 20 and < 100 && One(first.End) is { Value: >= 1 and <= 9 } second
            ? (first.Value + second.Value, second.End)
            : first;
    }

    private (int Value, int End)? One(int i) =>
        Word(i) is { } word && !Cardinals.Multiplies(word) && Cardinals.Of(word) is { } value and < 100 ? ((int)value, i + 1) : null;

    private string? Word(int i) => i >= 0 && i < wordTokens.Count && wordTokens[i].Kind == WordTokenKind.Word ? wordTokens[i].Lower : null;

    private string? Symbol(int i) =>
        i >= 0 && i < wordTokens.Count && wordTokens[i].Kind == WordTokenKind.Symbol ? wordTokens[i].Lower : null;
}
