using Copilot.Language.Tokens;

namespace Copilot.Language.Times;

/// <summary>Reads a length of time in words or digits: "90 seconds", "quarter of an hour", "half an hour", "couple of minutes", "1 h 30
/// min".</summary>
internal static class LengthReader
{
    private const double Hour = 3600e9;
    private const double Minute = 60e9;

    /// <summary>Nanoseconds and the token after; null where none is.</summary>
    public static (double Nanos, int End)? Read(IReadOnlyList<WordToken> wordTokens, int start)
    {
        if (start >= wordTokens.Count)
            return null;
        var wordToken = wordTokens[start];
        if (wordToken.Kind == WordTokenKind.Duration)
        {
            var next = start + 1;
            if (next < wordTokens.Count && wordTokens[next].IsWord("and"))
                next++;
            return next < wordTokens.Count && wordTokens[next].Kind == WordTokenKind.Duration && wordTokens[next].Value < wordToken.Value
                ? (wordToken.Value + wordTokens[next].Value, next + 1)
                : HalfMore(wordTokens, wordToken.Value, UnitOf(wordToken.Value), start + 1);
        }

        if (wordToken.Kind != WordTokenKind.Word)
            return null;
        return Fraction(wordTokens, start) ?? Counted(wordTokens, start);
    }

    private static (double, int)? Fraction(IReadOnlyList<WordToken> wordTokens, int i)
    {
        var start = wordTokens[i].Lower is "a" or "an" or "the" ? i + 1 : i;
        if (start >= wordTokens.Count)
            return null;
        double? share = wordTokens[start].Lower switch
        {
            "quarter" or "viertel" or "viertelstunde" => 0.25,
            "half" or "halbe" or "halben" or "halbstunde" => 0.5,
            _ => null,
        };
        if (
            share is null
            && wordTokens[start].Lower is "three"
            && start + 1 < wordTokens.Count
            && wordTokens[start + 1].Lower is "quarters"
        )
            (share, start) = (0.75, start + 1);
        if (share is null)
            return null;
        if (wordTokens[start].Lower is "viertelstunde")
            return (0.25 * Hour, start + 1);
        var unit = start + 1;
        while (unit < wordTokens.Count && wordTokens[unit].Lower is "of" or "an" or "a" or "the" or "from")
            unit++;
        var nanos = unit < wordTokens.Count ? TimeTokens.NanosOf(wordTokens[unit].Lower) : 0;
        return nanos >= 1e9 ? (share.Value * nanos, unit + 1) : null;
    }

    private static (double, int)? Counted(IReadOnlyList<WordToken> wordTokens, int i)
    {
        var (count, next) = wordTokens[i].Lower switch
        {
            "a" or "an" or "eine" or "einer" or "ein" => (1.0, i + 1),
            "couple" => (2, i + 1),
            "few" or "several" or "paar" => (5, i + 1),
            var word => Cardinals.Of(word) is { } number ? (number, i + 1) : (0, i),
        };
        if (next > i && next < wordTokens.Count && wordTokens[next].Lower is "couple" or "few")
            (count, next) = (wordTokens[next].Lower == "few" ? 5 : 2, next + 1);
        if (next > i && next < wordTokens.Count && wordTokens[next].IsWord("of"))
            next++;
        if (next >= wordTokens.Count || wordTokens[next].Kind != WordTokenKind.Word)
            return null;
        var unit = TimeTokens.NanosOf(wordTokens[next].Lower);
        if (unit < 1e9 || wordTokens[next].Lower.Length < 2)
            return null;
        return next > i ? HalfMore(wordTokens, count * unit, unit, next + 1) : null;
    }

    // Of "2 h" and "90 min": what half of it would be half of.
    private static double UnitOf(double nanos) =>
        nanos % Hour == 0 ? Hour
        : nanos % Minute == 0 ? Minute
        : 1e9;

    // "an hour and a half", "the minute and a half"
    private static (double, int) HalfMore(IReadOnlyList<WordToken> wordTokens, double nanos, double unit, int end) =>
        end + 2 < wordTokens.Count && wordTokens[end].IsWord("and") && wordTokens[end + 1].IsWord("a") && wordTokens[end + 2].IsWord("half")
            ? (nanos + unit / 2, end + 3)
            : (nanos, end);

    /// <summary>A unit alone after "last": "last hour".</summary>
    public static (double Nanos, int End)? Unit(IReadOnlyList<WordToken> wordTokens, int i)
    {
        if (i >= wordTokens.Count || wordTokens[i].Kind != WordTokenKind.Word)
            return null;
        var unit = TimeTokens.NanosOf(wordTokens[i].Lower);
        return unit >= 1e9 && wordTokens[i].Lower.Length > 1 ? HalfMore(wordTokens, unit, unit, i + 1) : null;
    }
}
