using Copilot.Agent.Interpretation.Tokens;

namespace Copilot.Agent.Interpretation.Traceql.Terms;

/// <summary>Numbers and lengths of time in words: "three", "a dozen", "one second", "half a second", "250 milliseconds".</summary>
internal static class Numerals
{
    private static readonly Dictionary<string, double> Words = new(StringComparer.Ordinal)
    {
        ["zero"] = 0, ["one"] = 1, ["two"] = 2, ["three"] = 3, ["four"] = 4, ["five"] = 5, ["six"] = 6, ["seven"] = 7, ["eight"] = 8, ["nine"] = 9, ["ten"] = 10, ["eleven"] = 11,
        ["twelve"] = 12, ["fifteen"] = 15, ["twenty"] = 20, ["twenty-five"] = 25, ["thirty"] = 30, ["forty"] = 40, ["fifty"] = 50, ["sixty"] = 60, ["hundred"] = 100, ["thousand"] = 1000,
        ["dozen"] = 12, ["million"] = 1e6, ["couple"] = 2,
    };

    /// <summary>A number and the token after; null where none stands here.</summary>
    public static (double Value, int End)? Number(IReadOnlyList<Token> tokens, int i)
    {
        var at = i;
        var factor = 1.0;
        if (tokens[at].Lower is "a" && at + 1 < tokens.Count && tokens[at + 1].Lower is "hundred" or "thousand" or "dozen" or "couple" or "million")
            at++;
        double value;
        if (tokens[at].Kind == TokenKind.Number)
            value = tokens[at].Value;
        else if (tokens[at].Kind != TokenKind.Word || !Words.TryGetValue(tokens[at].Lower, out value))
            return null;
        at++;
        while (at < tokens.Count && tokens[at].Lower is "hundred" or "thousand" or "million")
            factor *= tokens[at++].Lower switch { "hundred" => 100, "thousand" => 1000, _ => 1e6 };
        if (at < tokens.Count && tokens[at].Kind == TokenKind.Word && tokens[at].Lower.Length > 1 && Conventions.Unit(tokens[at].Lower) is > 0 and var unit)
            return (value * factor * unit, at + 1);
        return (value * factor, at);
    }

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
