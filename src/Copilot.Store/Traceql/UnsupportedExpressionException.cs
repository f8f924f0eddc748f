using Copilot.TraceQL;

namespace Copilot.Store.Traceql;

/// <summary>A query that is valid but that the store cannot answer; the message says what to do instead.</summary>
public sealed class UnsupportedExpressionException : Exception
{
    public UnsupportedExpressionException(string message, SourceSpan at)
        : base(message) => At = at;

    /// <summary>Where in the query's text the trouble stands.</summary>
    public SourceSpan At { get; }
}
