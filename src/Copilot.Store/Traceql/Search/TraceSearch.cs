using Copilot.Telemetry.Time;
using Copilot.TraceQL;

namespace Copilot.Store.Traceql;

/// <summary>A search for traces.</summary>
public sealed record TraceSearch
{
    /// <summary>A query that finds spans; it must have been checked.</summary>
    public required TraceQlQuery Query { get; init; }

    /// <summary>The spans looked at start in it.</summary>
    public required TimeWindow Window { get; init; }

    /// <summary>How many traces to return at most, latest first.</summary>
    public int Limit { get; init; } = 20;

    /// <summary>How many spans of each spanset to return at most.</summary>
    public int SpansPerSpanset { get; init; } = 3;
}
