using Copilot.Telemetry.Spans;
using Copilot.Telemetry.Time;

namespace Copilot.Store.Samples;

/// <summary>Whole traces whose root starts in a window: all of them, or a uniform share, and more of some services' traces.</summary>
public sealed class SampledTraces
{
    public required TimeWindow Window { get; init; }

    public required IReadOnlyList<TraceId> TraceIds { get; init; }

    public required SampledSpan[] Spans { get; init; }

    /// <summary>How many traces each one of the uniform share stands for.</summary>
    public required double Weight { get; init; }

    /// <summary>So many of the first traces are the uniform share.</summary>
    public required int Uniform { get; init; }

    /// <summary>
    /// Of which services (ids of the dictionary) more traces were read, and which (indexes): of each service these are a uniform share of
    /// all traces that it takes part in.
    /// </summary>
    public IReadOnlySet<(int Trace, int Service)> Added { get; init; } = new HashSet<(int, int)>();
}
