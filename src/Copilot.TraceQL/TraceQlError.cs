namespace Copilot.TraceQL;

/// <summary>What is wrong with a query, where, and what to do about it.</summary>
public sealed record TraceQlError
{
    /// <summary>What kind of trouble it is.</summary>
    public required TraceQlErrorKind Kind { get; init; }

    /// <summary>One sentence for a person: what was found and what was expected.</summary>
    public required string Message { get; init; }

    /// <summary>Line of the query's text, from 1.</summary>
    public required int Line { get; init; }

    /// <summary>Column in that line, from 1, counted in characters.</summary>
    public required int Column { get; init; }

    /// <summary>How many UTF-16 units the trouble spans, for marking it; 0 at the end of the text.</summary>
    public int Length { get; init; }

    /// <summary>A hint what was probably meant; null where there is none.</summary>
    public string? Hint { get; init; }

    /// <summary>A whole query that is valid and probably meant; null where there is none.</summary>
    public string? Fix { get; init; }

    public override string ToString() =>
        Kind == TraceQlErrorKind.Syntax
            ? $"parse error at line {Line}, column {Column}: {Message}"
            : $"line {Line}, column {Column}: {Message}";
}

/// <summary>Why a query cannot run.</summary>
public enum TraceQlErrorKind
{
    /// <summary>It is not TraceQL.</summary>
    Syntax,

    /// <summary>It is TraceQL that means nothing: types that do not fit, arguments out of range.</summary>
    Invalid,

    /// <summary>It means something that is not supported, here or in Tempo.</summary>
    Unsupported,
}

/// <summary>A query that cannot run.</summary>
public sealed class TraceQlException : Exception
{
    public TraceQlException(TraceQlError error)
        : base(error.ToString()) => Error = error;

    public TraceQlError Error { get; }
}
