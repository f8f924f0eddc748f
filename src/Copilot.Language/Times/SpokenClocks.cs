using Copilot.Language.Tokens;

namespace Copilot.Language.Times;

/// <summary>Joins clock times in words to one token: "quarter past five", "twenty to seven", "half past six", "viertel nach
/// acht".</summary>
internal static class SpokenClocks
{
    public static IReadOnlyList<WordToken> Join(IReadOnlyList<WordToken> wordTokens, DateTimeOffset asOf, TimeZoneInfo zone)
    {
        var joined = new List<WordToken>(wordTokens.Count);
        for (var i = 0; i < wordTokens.Count; i++)
        {
            // "4:40 and 4:50 in the afternoon"
            if (
                joined.Count > 0
                && joined[^1].Kind == WordTokenKind.Clock
                && Word(wordTokens, i) is "in"
                && Word(wordTokens, i + 1) is "the"
                && Word(wordTokens, i + 2) is "morning" or "afternoon" or "evening"
            )
            {
                if (Word(wordTokens, i + 2) is not "morning")
                    Later(joined);
                i += 2;
                continue;
            }

            if (Read(wordTokens, i) is not { } clock)
            {
                joined.Add(wordTokens[i]);
                continue;
            }

            var text = string.Join(' ', wordTokens.Skip(i).Take(clock.End - i).Select(t => t.Lower));
            joined.Add(
                wordTokens[i] with
                {
                    Kind = WordTokenKind.Clock,
                    Text = text,
                    Lower = text,
                    Stem = "",
                    TimeOfDay = Half(wordTokens, clock.End, clock.Time, asOf, zone),
                    Precision = TimeSpan.FromMinutes(1),
                    HasOffset = false,
                }
            );
            i = clock.End - 1;
        }

        return joined;
    }

    // The time before it, and the one that a range begins with.
    private static void Later(List<WordToken> joined)
    {
        for (var i = joined.Count - 1; i >= 0 && joined[i].Kind == WordTokenKind.Clock; i -= 2)
        {
            if (joined[i].TimeOfDay < TimeSpan.FromHours(12))
                joined[i] = joined[i] with { TimeOfDay = joined[i].TimeOfDay + TimeSpan.FromHours(12) };
            if (i == 0 || joined[i - 1].Lower is not ("and" or "to" or "-" or "until" or "till"))
                return;
        }
    }

    private static (TimeSpan Time, int End)? Read(IReadOnlyList<WordToken> wordTokens, int start)
    {
        if (Word(wordTokens, start + 1) is "o'clock" or "oclock" && Hour(wordTokens, start) is { } whole)
            return (TimeSpan.FromHours(whole), start + 2);
        var i = start;
        while (Word(wordTokens, i) is "a" && Word(wordTokens, i + 1) is "quarter")
            i++;
        if (Minutes(wordTokens, i) is not { } minutes)
            return null;
        var at = i + 1;
        if (Word(wordTokens, at) is "minutes" or "minuten" or "mins")
            at++;
        var direction = Word(wordTokens, at) switch
        {
            "past" or "nach" => 1,
            "to" or "till" or "vor" => -1,
            _ => 0,
        };
        if (direction == 0 || minutes == 30 && direction < 0 || Hour(wordTokens, at + 1) is not { } hour)
            return null;
        // "from ten to six" may be a range; "a quarter to six" is none.
        if (
            direction < 0
            && wordTokens[i].Lower is not ("quarter" or "viertel")
            && Word(wordTokens, at - 1) is not ("minutes" or "minuten" or "mins")
        )
            return null;
        var end = at + 2;
        if (Word(wordTokens, end) is "o'clock" or "oclock" or "uhr")
            end++;
        var time = TimeSpan.FromHours(hour) + TimeSpan.FromMinutes(direction * minutes);
        return (time < TimeSpan.Zero ? time + TimeSpan.FromHours(24) : time, end);
    }

    private static int? Minutes(IReadOnlyList<WordToken> wordTokens, int i) =>
        Word(wordTokens, i) switch
        {
            "quarter" or "viertel" => 15,
            "half" => 30,
            { } word when Cardinals.Of(word) is 5 or 10 or 20 => (int)Cardinals.Of(word)!.Value,
            _ => null,
        };

    private static int? Hour(IReadOnlyList<WordToken> wordTokens, int i)
    {
        if (
            i < wordTokens.Count
            && wordTokens[i] is { Kind: WordTokenKind.Number, Value: >= 0 and <= 24 } number
            && number.Value == Math.Floor(number.Value)
        )
            return (int)number.Value;
        // "Eins" is an hour and no number of things.
        return Word(wordTokens, i) switch
        {
            "eins" => 1,
            { } word when !Cardinals.Multiplies(word) && Cardinals.Of(word) is >= 1 and <= 12 and var hour => (int)hour,
            _ => null,
        };
    }

    // People speak of twelve hours: the half of the day is said behind it, or it is the one that passed last.
    private static TimeSpan Half(IReadOnlyList<WordToken> wordTokens, int end, TimeSpan time, DateTimeOffset asOf, TimeZoneInfo zone)
    {
        if (time >= TimeSpan.FromHours(13))
            return time;
        var early = time >= TimeSpan.FromHours(12) ? time - TimeSpan.FromHours(12) : time;
        var late = early + TimeSpan.FromHours(12);
        if (
            Word(wordTokens, end) is "pm" or "p.m"
            || Word(wordTokens, end) is "this" && Word(wordTokens, end + 1) is "evening" or "afternoon"
        )
            return late;
        if (Word(wordTokens, end) is "am" or "a.m" or "in" || Word(wordTokens, end) is "this" && Word(wordTokens, end + 1) is "morning")
            return early;
        var now = TimeZoneInfo.ConvertTime(asOf, zone).TimeOfDay;
        return late <= now || early > now ? late : early;
    }

    private static string? Word(IReadOnlyList<WordToken> wordTokens, int i) =>
        i >= 0 && i < wordTokens.Count && wordTokens[i].Kind == WordTokenKind.Word ? wordTokens[i].Lower : null;
}
