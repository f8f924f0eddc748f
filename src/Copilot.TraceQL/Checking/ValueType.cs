namespace Copilot.TraceQL;

/// <summary>What kind of value an expression has, as far as the query alone tells.</summary>
public enum ValueType
{
    /// <summary>An attribute may hold anything.</summary>
    Unknown,
    Nil,
    Integer,
    Float,
    Duration,
    Text,
    Boolean,
    Status,
    SpanKind,
}
