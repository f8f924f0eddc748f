using Copilot.TraceQL.Syntax;

namespace Copilot.TraceQL.Parsing;

/// <summary>Cuts a query's text into tokens.</summary>
internal sealed class Lexer(string text)
{
    /// <summary>Longest first, so that the first that fits is the right one.</summary>
    private static readonly string[] Symbols =
    [
        "!>>",
        "!<<",
        "&>>",
        "&<<",
        "&&",
        "||",
        "!=",
        "!~",
        "!>",
        "!<",
        "=~",
        ">>",
        "<<",
        ">=",
        "<=",
        "&>",
        "&<",
        "&~",
        "{",
        "}",
        "(",
        ")",
        ",",
        "=",
        "<",
        ">",
        "~",
        "!",
        "+",
        "-",
        "*",
        "/",
        "%",
        "^",
        "|",
    ];

    private readonly List<Token> _tokens = [];
    private int _at;

    public List<Token> Tokenize()
    {
        if (text.Length > TraceQlParser.MaxLength)
            throw new SyntaxException(
                $"the query is longer than {TraceQlParser.MaxLength / 1024} KiB",
                new SourceSpan(TraceQlParser.MaxLength, 0)
            );
        while (true)
        {
            SkipSpace();
            if (_at >= text.Length)
                break;
            _tokens.Add(Next());
        }

        _tokens.Add(new Token(TokenKind.End, "", new SourceSpan(text.Length, 0)));
        return _tokens;
    }

    private void SkipSpace()
    {
        while (_at < text.Length)
        {
            if (char.IsWhiteSpace(text[_at]))
                _at++;
            else if (Ahead("//"))
                _at = text.IndexOf('\n', _at) is var end and >= 0 ? end : text.Length;
            else if (Ahead("/*"))
                _at = text.IndexOf("*/", _at + 2, StringComparison.Ordinal) is var end and >= 0
                    ? end + 2
                    : throw new SyntaxException("the comment is not closed, expected */", new SourceSpan(_at, 2));
            else
                break;
        }
    }

    private Token Next()
    {
        var start = _at;
        var c = text[_at];
        if (c is '"' or '`')
            return Keywords.ReadString(text, ref _at);
        if (char.IsAsciiDigit(c) || (c == '.' && _at + 1 < text.Length && char.IsAsciiDigit(text[_at + 1])))
            return Numbers.Read(text, ref _at);
        if (c == '.')
            return Attribute(start, AttributeScope.Any);
        if (char.IsLetter(c) || c == '_')
            return WordOrAttribute(start);
        foreach (var symbol in Symbols)
        {
            if (!Ahead(symbol))
                continue;
            _at += symbol.Length;
            return new Token(TokenKind.Symbol, symbol, Since(start));
        }

        throw new SyntaxException(Keywords.Unexpected(text, start), new SourceSpan(start, 1));
    }

    private Token WordOrAttribute(int start)
    {
        while (_at < text.Length && (char.IsLetterOrDigit(text[_at]) || text[_at] == '_'))
            _at++;
        var word = text[start.._at];
        if (_at < text.Length && text[_at] == '.' && Keywords.Scopes.TryGetValue(word, out var scope))
            return Attribute(start, scope);
        if (_at < text.Length && text[_at] == '.' && word == "parent")
            return ParentAttribute(start);
        if (_at + 1 < text.Length && text[_at] == ':' && Keywords.IntrinsicScopes.Contains(word) && char.IsLetter(text[_at + 1]))
            return ScopedIntrinsic(start);
        return new Token(TokenKind.Word, word, Since(start));
    }

    private Token ParentAttribute(int start)
    {
        var rest = text.AsSpan(_at + 1);
        foreach (var (word, scope) in AttributeNames.ParentScopes)
        {
            if (!rest.StartsWith(word, StringComparison.Ordinal))
                continue;
            _at += word.Length;
            return Attribute(start, scope, ofParent: true);
        }

        return Attribute(start, AttributeScope.Any, ofParent: true);
    }

    private Token Attribute(int start, AttributeScope scope, bool ofParent = false)
    {
        _at++;
        var nameStart = _at;
        var name = Keywords.ReadAttributeName(text, ref _at, start);
        if (_at == nameStart)
            throw new SyntaxException($"an attribute's name must follow `{text[start.._at]}` without a space", Since(start));
        var attribute = new AttributeReference(scope, name, ofParent) { At = Since(start) };
        return new Token(TokenKind.Attribute, text[start.._at], Since(start)) { Attribute = attribute };
    }

    private Token ScopedIntrinsic(int start)
    {
        _at++;
        while (_at < text.Length && (char.IsLetterOrDigit(text[_at]) || text[_at] == '_'))
            _at++;
        return new Token(TokenKind.ScopedIntrinsic, text[start.._at], Since(start));
    }

    private bool Ahead(string symbol) => string.CompareOrdinal(text, _at, symbol, 0, symbol.Length) == 0;

    private SourceSpan Since(int start) => new(start, _at - start);
}
