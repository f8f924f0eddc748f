using Copilot.TraceQL.Fields;

namespace Copilot.TraceQL.Parsing.Tokens;

/// <summary>Values as tokens and keywords write them.</summary>
internal static class Literals
{
    public static Literal? Keyword(string word) => word switch
    {
        "true" => Literal.Of(true),
        "false" => Literal.Of(false),
        "nil" => Literal.Nil(),
        "minInt" => Literal.Of(long.MinValue),
        "maxInt" => Literal.Of(long.MaxValue),
        _ when IndexOf(Literal.StatusNames, word) is var code and >= 0 => Literal.Status(code),
        _ when IndexOf(Literal.KindNames, word) is var code and >= 0 => Literal.SpanKind(code),
        _ => null,
    };

    public static Literal Read(Token token, bool negative)
    {
        if (token.Kind == TokenKind.Integer && token.Magnitude > long.MaxValue && !negative)
            throw new SyntaxException("the number is too large, integers have 64 bits", token.At);
        var literal = token.Kind switch
        {
            TokenKind.Text => Literal.Of(token.Text),
            TokenKind.Float => Literal.Of(token.Float),
            TokenKind.Duration => Literal.Nanoseconds((long)token.Magnitude),
            _ => Literal.Of(unchecked((long)token.Magnitude)),
        };
        return (negative ? literal.Negated() : literal) with { At = token.At };
    }

    private static int IndexOf(IReadOnlyList<string> names, string word)
    {
        for (var i = 0; i < names.Count; i++)
        {
            if (names[i] == word)
                return i;
        }

        return -1;
    }
}
