using Copilot.Analysis.Samples;

namespace Copilot.Analysis.Traces;

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
