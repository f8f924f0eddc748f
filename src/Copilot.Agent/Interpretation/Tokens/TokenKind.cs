namespace Copilot.Agent.Interpretation.Tokens;

internal enum TokenKind
{
    Word,
    Number,
    Percent,
    Duration,
    Clock,
    Instant,
    Date,
    Version,
    Quoted,
    Path,
    TraceId,
    SpanId,
    Symbol,
}
