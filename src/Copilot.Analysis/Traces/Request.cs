using Copilot.Analysis.Samples;
using Copilot.Telemetry.Spans;

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

    /// <summary>One of a uniform sample of its service's requests, and whole; others show only what became of the requests they called and
    /// were called by.</summary>
    public required bool Counts { get; init; }

    /// <summary>Time in which the service itself (or its database) worked: the duration without what other services and peers
    /// took.</summary>
    public double OwnMs { get; set; }

    public List<Call> Calls { get; } = [];

    /// <summary>What happened, as distinct event numbers in ascending order: inner operations, calls, log messages.</summary>
    public int[] Events { get; set; } = [];

    /// <summary>The error type with which it failed, where the spans tell.</summary>
    public int ErrorType { get; set; } = -1;
}

/// <summary>One call from a request to another service or to a peer.</summary>
public readonly record struct Call
{
    /// <summary>The calling span's index in the sample.</summary>
    public required int Span { get; init; }

    /// <summary>The name of the called service or peer, or -1 where nothing tells.</summary>
    public required int Callee { get; init; }

    /// <summary>The called request, an index into <see cref="RequestSet.Requests"/>, or -1: the callee sent nothing.</summary>
    public required int Request { get; init; }

    public required double DurationMs { get; init; }

    /// <summary>Time between the two: the call's duration without the callee's. For a message, how long it waited.</summary>
    public required double GapMs { get; init; }

    public required bool Failed { get; init; }

    /// <summary>A message whose receiver works after the sender went on.</summary>
    public required bool IsMessage { get; init; }

    public required bool IsDatabase { get; init; }

    /// <summary>The callee worked on longer than the call lasted: nobody waited for its answer.</summary>
    public bool IsGivenUp { get; init; }

    /// <summary>The same was asked of the same callee before, and that came to nothing.</summary>
    public bool IsFurtherTry { get; init; }
}

/// <summary>A sample seen as requests that call each other.</summary>
public sealed class RequestSet
{
    public required TelemetrySample Sample { get; init; }

    public required CallForest Forest { get; init; }

    /// <summary>Callers come before the requests they made.</summary>
    public required IReadOnlyList<Request> Requests { get; init; }

    /// <summary>Per span, the request it belongs to.</summary>
    public required int[] RequestOf { get; init; }

    public int TraceCount => Sample.TraceIds.Count;

    /// <summary>False where the caller sends no span for the call: the callee's hangs right under its work.</summary>
    public bool IsAnnounced(Call call) => call.Request < 0 || Forest.Spans[call.Span].IsCall;

    /// <summary>The span that shows when the call began and ended: the caller's where there is one.</summary>
    public SampleSpan SpanOf(Call call) => Forest.Spans[IsAnnounced(call) ? call.Span : Requests[call.Request].Span];
}
