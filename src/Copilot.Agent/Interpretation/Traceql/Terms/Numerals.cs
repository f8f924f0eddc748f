using Copilot.Agent.Interpretation.Tokens;

namespace Copilot.Agent.Interpretation.Traceql.Terms;

/// <summary>Numbers and lengths of time in words: "three", "a dozen", "one second", "half a second", "250 milliseconds".</summary>
internal static class Numerals
{
    /// <summary>A number and the token after; null where none stands here.</summary>
    public static (double Value, int End)? Number(IReadOnlyList<Token> tokens, int i)
    {
        var at = i;
        if (tokens[at].Lower is "a" && at + 1 < tokens.Count && (Cardinals.Multiplies(tokens[at + 1].Lower) || tokens[at + 1].Lower == "couple"))
            at++;
        if (ValueOf(tokens[at]) is not { } value)
            return null;
        // "forty-five"
        if (value is >= 20 and <= 90 && tokens[at].Kind == TokenKind.Word && at + 1 < tokens.Count && ValueOf(tokens[at + 1]) is >= 1 and <= 9 and var ones && tokens[at + 1].Kind == TokenKind.Word)
            (value, at) = (value + ones, at + 1);
        at++;
        var factor = 1.0;
        while (at < tokens.Count && tokens[at].Kind == TokenKind.Word && Cardinals.Multiplies(tokens[at].Lower))
            factor *= Cardinals.Of(tokens[at++].Lower)!.Value;
        if (at < tokens.Count && tokens[at].Kind == TokenKind.Word && tokens[at].Lower.Length > 1 && Conventions.Unit(tokens[at].Lower) is > 0 and var unit)
            return (value * factor * unit, at + 1);
        return (value * factor, at);
    }

    private static double? ValueOf(Token token) => token.Kind switch
    {
        TokenKind.Number => token.Value,
        TokenKind.Word => token.Lower == "couple" ? 2 : Cardinals.Of(token.Lower),
        _ => null,
    };

    /// <summary>A length of time in nanoseconds and the token after; null where none stands here.</summary>
    public static (double Nanos, int End)? Duration(IReadOnlyList<Token> tokens, int i)
    {
        if (tokens[i].Kind == TokenKind.Duration)
            return (tokens[i].Value, i + 1);
        var (share, at) = tokens[i].Lower is "half" or "quarter" ? (tokens[i].Lower == "half" ? 0.5 : 0.25, i + 1) : (1, i);
        if (share < 1 && at < tokens.Count && tokens[at].Lower == "of")
            at++;
        if (at < tokens.Count && tokens[at].Lower is "a" or "an")
            at++;
        else if (share == 1 && Number(tokens, at) is { } number)
            (share, at) = number;
        else if (share == 1)
            return null;
        return at < tokens.Count && tokens[at].Kind == TokenKind.Word && tokens[at].Lower.Length > 1 && TimeTokens.NanosOf(tokens[at].Lower) is > 0 and var unit ? (share * unit, at + 1) : null;
    }
}
