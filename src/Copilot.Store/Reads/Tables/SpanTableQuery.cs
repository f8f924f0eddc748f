using Copilot.Store.Reads.Filters;
using Copilot.Telemetry.Records;
using Copilot.TraceQL.Syntax;

namespace Copilot.Store.Reads.Tables;

/// <summary>What a table is made of: which requests, spans or traces, in which rows, with which numbers. Everything given must
/// hold.</summary>
public sealed record SpanTableQuery
{
    public required SpanPopulation Over { get; init; }

    public required TimeWindow Window { get; init; }

    public SpanFilter Filter { get; init; } = SpanFilter.All;

    /// <summary>Holds of the counted span itself; of traces, of a span of theirs that meets the filter too.</summary>
    public FieldExpression? Where { get; init; }

    /// <summary>Each is met by some span of the same trace.</summary>
    public IReadOnlyList<FieldExpression> InTrace { get; init; } = [];

    /// <summary>None is met by any span of the same trace.</summary>
    public IReadOnlyList<FieldExpression> NotInTrace { get; init; } = [];

    /// <summary>Only what a span of one of these services made: its direct parent is theirs. Any where empty.</summary>
    public IReadOnlyList<string> CalledBy { get; init; } = [];

    public RecordState State { get; init; }

    /// <summary>One row for each combination that there is; empty: one row for all.</summary>
    public IReadOnlyList<SpanGroup> By { get; init; } = [];

    public IReadOnlyList<SpanMeasure> Measures { get; init; } = [];

    /// <summary>Rows for steps of time as well; null: for the whole window.</summary>
    public TimeSpan? Step { get; init; }

    internal bool AsksOfSpans =>
        Filter.Conditions.Count > 0 || Where is not null || InTrace.Count > 0 || NotInTrace.Count > 0 || CalledBy.Count > 0;

    internal bool NamesSpans => Filter.Services.Count > 0 || Filter.Operations.Count > 0;
}

public enum SpanPopulation
{
    /// <summary>Entry spans.</summary>
    Requests,

    /// <summary>All spans.</summary>
    Spans,

    /// <summary>Traces that hold a span that meets everything. They belong to the window when their root span starts in it; where services
    /// or operations are named, when that span does.</summary>
    Traces,
}

/// <summary>What rows stand for.</summary>
/// <param name="Field">Its value as text.</param>
/// <param name="InTrace">The values that any span of the trace carries; what carries several counts for each.</param>
public sealed record SpanGroup(FieldExpression Field, bool InTrace = false)
{
    public static SpanGroup OfService { get; } = new(TraceQL.Syntax.Field.Resource("service.name"));

    public static SpanGroup OfOperation { get; } = new(TraceQL.Syntax.Field.Of(Intrinsic.Name));
}
