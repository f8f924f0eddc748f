using Copilot.TraceQL.Syntax;

namespace Copilot.TraceQL.Parsing;

/// <summary>One token. <see cref="Text"/> is the symbol, the word, or the string's value.</summary>
internal readonly record struct Token(TokenKind Kind, string Text, SourceSpan At)
{
    /// <summary>An integer's magnitude or a duration's nanoseconds.</summary>
    public ulong Magnitude { get; init; }

    public double Float { get; init; }

    public AttributeReference? Attribute { get; init; }

    public bool IsSymbol(string symbol) => Kind == TokenKind.Symbol && Text == symbol;

    public bool IsWord(string word) => Kind == TokenKind.Word && Text == word;

    /// <summary>The token as an error names it.</summary>
    public string Described =>
        Kind switch
        {
            TokenKind.End => "end of the query",
            TokenKind.Text => $"string \"{Shortened(Text)}\"",
            TokenKind.Attribute => $"attribute {Shortened(Attribute!.ToString())}",
            TokenKind.Integer or TokenKind.Float or TokenKind.Duration => $"number {Shortened(Text)}",
            _ => $"`{Shortened(Text)}`",
        };

    private static string Shortened(string text) => text.Length <= 40 ? text : string.Concat(text.AsSpan(0, 40), "…");
}

internal enum TokenKind
{
    End,
    Symbol,
    Word,
    Text,
    Integer,
    Float,
    Duration,
    Attribute,
    ScopedIntrinsic,
}
