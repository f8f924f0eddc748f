using Copilot.Telemetry.Spans;

namespace Copilot.Store.Instrumentation;

/// <summary>
/// One side of a call whose other side hangs on it nowhere: a request without a parent, or a call below which no other service's span
/// is. What strangers' spans say, as it is.
/// </summary>
public sealed record CallSide
{
    public required TraceId TraceId { get; init; }

    public required SpanId SpanId { get; init; }

    public required string Service { get; init; }

    public required SpanKind Kind { get; init; }

    /// <summary>The span's name.</summary>
    public required string Operation { get; init; }

    public required long StartNs { get; init; }

    public required long DurationNs { get; init; }

    /// <summary>It has no parent: the first span of its trace.</summary>
    public bool IsRoot { get; init; }

    public string? Method { get; init; }

    public string? Route { get; init; }

    /// <summary>Without the query.</summary>
    public string? Path { get; init; }

    /// <summary>Of a call: what it is sent to. Of a request: what it was addressed to.</summary>
    public string? Address { get; init; }

    /// <summary>Of a call: the name under which the rollups count what it is sent to.</summary>
    public string? Peer { get; init; }

    public string? RpcService { get; init; }

    public string? RpcMethod { get; init; }

    /// <summary>Of messages: the queue or topic.</summary>
    public string? Destination { get; init; }

    /// <summary>db.system or messaging.system.</summary>
    public string? System { get; init; }

    public bool IsDatabase { get; init; }

    public string? UserAgent { get; init; }

    /// <summary>The spans that it links to.</summary>
    public IReadOnlyList<SpanId> Links { get; init; } = [];

    public long EndNs => StartNs + DurationNs;

    public bool IsEntry => Kind is SpanKind.Server or SpanKind.Consumer;
}

/// <summary>Calls of one service to another that hang together in one trace.</summary>
/// <param name="Address">What the caller's spans name; null where they name nothing.</param>
public sealed record KeptCalls(string Caller, string Callee, string? Address, bool Messages, long Count);

/// <summary>Requests whose parent is named and was never received.</summary>
public sealed record LostParents(string Service, long Requests, long Missing);

/// <summary>How many calls each caller made to an address that sends no spans for them, by all that was received.</summary>
public sealed record PeerCalls(string Address, string Caller, long Calls, long Failed);
