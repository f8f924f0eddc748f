namespace Copilot.TraceQL.Parsing;

/// <summary>The tokens of a query and how far the parser has come; shared by the parser's parts.</summary>
internal sealed class TokenReader(string text, bool lenient)
{
    /// <summary>Brackets in brackets; each costs the parser a few frames of its stack.</summary>
    private const int MaxNesting = 200;

    /// <summary>Levels of a tree; a chain of <c>||</c> is one level an operator.</summary>
    private const int MaxDepth = 1000;

    private readonly List<Token> _tokens = new Lexer(text).Tokenize();
    private int _at;
    private int _nesting;

    /// <summary>Whether unfinished comparisons are let through, for completion.</summary>
    public bool Lenient { get; } = lenient;

    public Token Current => _tokens[_at];

    public Token Next => _tokens[Math.Min(_at + 1, _tokens.Count - 1)];

    public Token Previous => _tokens[Math.Max(_at - 1, 0)];

    public Token Take() => _tokens[_at < _tokens.Count - 1 ? _at++ : _at];

    public bool TakeIf(string symbol)
    {
        if (!Current.IsSymbol(symbol))
            return false;
        _at++;
        return true;
    }

    public Token Expect(string symbol)
    {
        if (!Current.IsSymbol(symbol))
            throw Unexpected($"`{symbol}`");
        return Take();
    }

    /// <summary>A keyword counts only where its bracket follows, so that nothing else is mistaken for one.</summary>
    public bool AtCall(string word) => Current.IsWord(word) && Next.IsSymbol("(");

    public SyntaxException Unexpected(string expected) => new($"unexpected {Current.Described}, expected {expected}", Current.At);

    public void Enter()
    {
        if (++_nesting > MaxNesting)
            throw new SyntaxException($"the query is nested more than {MaxNesting} brackets deep", Current.At);
    }

    public void Leave() => _nesting--;

    public void CheckDepth(int depth)
    {
        if (depth > MaxDepth)
            throw new SyntaxException($"the query has more than {MaxDepth} operators in a row", Previous.At);
    }
}
