namespace Copilot.Telemetry.Spans;

/// <summary>
/// The lean columns of one span of a sample. Names are numbers: the store reads services and operations as the ids of its dictionaries,
/// the analysis has all of them in one <see cref="NameTable"/>.
/// </summary>
public readonly record struct SampleSpan
{
    /// <summary>The trace's index among those of the sample.</summary>
    public required int Trace { get; init; }

    public required SpanId Id { get; init; }

    /// <summary>Empty where the span has no parent.</summary>
    public SpanId Parent { get; init; }

    public required int Service { get; init; }

    public required int Operation { get; init; }

    public required SpanKind Kind { get; init; }

    public SpanStatus Status { get; init; }

    public required long StartNs { get; init; }

    public required long DurationNs { get; init; }

    /// <summary>The pod or instance that sent the span.</summary>
    public int Instance { get; init; } = NameTable.None;

    /// <summary>A number for the resource that sent the span; -1 where that is not told.</summary>
    public int Resource { get; init; } = -1;

    /// <summary>The address of what a CLIENT or PRODUCER span called: <c>peer.service</c>, else <c>server.address</c>.</summary>
    public int Peer { get; init; } = NameTable.None;

    /// <summary>The call goes to a database or cache (<c>db.system.name</c> is set).</summary>
    public bool IsDatabase { get; init; }

    /// <summary>The call repeats another one (<c>http.request.resend_count</c> is above 0).</summary>
    public bool IsResent { get; init; }

    /// <summary><c>error.type</c> or <c>exception.type</c>, where there is one.</summary>
    public int ErrorType { get; init; } = NameTable.None;

    public SampleSpan() { }

    public long EndNs => StartNs + DurationNs;

    public bool Failed => Status == SpanStatus.Error;

    public bool IsCall => Kind is SpanKind.Client or SpanKind.Producer;
}
