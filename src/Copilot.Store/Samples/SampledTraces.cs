using Copilot.Telemetry.Records;
using Copilot.Telemetry.Spans;

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

/// <summary>The lean columns of one span; ids are those of the store's dictionaries.</summary>
public readonly record struct SampledSpan
{
    /// <summary>Index in <see cref="SampledTraces.TraceIds"/>.</summary>
    public required int Trace { get; init; }

    public required long Id { get; init; }

    /// <summary>0: no parent.</summary>
    public required long Parent { get; init; }

    public required long StartNs { get; init; }

    public required long DurationNs { get; init; }

    public required int Service { get; init; }

    public required int Operation { get; init; }

    public required int Resource { get; init; }

    public required byte Kind { get; init; }

    public required byte Status { get; init; }

    public required bool IsDatabase { get; init; }

    /// <summary>What a CLIENT or PRODUCER span called: <c>peer.service</c>, else <c>server.address</c> and its older names.</summary>
    public string? Peer { get; init; }

    /// <summary>An HTTP call sent again (<c>http.request.resend_count</c>, once <c>http.resend_count</c>).</summary>
    public bool IsResent { get; init; }

    public string? ErrorType { get; init; }
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
