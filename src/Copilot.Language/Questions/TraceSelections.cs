using Copilot.Telemetry.Records;

namespace Copilot.Language.Questions;

/// <summary>Which traces; everything set must hold. See the terms of the ask API for failed and slow.</summary>
public sealed record PlannedTraceList
{
    /// <summary>Any span has status ERROR; with a service named, see <see cref="FailedAtService"/>.</summary>
    public bool Failed { get; init; }

    /// <summary>No span has status ERROR.</summary>
    public bool Succeeded { get; init; }

    /// <summary>The failure must be one of the named service's own requests ("failed payment requests", "failed searches"), not just
    /// somewhere in
    /// a trace that passes through it.</summary>
    public bool FailedAtService { get; init; }

    /// <summary>Above-average latency.</summary>
    public bool Slow { get; init; }

    public TimeSpan? LongerThan { get; init; }

    public TimeSpan? ShorterThan { get; init; }

    /// <summary>The root span has no error and a span below it has.</summary>
    public bool RootFineButFailedBelow { get; init; }

    public TraceOrder Order { get; init; }

    /// <summary>How many to show; null for all.</summary>
    public int? Limit { get; init; }

    /// <summary>Text that a log record of the trace contains.</summary>
    public string? LogText { get; init; }

    /// <summary>A lower bound of the severity of such a log record.</summary>
    public int? LogSeverity { get; init; }
}
