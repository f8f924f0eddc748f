namespace Copilot.TraceQL.Fields;

/// <summary>What a literal is.</summary>
public enum LiteralKind
{
    Nil,
    Integer,
    Float,
    Duration,
    Text,
    Boolean,
    Status,
    SpanKind,
}
