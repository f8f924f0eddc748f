using Copilot.Store.Reads.Filters;
using Copilot.Telemetry.Records;

namespace Copilot.Store.Reads.Traces;

/// <summary>
/// Which traces are wanted; everything set must hold. With services (or operations) named, a trace belongs to the window when one of
/// their entry spans starts in it, and latency is theirs; without, when its root span does, and latency is the root's.
/// </summary>
public sealed record TraceSelection
{
    public required TimeWindow Window { get; init; }

    public SpanFilter Filter { get; init; } = SpanFilter.All;

    /// <summary>Any span of the trace has status ERROR.</summary>
    public bool Failed { get; init; }

    /// <summary>An entry span that the filter names has status ERROR.</summary>
    public bool RequestFailed { get; init; }

    /// <summary>No span of the trace has status ERROR.</summary>
    public bool WithoutErrors { get; init; }

    /// <summary>Longer than the mean of its own service and operation in the window.</summary>
    public bool Slow { get; init; }

    /// <summary>The root span has no error.</summary>
    public bool RootFine { get; init; }

    /// <summary>No span of the trace is of one of these services.</summary>
    public IReadOnlyList<string> WithoutServices { get; init; } = [];

    /// <summary>Strictly longer than this.</summary>
    public TimeSpan? LongerThan { get; init; }

    /// <summary>Strictly shorter than this.</summary>
    public TimeSpan? ShorterThan { get; init; }

    /// <summary>A log record of the trace contains this text, whatever its case.</summary>
    public string? LogText { get; init; }

    /// <summary>The least severityNumber of such a log record.</summary>
    public int? LogSeverity { get; init; }

    public TraceOrder Order { get; init; } = TraceOrder.Newest;

    public int Limit { get; init; } = 100;
}
