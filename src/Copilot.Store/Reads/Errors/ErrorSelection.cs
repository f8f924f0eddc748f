using Copilot.Telemetry.Records;
using Copilot.Telemetry.Spans;
using Copilot.TraceQL.Syntax;

namespace Copilot.Store.Reads.Errors;

/// <summary>Which occurrences of errors are meant; everything given must hold.</summary>
public sealed record ErrorSelection
{
    /// <summary>When the exception was recorded, the log written, the failed span begun: [from, to).</summary>
    public required TimeWindow Window { get; init; }

    /// <summary>Empty: of all services but the copilot's own.</summary>
    public IReadOnlyList<string> Services { get; init; } = [];

    /// <summary>Over the occurrence: <c>exception.type</c>, <c>exception.message</c>, <c>exception.stacktrace</c> and <c>body</c> (the
    /// message) of whatever source; else attributes of the span or of the log record.</summary>
    public FieldExpression? Where { get; init; }

    /// <summary>Each is met by some span of the same trace.</summary>
    public IReadOnlyList<FieldExpression> InTrace { get; init; } = [];

    /// <summary>True: exceptions of failed spans only; false: of spans that did not fail, which were handled; null: of both.</summary>
    public bool? Failed { get; init; }
}

/// <summary>Equal errors: the same service and type, and messages that differ in numbers and ids at most.</summary>
public sealed record ErrorOccurrences
{
    public required string Service { get; init; }

    /// <summary>The exception's; null where none is told.</summary>
    public required string? Type { get; init; }

    /// <summary>As one of them wrote it.</summary>
    public required string? Message { get; init; }

    public required long Count { get; init; }

    public required DateTimeOffset FirstSeen { get; init; }

    public required DateTimeOffset LastSeen { get; init; }

    /// <summary>Newest first.</summary>
    public required IReadOnlyList<TraceId> Traces { get; init; }

    /// <summary>Of one of them.</summary>
    public required string? StackTrace { get; init; }
}
