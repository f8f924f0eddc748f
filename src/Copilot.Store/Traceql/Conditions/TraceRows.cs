using System.Globalization;
using Copilot.Store.Commands;
using Copilot.Telemetry.Records;

namespace Copilot.Store.Traceql.Conditions;

/// <summary>
/// Rows about whole traces. A trace's spans may start outside of the window that is asked about, so these look an hour further
/// to both sides; the window bounds keep Postgres to few partitions.
/// </summary>
internal sealed class TraceRows(TimeWindow window, SqlParameters parameters)
{
    public static readonly TimeSpan Margin = TimeSpan.FromHours(1);

    /// <summary>How far clocks may differ: spans between a span and its descendant start between the two, but for that.</summary>
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(1);

    public string InWindow(string alias) => Bounds(alias, window);

    /// <summary>Which spans the way from a span to those above it goes along.</summary>
    public string OnTheWayUp(string alias) => $"{Bounds(alias, Widened(window, ClockSkew))} and {alias}.parent_span_id is not null";

    public string InMargin(string alias) => Bounds(alias, Widened(window, Margin));

    public static TimeWindow Widened(TimeWindow window, TimeSpan by) =>
        new(window.FromNs - (by.Ticks * 100), window.ToNs + (by.Ticks * 100));

    private string Bounds(string alias, TimeWindow bounds) =>
        $"{alias}.start_ns >= {parameters.Bigint(bounds.FromNs)} and {alias}.start_ns < {parameters.Bigint(bounds.ToNs)}";

    /// <summary>The earliest span without a parent of each trace.</summary>
    /// <param name="which">Which traces: a comparison that follows the trace's id; null for all.</param>
    public string Roots(string? which = null) =>
        "(select distinct on (r.trace_id) r.trace_id, o.name as root_name, v.name as root_service from spans r"
        + " join operations o on o.id = r.operation_id join services v on v.id = r.service_id"
        + $" where r.parent_span_id is null and {InMargin("r")}{OfTrace("r", which)} order by r.trace_id, r.start_ns, r.span_id)";

    public string Durations(string? which = null) =>
        "(select t.trace_id, min(t.start_ns) as first_ns, max(t.start_ns + t.duration_ns) - min(t.start_ns) as trace_duration from spans t"
        + $" where {InMargin("t")}{OfTrace("t", which)} group by t.trace_id)";

    public string ChildCount(string span) =>
        $"(select count(*) from spans c where c.trace_id = {span}.trace_id and c.parent_span_id = {span}.span_id and {InMargin("c")})";

    /// <summary>The nested set numbers of all spans of the span's trace, by span (<see cref="NestedSet"/>).</summary>
    public string NestedSets(string span)
    {
        var bounds = Widened(window, Margin);
        return $"trace_nested_sets({span}.trace_id, {parameters.Bigint(bounds.FromNs)}, {parameters.Bigint(bounds.ToNs)})";
    }

    /// <summary>The numbers of each trace that a relation has rows of, with its id: once a trace, which takes about as long as reading a
    /// hundred spans.</summary>
    public string NestedSetsOf(string relation) =>
        $"(with t as materialized (select d.trace_id, {NestedSets("d")} as sets from (select distinct trace_id from "
        + $"{relation}) d) select t.* from t)";

    /// <summary>One of the span's own numbers: 0 left, 1 right, 2 the parent's left.</summary>
    /// <param name="sets">The numbers of its trace.</param>
    /// <param name="span">The alias of <c>spans</c>.</param>
    /// <param name="which">Which of the three.</param>
    public static string NestedSet(string sets, string span, int which) =>
        $"(({sets} -> ({span}.span_id || '/' || {span}.start_ns)) ->> {which.ToString(CultureInfo.InvariantCulture)})::bigint";

    private static string OfTrace(string alias, string? which) => which is null ? "" : $" and {alias}.trace_id {which}";
}

/// <summary>Which SQL alias holds what while a condition is compiled.</summary>
internal sealed record RowAliases(string Span)
{
    /// <summary>The dictionary that the enclosing subquery reads, and its level.</summary>
    public Level Dictionary { get; init; }

    /// <summary>The dictionary's alias; one level of subquery needs one name.</summary>
    public const string DictionaryRow = "d";

    /// <summary>The jsonb of one event and one link, where a subquery goes through them.</summary>
    public string? Event { get; init; }

    public string? Link { get; init; }

    /// <summary>Where the statement's <c>from</c> has the numbers of each span's trace; null: they are worked out span by span.</summary>
    public string? NestedSets { get; init; }

    /// <summary>For <c>.name</c>: which of the two places is meant.</summary>
    public Level AnyIs { get; init; }
}
