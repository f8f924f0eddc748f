namespace Copilot.Analysis.Traces;

/// <summary>One request to a service: an entry span with everything that the service did for it.</summary>
public sealed class Request
{
    /// <summary>The entry span's index in the sample.</summary>
    public required int Span { get; init; }

    public required int Trace { get; init; }

    public required int Service { get; init; }

    public required int Operation { get; init; }

    public required int Instance { get; init; }

    public required bool Failed { get; init; }

    public required long StartNs { get; init; }

    public required double DurationMs { get; init; }

    /// <summary>The request that called this one, an index into <see cref="RequestSet.Requests"/>, or -1.</summary>
    public required int Caller { get; init; }

    /// <summary>A request by the contract's terms: kind SERVER or CONSUMER, or no parent. Others only lack their parent.</summary>
    public required bool IsEntry { get; init; }

    /// <summary>One of a uniform sample of its service's requests, and whole; others show only what became of the requests they called and were called by.</summary>
    public required bool Counts { get; init; }

    /// <summary>Time in which the service itself (or its database) worked: the duration without what other services and peers took.</summary>
    public double OwnMs { get; set; }

    public List<Call> Calls { get; } = [];

    /// <summary>What happened, as distinct event numbers in ascending order: inner operations, calls, log messages.</summary>
    public int[] Events { get; set; } = [];

    /// <summary>The error type with which it failed, where the spans tell.</summary>
    public int ErrorType { get; set; } = -1;
}
