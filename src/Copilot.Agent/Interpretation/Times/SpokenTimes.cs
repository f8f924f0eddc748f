using System.Globalization;
using Copilot.Agent.Interpretation.Tokens;

namespace Copilot.Agent.Interpretation.Times;

/// <summary>Joins lengths and dates in words to one token each, as if they were in digits: "slower than half a second", "on July 1st".</summary>
internal static class SpokenTimes
{
    private static readonly string[][] Months =
    [
        ["january", "jan", "januar"], ["february", "feb", "februar"], ["march", "mar", "märz"], ["april", "apr"], ["may", "mai"], ["june", "jun", "juni"], ["july", "jul", "juli"], ["august", "aug"],
        ["september", "sep", "sept"], ["october", "oct", "oktober", "okt"], ["november", "nov"], ["december", "dec", "dezember", "dez"],
    ];

    /// <param name="asOf">A date without a year is the latest such date not after it.</param>
    public static IReadOnlyList<Token> Join(IReadOnlyList<Token> tokens, DateTimeOffset asOf)
    {
        var joined = new List<Token>(tokens.Count);
        for (var i = 0; i < tokens.Count; i++)
        {
            if (Date(tokens, i, asOf) is { } date)
            {
                joined.Add(tokens[i] with { Kind = TokenKind.Date, Text = Text(tokens, i, date.End), Lower = Text(tokens, i, date.End), Stem = "", Glue = '\0', Instant = date.Day });
                i = date.End - 1;
            }
            else if (i > 0 && tokens[i].Kind == TokenKind.Word && LengthReader.Read(tokens, i) is { } length && (Compares(tokens[i - 1].Lower) || length.End < tokens.Count && tokens[length.End].IsWord("ago")))
            {
                joined.Add(tokens[i] with { Kind = TokenKind.Duration, Text = Text(tokens, i, length.End), Lower = Text(tokens, i, length.End), Stem = "", Value = length.Nanos });
                i = length.End - 1;
            }
            else
            {
                joined.Add(tokens[i]);
            }
        }

        return joined;
    }

    private static bool Compares(string word) =>
        word is "than" or "over" or "above" or "under" or "below" or "beyond" or "exceeding" or "exceeds" or "least" or "most" or ">" or "<" or "takes" or "took" or "taking";

    // "July 1st", "1 July", "22nd of November 2026", "3. Juli"
    private static (DateTimeOffset Day, int End)? Date(IReadOnlyList<Token> tokens, int i, DateTimeOffset asOf)
    {
        int month, day, end;
        if (Month(tokens, i) is { } first && Day(tokens, i + 1) is { } behind)
        {
            (month, day, end) = (first, behind, i + 2);
        }
        else if (Day(tokens, i) is { } before)
        {
            var at = i + 1;
            while (at < tokens.Count && tokens[at].Lower is "of" or "." && at < i + 3)
                at++;
            if (Month(tokens, at) is not { } named)
                return null;
            (month, day, end) = (named, before, at + 1);
        }
        else
        {
            return null;
        }

        var year = end < tokens.Count && tokens[end].IsSymbol(",") ? end + 1 : end;
        if (year < tokens.Count && tokens[year] is { Kind: TokenKind.Number, Text.Length: 4, Value: > 1970 and < 2200 } said)
            return day <= DateTime.DaysInMonth((int)said.Value, month) ? (new DateTimeOffset((int)said.Value, month, day, 0, 0, 0, TimeSpan.Zero), year + 1) : null;
        // A leap day is looked for up to four years back.
        for (var back = 0; back < 5; back++)
        {
            if (day <= DateTime.DaysInMonth(asOf.Year - back, month) && new DateTimeOffset(asOf.Year - back, month, day, 0, 0, 0, TimeSpan.Zero) is var date && date <= asOf)
                return (date, end);
        }

        return null;
    }

    private static int? Month(IReadOnlyList<Token> tokens, int i) =>
        i < tokens.Count && tokens[i].Kind == TokenKind.Word && tokens[i].Glue == '\0' && Array.FindIndex(Months, m => m.Contains(tokens[i].Lower)) is >= 0 and var at ? at + 1 : null;

    private static int? Day(IReadOnlyList<Token> tokens, int i)
    {
        if (i >= tokens.Count || tokens[i].Glue != '\0' || tokens[i].Kind is not (TokenKind.Number or TokenKind.Word))
            return null;
        var text = tokens[i].Lower;
        if (tokens[i].Kind == TokenKind.Word)
            text = text.Length is 3 or 4 && text[^2..] is "st" or "nd" or "rd" or "th" ? text[..^2] : "";
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var day) && day is > 0 and < 32 ? day : null;
    }

    private static string Text(IReadOnlyList<Token> tokens, int start, int end) => string.Join(' ', tokens.Skip(start).Take(end - start).Select(t => t.Lower));
}
