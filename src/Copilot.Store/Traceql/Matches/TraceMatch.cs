using Copilot.Telemetry.Spans;

namespace Copilot.Store.Traceql;

/// <summary>A trace that a query found.</summary>
/// <param name="RootService">Null where no span without a parent is there.</param>
/// <param name="StartNs">When its first span starts.</param>
/// <param name="DurationNs">From there to its last end.</param>
public sealed record TraceMatch(
    TraceId TraceId, string? RootService, string? RootName, long StartNs, long DurationNs, IReadOnlyList<SpansetMatch> Spansets)
{
    /// <summary>All services of the trace, whether the query found spans of them or not.</summary>
    public IReadOnlyList<ServiceShare> Services { get; init; } = [];
}
