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
}
