using Copilot.Telemetry.Spans;
using Copilot.Telemetry.Time;

namespace Copilot.Analysis.Samples;

/// <summary>What was received for the traces of one window: all of them, or a uniform sample of whole traces.</summary>
public sealed class TelemetrySample
{
    public required TimeWindow Window { get; init; }

    public required IReadOnlyList<TraceId> TraceIds { get; init; }

    /// <summary>In any order; a trace's spans need not be adjacent.</summary>
    public required SampleSpan[] Spans { get; init; }

    public SampleLog[] Logs { get; init; } = [];

    /// <summary>How many traces each trace of the sample stands for; 1 where the sample holds all.</summary>
    public double Weight { get; init; } = 1;
}
