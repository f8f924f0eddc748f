using Copilot.Telemetry.Records;
using Copilot.Telemetry.Spans;

namespace Copilot.Store.Samples;

/// <summary>Whole traces whose root starts in a window: all of them, or a uniform share, and more of some services' traces.</summary>
public sealed class SampledTraces
{
    public required TimeWindow Window { get; init; }

    public required IReadOnlyList<TraceId> TraceIds { get; init; }

    /// <summary>Services and operations are ids of the store's dictionaries, peers and types of errors of <see cref="Names"/>.</summary>
    public required SampleSpan[] Spans { get; init; }

    public required NameTable Names { get; init; }

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

/// <summary>The lean columns of one log record of a sampled trace. The body is cut: templates stand at its beginning.</summary>
public readonly record struct SampledLog(long TimeNs, TraceId Trace, long Span, int Service, int Resource, short Severity, string Body);

/// <summary>One series of a resource metric over the time around a window; cumulative sums come as rates a second.</summary>
public sealed record SampledSeries(
    string Service,
    int Resource,
    string Metric,
    string Unit,
    IReadOnlyList<(long TimeNs, double Value)> Points
);
