using Copilot.Telemetry.Records;
using Copilot.Telemetry.Spans;

namespace Copilot.Analysis.Samples;

/// <summary>What was received for the traces of one window: all of them, or a uniform sample of whole traces, to which more traces of
/// some services may have been added.</summary>
public sealed class TelemetrySample
{
    public required TimeWindow Window { get; init; }

    public required IReadOnlyList<TraceId> TraceIds { get; init; }

    /// <summary>In any order; a trace's spans need not be adjacent.</summary>
    public required SampleSpan[] Spans { get; init; }

    public SampleLog[] Logs { get; init; } = [];

    /// <summary>How many traces each trace of the uniform sample stands for; 1 where the sample holds all.</summary>
    public double Weight { get; init; } = 1;

    /// <summary>So many of the first traces are the uniform sample: all, where none were added.</summary>
    public int Uniform
    {
        get => field < 0 ? TraceIds.Count : field;
        init;
    } = -1;

    /// <summary>All requests of the window by service (its name's number), where they were counted apart from the sample; null: the sample
    /// holds all.</summary>
    public IReadOnlyDictionary<int, ServiceCount>? Counted { get; init; }

    /// <summary>The added traces, each with the services it was added for.</summary>
    public IReadOnlySet<(int Trace, int Service)> Added { get; init; } = new HashSet<(int, int)>();

    /// <summary>The moments whose spans may still be on their way when the sample was taken; null: all has come.</summary>
    public TimeWindow? Arriving { get; init; }

    /// <summary>
    /// Traces that reach into those moments. Every process exports every few seconds, each at moments of its own: a callee whose span
    /// is not there yet looks like one that is gone, and what it took like its caller's own.
    /// </summary>
    public IReadOnlySet<int> Incomplete =>
        field ??= Arriving is { } arriving
            ? Spans.Where(s => s.EndNs > arriving.FromNs && s.EndNs <= arriving.ToNs).Select(s => s.Trace).ToHashSet()
            : [];

    /// <summary>
    /// Whether a trace tells how a service usually does. Traces added for one service say too much of what happens to others when they
    /// call it.
    /// </summary>
    public bool TellsOf(int trace, int service) => !Incomplete.Contains(trace) && (trace < Uniform || Added.Contains((trace, service)));
}
