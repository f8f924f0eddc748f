namespace Copilot.TraceQL.Parsing;

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
