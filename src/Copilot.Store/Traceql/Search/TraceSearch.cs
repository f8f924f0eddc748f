using System.Text.Json;
using Copilot.Store.Traceql.Plans;
using Copilot.Telemetry.Records;
using Copilot.Telemetry.Spans;
using Copilot.TraceQL.Syntax;

namespace Copilot.Store.Traceql.Search;

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

/// <summary>What a search found.</summary>
/// <param name="Traces">Latest first.</param>
/// <param name="More">Whether more traces match than are shown.</param>
public sealed record TraceSearchResult(IReadOnlyList<TraceMatch> Traces, bool More)
{
    /// <inheritdoc cref="MetricSeriesResult.Notes"/>
    public IReadOnlyList<string> Notes { get; init; } = [];
}

/// <summary>A trace that a query found.</summary>
/// <param name="RootService">Null where no span without a parent is there.</param>
/// <param name="StartNs">When its first span starts.</param>
/// <param name="DurationNs">From there to its last end.</param>
public sealed record TraceMatch(
    TraceId TraceId,
    string? RootService,
    string? RootName,
    long StartNs,
    long DurationNs,
    IReadOnlyList<SpansetMatch> Spansets
)
{
    /// <summary>All services of the trace, whether the query found spans of them or not.</summary>
    public IReadOnlyList<ServiceShare> Services { get; init; } = [];
}

/// <summary>A spanset of a trace.</summary>
/// <param name="Matched">How many spans it has.</param>
/// <param name="Spans">The earliest of them, as many as were asked for.</param>
public sealed record SpansetMatch(long Matched, IReadOnlyList<SpanMatch> Spans);

/// <summary>A span that a query found.</summary>
/// <param name="SpanId">16 hex digits.</param>
/// <param name="Values">What by() and select() named, by how the query writes it; JSON null where the span has none.</param>
public sealed record SpanMatch(
    string SpanId,
    long StartNs,
    long DurationNs,
    string Service,
    string Name,
    short Status,
    short Kind,
    IReadOnlyList<KeyValuePair<string, JsonElement>> Values
);

/// <summary>A service's part of a trace.</summary>
/// <param name="Spans">How many spans of the trace it sent.</param>
/// <param name="Failed">How many of these have status ERROR.</param>
public sealed record ServiceShare(string Service, long Spans, long Failed);
