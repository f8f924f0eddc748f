using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Copilot.Telemetry.Records;
using Copilot.Telemetry.Spans;

namespace Copilot.Store.Reads.Traces;

/// <summary>One trace with all that hangs on it.</summary>
/// <param name="Spans">By their start.</param>
/// <param name="Logs">Records that name the trace, oldest first.</param>
/// <param name="Metrics">Of the resources that took part, from a minute before to a minute after.</param>
/// <param name="Changes">To the services that took part, in the half hour before its end, newest first.</param>
public sealed record TraceDetail(
    TraceId TraceId,
    TimeWindow Extent,
    IReadOnlyList<SpanDetail> Spans,
    IReadOnlyList<LogLine> Logs,
    IReadOnlyList<MetricReading> Metrics,
    IReadOnlyList<Change> Changes
)
{
    /// <summary>What links to its spans from elsewhere, by start, at most <see cref="LinkReads.Most"/>.</summary>
    public IReadOnlyList<IncomingLink> LinkedFrom { get; init; } = [];
}

/// <summary>One span with everything that was received of it.</summary>
public sealed record SpanDetail : TraceSpan
{
    public SpanDetail() { }

    [SetsRequiredMembers]
    internal SpanDetail(TraceSpan span)
        : base(span) => Scope = string.Empty;

    public string? TraceState { get; init; }

    public required string Scope { get; init; }

    public string ScopeVersion { get; init; } = string.Empty;

    /// <summary>A JSON object; undefined where nothing was read.</summary>
    public JsonElement ScopeAttributes { get; init; }

    /// <summary>An object; the promoted attributes are in it again.</summary>
    public required JsonElement Attributes { get; init; }

    /// <summary>An object: the resource's attributes.</summary>
    public required JsonElement Resource { get; init; }

    /// <summary>An array of <c>{"t": ns after the span's start, "n": name, "a": {…}}</c>.</summary>
    public required JsonElement Events { get; init; }

    /// <summary>An array of <c>{"t": trace id, "s": span id, "st": trace state, "a": {…}}</c>.</summary>
    public required JsonElement Links { get; init; }

    public required int ResourceId { get; init; }
}

/// <summary>What one metric of a resource read around the time of a trace.</summary>
/// <param name="Instance">The pod, host or instance that it is of; null where the resource names none.</param>
/// <param name="Points">Oldest first. For histograms the mean of what the point counts.</param>
/// <param name="Exemplar">A point carries an exemplar of this very trace.</param>
public sealed record MetricReading(
    string Service,
    string? Instance,
    string Name,
    string Unit,
    JsonElement Attributes,
    IReadOnlyList<MetricReadingPoint> Points,
    bool Exemplar
);

public readonly record struct MetricReadingPoint(DateTimeOffset Time, double Value);
