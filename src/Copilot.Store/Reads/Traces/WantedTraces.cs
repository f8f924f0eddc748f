using Copilot.Store.Reads.Filters;
using Copilot.Telemetry.Records;

namespace Copilot.Store.Reads.Traces;

/// <summary>
/// The traces of a window that are wanted; everything set must hold. With services (or operations) named, a trace belongs to the
/// window when one of their entry spans starts in it; without, when its root span does.
/// </summary>
public sealed record WantedTraces
{
    public required TimeWindow Window { get; init; }

    public SpanFilter Filter { get; init; } = SpanFilter.All;

    /// <summary>No span of the trace is of one of these services.</summary>
    public IReadOnlyList<string> WithoutServices { get; init; } = [];

    public TraceSelection Selection { get; init; } = new();

    /// <summary>Whose entry spans the traces are found by is named.</summary>
    internal bool NamesRequests => Filter.Services.Count > 0 || Filter.Operations.Count > 0;
}
