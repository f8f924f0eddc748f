using System.Globalization;
using System.Text;
using Copilot.TraceQL.Syntax;

namespace Copilot.TraceQL.Parsing;

/// <summary>The lexical rules of names and strings.</summary>
internal static class Keywords
{
    public static readonly Dictionary<string, AttributeScope> Scopes = new()
    {
        ["span"] = AttributeScope.Span,
        ["resource"] = AttributeScope.Resource,
        ["event"] = AttributeScope.Event,
        ["link"] = AttributeScope.Link,
        ["instrumentation"] = AttributeScope.Instrumentation,
    };

    public static readonly HashSet<string> IntrinsicScopes = ["trace", "span", "event", "link", "instrumentation"];

    /// <summary>Reads a name up to the first character that cannot be part of one; parts of it may be quoted.</summary>
    public static string ReadAttributeName(string text, ref int at, int tokenStart)
    {
        var name = new StringBuilder();
        while (at < text.Length && AttributeNames.IsCharacter(text[at]))
        {
            if (text[at] == '"')
                ReadQuotedPart(text, ref at, tokenStart, name);
            else
                name.Append(text[at++]);
        }

        return name.ToString();
    }

    private static void ReadQuotedPart(string text, ref int at, int tokenStart, StringBuilder name)
    {
        for (at++; at < text.Length && text[at] != '"'; at++)
        {
            if (text[at] == '\\' && (++at >= text.Length || text[at] is not ('"' or '\\')))
                throw new SyntaxException(
                    "only \\\" and \\\\ can be escaped in a quoted attribute name",
                    new SourceSpan(tokenStart, at - tokenStart)
                );
            name.Append(text[at]);
        }

        if (at >= text.Length)
            throw new SyntaxException("the quoted attribute name is not closed, expected \"", new SourceSpan(tokenStart, at - tokenStart));
        at++;
    }

    public static Token ReadString(string text, ref int at)
    {
        var start = at;
        var quote = text[at++];
        var value = new StringBuilder();
        while (at < text.Length && text[at] != quote)
        {
            if (quote == '"' && text[at] == '\n')
                break;
            if (quote == '"' && text[at] == '\\')
                ReadEscape(text, ref at, value);
            else
                value.Append(text[at++]);
        }

        if (at >= text.Length || text[at] != quote)
            throw new SyntaxException($"the string is not closed, expected {quote}", new SourceSpan(start, at - start));
        at++;
        return new Token(TokenKind.Text, value.ToString(), new SourceSpan(start, at - start));
    }

    private static void ReadEscape(string text, ref int at, StringBuilder value)
    {
        var start = at++;
        var c = at < text.Length ? text[at++] : '\0';
        switch (c)
        {
            case 'n':
                value.Append('\n');
                break;
            case 't':
                value.Append('\t');
                break;
            case 'r':
                value.Append('\r');
                break;
            case 'a':
                value.Append('\a');
                break;
            case 'b':
                value.Append('\b');
                break;
            case 'f':
                value.Append('\f');
                break;
            case 'v':
                value.Append('\v');
                break;
            case '"' or '\\':
                value.Append(c);
                break;
            case 'x':
                AppendCode(text, ref at, 2, start, value);
                break;
            case 'u':
                AppendCode(text, ref at, 4, start, value);
                break;
            case 'U':
                AppendCode(text, ref at, 8, start, value);
                break;
            default:
                throw new SyntaxException(
                    "an unknown escape in the string; in a regular expression write \\\\ for \\, or use back quotes",
                    new SourceSpan(start, 2)
                );
        }
    }

    private static void AppendCode(string text, ref int at, int digits, int start, StringBuilder value)
    {
        var valid =
            at + digits <= text.Length
            & uint.TryParse(
                text.AsSpan(at, Math.Min(digits, text.Length - at)),
                NumberStyles.AllowHexSpecifier,
                CultureInfo.InvariantCulture,
                out var code
            );
        if (!valid || !Rune.IsValid(code))
            throw new SyntaxException($"\\{text[start + 1]} wants {digits} hexadecimal digits of a character", new SourceSpan(start, 2));
        value.Append(new Rune(code).ToString());
        at += digits;
    }

    public static string Unexpected(string text, int at) =>
        text[at] switch
        {
            '\'' => "unexpected `'`; strings are written in double quotes or back quotes",
            '&' => "unexpected `&`; did you mean `&&`?",
            ':' => "unexpected `:`; scoped intrinsics begin with trace:, span:, event:, link: or instrumentation:",
            '[' or ']' => $"unexpected `{text[at]}`; there are no lists or indexes in TraceQL",
            _ => $"unexpected `{(char.IsSurrogate(text[at]) && at + 1 < text.Length ? text.Substring(at, 2) : text[at].ToString())}`",
        };
}
