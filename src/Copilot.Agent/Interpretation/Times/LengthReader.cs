using Copilot.Agent.Interpretation.Tokens;

namespace Copilot.Agent.Interpretation.Times;

/// <summary>Reads a length of time in words or digits: "90 seconds", "quarter of an hour", "half an hour", "couple of minutes", "1 h 30 min".</summary>
internal static class LengthReader
{
    private const double Hour = 3600e9;

    /// <summary>Nanoseconds and the token after; null where none is.</summary>
    public static (double Nanos, int End)? Read(IReadOnlyList<Token> tokens, int start)
    {
        if (start >= tokens.Count)
            return null;
        var token = tokens[start];
        if (token.Kind == TokenKind.Duration)
        {
            var next = start + 1;
            if (next < tokens.Count && tokens[next].IsWord("and"))
                next++;
            return next < tokens.Count && tokens[next].Kind == TokenKind.Duration && tokens[next].Value < token.Value
                ? (token.Value + tokens[next].Value, next + 1)
                : HalfMore(tokens, token.Value, start + 1);
        }

        if (token.Kind != TokenKind.Word)
            return null;
        return Fraction(tokens, start) ?? Counted(tokens, start);
    }

    private static (double, int)? Fraction(IReadOnlyList<Token> tokens, int i)
    {
        var start = tokens[i].Lower is "a" or "an" or "the" ? i + 1 : i;
        if (start >= tokens.Count)
            return null;
        double? share = tokens[start].Lower switch
        {
            "quarter" or "viertel" or "viertelstunde" => 0.25,
            "half" or "halbe" or "halben" or "halbstunde" => 0.5,
            _ => null,
        };
        if (share is null && tokens[start].Lower is "three" && start + 1 < tokens.Count && tokens[start + 1].Lower is "quarters")
            (share, start) = (0.75, start + 1);
        if (share is null)
            return null;
        if (tokens[start].Lower is "viertelstunde")
            return (0.25 * Hour, start + 1);
        var unit = start + 1;
        while (unit < tokens.Count && tokens[unit].Lower is "of" or "an" or "a" or "the")
            unit++;
        var nanos = unit < tokens.Count ? TimeTokens.NanosOf(tokens[unit].Lower) : 0;
        return nanos >= 1e9 ? (share.Value * nanos, unit + 1) : null;
    }

    private static (double, int)? Counted(IReadOnlyList<Token> tokens, int i)
    {
        var (count, next) = tokens[i].Lower switch
        {
            "a" or "an" or "eine" or "einer" or "ein" => (1.0, i + 1),
            "couple" => (2, i + 1),
            "few" or "several" or "paar" => (5, i + 1),
            var word => Cardinals.Of(word) is { } number ? (number, i + 1) : (0, i),
        };
        if (next > i && next < tokens.Count && tokens[next].Lower is "couple" or "few")
            (count, next) = (tokens[next].Lower == "few" ? 5 : 2, next + 1);
        if (next > i && next < tokens.Count && tokens[next].IsWord("of"))
            next++;
        if (next >= tokens.Count || tokens[next].Kind != TokenKind.Word)
            return null;
        var unit = TimeTokens.NanosOf(tokens[next].Lower);
        if (unit < 1e9 || tokens[next].Lower.Length < 2)
            return null;
        return next > i ? HalfMore(tokens, count * unit, next + 1) : null;
    }

    // "an hour and a half"
    private static (double, int) HalfMore(IReadOnlyList<Token> tokens, double nanos, int end) =>
        end + 2 < tokens.Count && tokens[end].IsWord("and") && tokens[end + 1].IsWord("a") && tokens[end + 2].IsWord("half")
            ? (nanos + Hour / 2, end + 3) : (nanos, end);

    /// <summary>A unit alone after "last": "last hour".</summary>
    public static (double Nanos, int End)? Unit(IReadOnlyList<Token> tokens, int i)
    {
        if (i >= tokens.Count || tokens[i].Kind != TokenKind.Word)
            return null;
        var unit = TimeTokens.NanosOf(tokens[i].Lower);
        return unit >= 1e9 && tokens[i].Lower.Length > 1 ? HalfMore(tokens, unit, i + 1) : null;
    }
}
