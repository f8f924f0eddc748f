namespace Copilot.TraceQL;

/// <summary>A query that cannot run.</summary>
public sealed class TraceQlException : Exception
{
    public TraceQlException(TraceQlError error)
        : base(error.ToString()) => Error = error;

    public TraceQlError Error { get; }
}
