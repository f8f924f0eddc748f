namespace Copilot.Telemetry.Records;

/// <summary>
/// Which traces, as a question asks for them and as the reads take them; everything set must hold. With services (or operations)
/// named, latency is that of their entry spans; without, the root's. Turns of conversations keep it by the names of its members.
/// </summary>
public sealed record TraceSelection
{
    /// <summary>What is listed where nobody gives a number; the contract promises at least the first 100.</summary>
    public const int UsualLimit = 100;

    /// <summary>Any span of the trace has status ERROR.</summary>
    public bool Failed { get; init; }

    /// <summary>No span of the trace has status ERROR.</summary>
    public bool Succeeded { get; init; }

    /// <summary>The failure must be one of the named service's own requests ("failed payment requests", "failed searches"), not just
    /// somewhere in a trace that passes through it. Without a service there is nobody whose own request is meant: any error will
    /// do.</summary>
    public bool FailedAtService { get; init; }

    /// <summary>Longer than the mean of its own service and operation in the window.</summary>
    public bool Slow { get; init; }

    /// <summary>Strictly longer than this.</summary>
    public TimeSpan? LongerThan { get; init; }

    /// <summary>Strictly shorter than this.</summary>
    public TimeSpan? ShorterThan { get; init; }

    /// <summary>The root span has no error and a span below it has.</summary>
    public bool RootFineButFailedBelow { get; init; }

    public TraceOrder Order { get; init; }

    /// <summary>How many to show; null for <see cref="UsualLimit"/>.</summary>
    public int? Limit { get; init; }

    /// <summary>A log record of the trace contains this text, whatever its case.</summary>
    public string? LogText { get; init; }

    /// <summary>The least severityNumber of such a log record.</summary>
    public int? LogSeverity { get; init; }
}
