namespace Copilot.TraceQL.Parsing.Tokens;

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
