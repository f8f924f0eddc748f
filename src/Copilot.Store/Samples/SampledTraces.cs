using Copilot.Telemetry.Spans;
using Copilot.Telemetry.Time;

namespace Copilot.Store.Samples;

/// <summary>Whole traces whose root starts in a window: all of them, or a uniform share.</summary>
public sealed class SampledTraces
{
    public required TimeWindow Window { get; init; }

    public required IReadOnlyList<TraceId> TraceIds { get; init; }

    public required SampledSpan[] Spans { get; init; }

    /// <summary>How many traces each one stands for.</summary>
    public required double Weight { get; init; }
}
