using Copilot.Telemetry.Time;

namespace Copilot.Store.Traceql;

/// <summary>
/// Rows about whole traces. A trace's spans may start outside of the window that is asked about, so these look an hour further
/// to both sides; the window bounds keep Postgres to few partitions.
/// </summary>
internal sealed class TraceRows(TimeWindow window, SqlParameters parameters)
{
    public static readonly TimeSpan Margin = TimeSpan.FromHours(1);

    public static TimeWindow Padded(TimeWindow window) => new(window.FromNs - (Margin.Ticks * 100), window.ToNs + (Margin.Ticks * 100));

    public string InMargin(string alias)
    {
        var padded = Padded(window);
        return $"{alias}.start_ns >= {parameters.Bigint(padded.FromNs)} and {alias}.start_ns < {parameters.Bigint(padded.ToNs)}";
    }

    /// <summary>The earliest span without a parent of each trace; of one trace where an id is given.</summary>
    public string Roots(string? traceId = null) =>
        "(select distinct on (r.trace_id) r.trace_id, o.name as root_name, v.name as root_service from spans r"
        + " join operations o on o.id = r.operation_id join services v on v.id = r.service_id"
        + $" where r.parent_span_id is null and {InMargin("r")}{OfTrace("r", traceId)} order by r.trace_id, r.start_ns, r.span_id)";

    public string Durations(string? traceId = null) =>
        "(select t.trace_id, max(t.start_ns + t.duration_ns) - min(t.start_ns) as trace_duration from spans t"
        + $" where {InMargin("t")}{OfTrace("t", traceId)} group by t.trace_id)";

    public string ChildCount(string span) =>
        $"(select count(*) from spans c where c.trace_id = {span}.trace_id and c.parent_span_id = {span}.span_id and {InMargin("c")})";

    private static string OfTrace(string alias, string? traceId) => traceId is null ? "" : $" and {alias}.trace_id = {traceId}";
}
