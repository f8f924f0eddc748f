using System.Globalization;
using Copilot.Language.Lexicon;
using Copilot.Language.Tokens;

namespace Copilot.Language.Times;

/// <summary>Joins lengths and dates in words to one token each, as if they were in digits: "slower than half a second", "on July
/// 1st".</summary>
internal static class SpokenTimes
{
    private static readonly string[][] Months =
    [
        ["january", "jan", "januar"],
        ["february", "feb", "februar"],
        ["march", "mar", "märz"],
        ["april", "apr"],
        ["may", "mai"],
        ["june", "jun", "juni"],
        ["july", "jul", "juli"],
        ["august", "aug"],
        ["september", "sep", "sept"],
        ["october", "oct", "oktober", "okt"],
        ["november", "nov"],
        ["december", "dec", "dezember", "dez"],
    ];

    /// <param name="asOf">A date without a year is the latest such date not after it.</param>
    public static IReadOnlyList<WordToken> Join(IReadOnlyList<WordToken> wordTokens, DateTimeOffset asOf)
    {
        var joined = new List<WordToken>(wordTokens.Count);
        for (var i = 0; i < wordTokens.Count; i++)
        {
            if (Date(wordTokens, i, asOf) is { } date)
            {
                joined.Add(
                    wordTokens[i] with
                    {
                        Kind = WordTokenKind.Date,
                        Text = Text(wordTokens, i, date.End),
                        Lower = Text(wordTokens, i, date.End),
                        Stem = "",
                        Glue = '\0',
                        Instant = date.Day,
                    }
                );
                i = date.End - 1;
            }
            else if (
                i > 0
                && wordTokens[i].Kind == WordTokenKind.Word
                && LengthReader.Read(wordTokens, i) is { } length
                && (
                    IsBound(wordTokens, i - 1)
                    || WordRoles.Inside.Contains(wordTokens[i - 1].Lower) && length.Nanos < TimeReader.ShortestWindow
                    || length.End < wordTokens.Count && wordTokens[length.End].IsWord("ago")
                )
            )
            {
                joined.Add(
                    wordTokens[i] with
                    {
                        Kind = WordTokenKind.Duration,
                        Text = Text(wordTokens, i, length.End),
                        Lower = Text(wordTokens, i, length.End),
                        Stem = "",
                        Value = length.Nanos,
                    }
                );
                i = length.End - 1;
            }
            else if (
                i > 0
                && wordTokens[i].Kind == WordTokenKind.Word
                && wordTokens[i].Glue == '\0'
                && Cardinals.Of(wordTokens[i].Lower) is { } number
                && number > 1
                && (IsBound(wordTokens, i - 1) || IsOpen(wordTokens, i + 1))
                && LengthReader.Read(wordTokens, i) is null
            )
            {
                // "more than six", "seven or more"
                joined.Add(
                    wordTokens[i] with
                    {
                        Kind = WordTokenKind.Number,
                        Text = number.ToString(CultureInfo.InvariantCulture),
                        Value = number,
                    }
                );
            }
            else
            {
                joined.Add(wordTokens[i]);
            }
        }

        return joined;
    }

    // "seven or more"
    private static bool IsOpen(IReadOnlyList<WordToken> wordTokens, int i) =>
        i + 1 < wordTokens.Count && wordTokens[i].Lower == Alternative && WordRoles.Beyond.Contains(wordTokens[i + 1].Lower);

    private const string Alternative = "or";

    // "longer than", "upwards of"
    public static bool IsBound(IReadOnlyList<WordToken> wordTokens, int i) =>
        WordRoles.Bounding.Contains(wordTokens[i].Lower)
        || i > 0
            && WordRoles.Of.Contains(wordTokens[i].Lower)
            && wordTokens[i - 1].Lower is var lead
            && (WordRoles.Bounding.Contains(lead) || WordRoles.Excess.Contains(lead));

    // "July 1st", "1 July", "22nd of November 2026", "3. Juli"
    private static (DateTimeOffset Day, int End)? Date(IReadOnlyList<WordToken> wordTokens, int i, DateTimeOffset asOf)
    {
        int month,
            day,
            end;
        if (Month(wordTokens, i) is { } first && Day(wordTokens, i + 1) is { } behind)
        {
            (month, day, end) = (first, behind, i + 2);
        }
        else if (Day(wordTokens, i) is { } before)
        {
            var at = i + 1;
            while (at < wordTokens.Count && wordTokens[at].Lower is "of" or "." && at < i + 3)
                at++;
            if (Month(wordTokens, at) is not { } named)
                return null;
            (month, day, end) = (named, before, at + 1);
        }
        else
        {
            return null;
        }

        var year = end < wordTokens.Count && wordTokens[end].IsSymbol(",") ? end + 1 : end;
        if (year < wordTokens.Count && wordTokens[year] is { Kind: WordTokenKind.Number, Text.Length: 4, Value: > 1970 and < 2200 } said)
            return day <= DateTime.DaysInMonth((int)said.Value, month)
                ? (new DateTimeOffset((int)said.Value, month, day, 0, 0, 0, TimeSpan.Zero), year + 1)
                : null;
        // A leap day is looked for up to four years back.
        for (var back = 0; back < 5; back++)
        {
            if (
                day <= DateTime.DaysInMonth(asOf.Year - back, month)
                && new DateTimeOffset(asOf.Year - back, month, day, 0, 0, 0, TimeSpan.Zero) is var date
                && date <= asOf
            )
                return (date, end);
        }

        return null;
    }

    private static int? Month(IReadOnlyList<WordToken> wordTokens, int i) =>
        i < wordTokens.Count
        && wordTokens[i].Kind == WordTokenKind.Word
        && wordTokens[i].Glue == '\0'
        && Array.FindIndex(Months, m => m.Contains(wordTokens[i].Lower)) is >= 0 and var at
            ? at + 1
            : null;

    private static int? Day(IReadOnlyList<WordToken> wordTokens, int i)
    {
        if (i >= wordTokens.Count || wordTokens[i].Glue != '\0' || wordTokens[i].Kind is not (WordTokenKind.Number or WordTokenKind.Word))
            return null;
        var text = wordTokens[i].Lower;
        if (wordTokens[i].Kind == WordTokenKind.Word)
            text = text.Length is 3 or 4 && text[^2..] is "st" or "nd" or "rd" or "th" ? text[..^2] : "";
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var day) && day is > 0 and < 32 ? day : null;
    }

    private static string Text(IReadOnlyList<WordToken> wordTokens, int start, int end) =>
        string.Join(' ', wordTokens.Skip(start).Take(end - start).Select(t => t.Lower));
}

/// <summary>The zones that people write behind clock times.</summary>
internal static class ZoneNames
{
    private static readonly Dictionary<string, double> Offsets = new(StringComparer.OrdinalIgnoreCase)
    {
        ["utc"] = 0,
        ["gmt"] = 0,
        ["z"] = 0,
        ["zulu"] = 0,
        ["wet"] = 0,
        ["west"] = 1,
        ["bst"] = 1,
        ["cet"] = 1,
        ["mez"] = 1,
        ["met"] = 1,
        ["cest"] = 2,
        ["mesz"] = 2,
        ["eet"] = 2,
        ["eest"] = 3,
        ["msk"] = 3,
        ["ist"] = 5.5,
        ["sgt"] = 8,
        ["hkt"] = 8,
        ["awst"] = 8,
        ["jst"] = 9,
        ["kst"] = 9,
        ["aest"] = 10,
        ["aedt"] = 11,
        ["nzst"] = 12,
        ["nzdt"] = 13,
        ["brt"] = -3,
        ["est"] = -5,
        ["edt"] = -4,
        ["cst"] = -6,
        ["cdt"] = -5,
        ["mst"] = -7,
        ["mdt"] = -6,
        ["pst"] = -8,
        ["pdt"] = -7,
    };

    private static readonly Dictionary<string, string> Places = new(StringComparer.OrdinalIgnoreCase)
    {
        ["berlin"] = "Europe/Berlin",
        ["paris"] = "Europe/Paris",
        ["london"] = "Europe/London",
        ["zurich"] = "Europe/Zurich",
        ["madrid"] = "Europe/Madrid",
        ["vienna"] = "Europe/Vienna",
        ["tokyo"] = "Asia/Tokyo",
        ["sydney"] = "Australia/Sydney",
        ["mumbai"] = "Asia/Kolkata",
        ["delhi"] = "Asia/Kolkata",
        ["bangalore"] = "Asia/Kolkata",
        ["beijing"] = "Asia/Shanghai",
        ["munich"] = "Europe/Berlin",
        ["frankfurt"] = "Europe/Berlin",
        ["hamburg"] = "Europe/Berlin",
        ["san francisco"] = "America/Los_Angeles",
        ["seattle"] = "America/Los_Angeles",
        ["boston"] = "America/New_York",
        ["washington"] = "America/New_York",
        ["nyc"] = "America/New_York",
        ["et"] = "America/New_York",
        ["ct"] = "America/Chicago",
        ["mt"] = "America/Denver",
        ["pt"] = "America/Los_Angeles",
        ["eastern"] = "America/New_York",
        ["pacific"] = "America/Los_Angeles",
        ["central"] = "America/Chicago",
        ["german"] = "Europe/Berlin",
        ["swiss"] = "Europe/Zurich",
        ["french"] = "Europe/Paris",
        ["spanish"] = "Europe/Madrid",
        ["uk"] = "Europe/London",
        ["central european"] = "Europe/Berlin",
        ["central european standard"] = "Etc/GMT-1",
        ["central european summer"] = "Etc/GMT-2",
        ["eastern european"] = "Europe/Helsinki",
        ["western european"] = "Europe/Lisbon",
        ["british summer"] = "Etc/GMT-1",
        ["british"] = "Europe/London",
        ["greenwich mean"] = "Etc/GMT",
        ["coordinated universal"] = "Etc/GMT",
        ["universal"] = "Etc/GMT",
        ["indian standard"] = "Asia/Kolkata",
        ["india standard"] = "Asia/Kolkata",
        ["indian"] = "Asia/Kolkata",
        ["eastern standard"] = "Etc/GMT+5",
        ["eastern daylight"] = "Etc/GMT+4",
        ["central standard"] = "Etc/GMT+6",
        ["central daylight"] = "Etc/GMT+5",
        ["pacific standard"] = "Etc/GMT+8",
        ["pacific daylight"] = "Etc/GMT+7",
    };

    private static readonly string[] Areas = ["Europe", "America", "Asia", "Africa", "Australia", "Pacific", "Atlantic", "Indian"];

    /// <summary>The zone of an abbreviation.</summary>
    public static TimeZoneInfo? Of(string name)
    {
        if (Offsets.TryGetValue(name, out var hours))
            return hours == 0 ? TimeZoneInfo.Utc : Fixed(TimeSpan.FromHours(hours));
        return name.Length == 2 ? Place(name) : null;
    }

    /// <summary>The zone of a place, as in "Berlin time", "New York time": one of those above, or a city of the zone database.</summary>
    public static TimeZoneInfo? Place(string name)
    {
        if (Places.TryGetValue(name, out var known))
            return TimeZoneInfo.TryFindSystemTimeZoneById(known, out var place) ? place : null;
        // Asked for one by one: reading the whole database takes most of a second.
        var city = string.Join(
            '_',
            name.ToLowerInvariant().Split(' ').Select(word => word.Length == 0 ? word : char.ToUpperInvariant(word[0]) + word[1..])
        );
        foreach (var area in Areas)
        {
            if (city.Length > 2 && TimeZoneInfo.TryFindSystemTimeZoneById($"{area}/{city}", out var zone))
                return zone;
        }

        return null;
    }

    /// <summary>An IANA name that came apart into two words.</summary>
    public static TimeZoneInfo? Iana(string area, string place) =>
        area.Length > 2 && char.IsUpper(area[0]) && TimeZoneInfo.TryFindSystemTimeZoneById($"{area}/{place}", out var zone) ? zone : null;

    public static TimeZoneInfo Fixed(TimeSpan offset)
    {
        var name = $"UTC{offset.Hours:+00;-00}:{Math.Abs(offset.Minutes):00}";
        return TimeZoneInfo.CreateCustomTimeZone(name, offset, name, name);
    }
}
