using Copilot.Store.Commands;
using Copilot.Store.Intake;
using Copilot.Store.Reads.Filters;

namespace Copilot.Store.Reads.Traces;

/// <summary>A <see cref="TraceSelection"/> as a query that gives (trace_id, start_ns, duration_ns, weight) of each trace that
/// matches.</summary>
internal static class TraceSelectionClause
{
    public static Sql Matching(TraceSelection selection) =>
        selection.Filter.Services.Count > 0 || selection.Filter.Operations.Count > 0 ? ByEntrySpans(selection) : ByRootSpans(selection);

    private static Sql ByEntrySpans(TraceSelection selection)
    {
        var filter = selection.Filter;
        // The mean is that of all the operation's requests in the window, so the conditions come after it.
        return $"""
            with e as materialized (
              select s.trace_id, s.start_ns, s.duration_ns, s.status, s.flags, s.weight,
                {FilterClause.Operations(filter)} and {FilterClause.Attributes(filter, selection.Window)} as wanted,
                {FilterClause.MeanOfOperation} as mean_ns
              from spans s join operations o on o.id = s.operation_id
              where s.entry and {FilterClause.Where(filter, selection.Window)})
            select e.trace_id, min(e.start_ns) as start_ns, max(e.duration_ns) as duration_ns, max(coalesce(e.weight, 1))::float8 as weight
            from e where e.wanted and {OfSpan(selection)} and {OfTrace(selection)}
            group by e.trace_id
            """;
    }

    private static Sql ByRootSpans(TraceSelection selection)
    {
        var filter = selection.Filter;
        var holding =
            filter.Conditions.Count == 0 && filter.ExceptServices.Count == 0
                ? Sql.Trusted("true")
                : Sql.Of(
                    $"""
                    e.trace_id in (select s.trace_id from spans s
                      where {FilterClause.Near(selection.Window, "s")} and {FilterClause.Attributes(filter, selection.Window)})
                    """
                );
        return $"""
            with e as materialized (
              select s.trace_id, s.start_ns, s.duration_ns, s.status, s.flags, s.weight, {FilterClause.MeanOfOperation} as mean_ns
              from spans s join operations o on o.id = s.operation_id
              where s.parent_span_id is null and {FilterClause.Where(filter, selection.Window)})
            select e.trace_id, min(e.start_ns) as start_ns, max(e.duration_ns) as duration_ns, max(coalesce(e.weight, 1))::float8 as weight
            from e where {OfSpan(selection)} and {holding} and {OfTrace(selection)}
            group by e.trace_id
            """;
    }

    private static Sql OfSpan(TraceSelection selection)
    {
        var clauses = new List<Sql> { Sql.Trusted("true") };
        if (selection.RequestFailed)
            clauses.Add(Sql.Trusted(FailedSpans.Condition("e")));
        if (selection.Slow)
            clauses.Add(Sql.Trusted("e.duration_ns > e.mean_ns"));
        if (selection.LongerThan is { } longer)
            clauses.Add(Sql.Of($"e.duration_ns > {longer.Ticks * 100}"));
        if (selection.ShorterThan is { } shorter)
            clauses.Add(Sql.Of($"e.duration_ns < {shorter.Ticks * 100}"));
        return Sql.Join(" and ", clauses);
    }

    private static Sql OfTrace(TraceSelection selection)
    {
        Sql failing =
            $"select x.trace_id from spans x where {Sql.Trusted(FailedSpans.Condition("x"))} and {FilterClause.Near(selection.Window, "x")}";
        var clauses = new List<Sql> { Sql.Trusted("true") };
        if (selection.Failed)
            clauses.Add(Sql.Of($"e.trace_id in ({failing})"));
        if (selection.WithoutErrors)
            clauses.Add(Sql.Of($"e.trace_id not in ({failing})"));
        if (selection.WithoutServices.Count > 0)
            clauses.Add(
                Sql.Of(
                    $"""
                    e.trace_id not in (select x.trace_id from spans x where {FilterClause.Near(selection.Window, "x")}
                      and x.service_id = any(array(select id from services where name = any({selection.WithoutServices.ToArray()}))))
                    """
                )
            );
        if (selection.RootFine)
            clauses.Add(
                Sql.Of(
                    $"""
                    exists (select from spans x where x.trace_id = e.trace_id and x.parent_span_id is null and not {Sql.Trusted(
                        FailedSpans.Condition("x")
                    )}
                      and {FilterClause.Near(selection.Window, "x")})
                    """
                )
            );
        if (selection.LogText is not null || selection.LogSeverity is not null)
            clauses.Add(Sql.Of($"e.trace_id in ({LogTraces(selection)})"));
        return Sql.Join(" and ", clauses);
    }

    private static Sql LogTraces(TraceSelection selection) =>
        $"""
            select l.trace_id from logs l where l.trace_id is not null
            and l.time_ns >= {selection.Window.FromNs - FilterClause.SlackNs} and l.time_ns < {selection.Window.ToNs + FilterClause.SlackNs}
            and l.severity >= {(short)(selection.LogSeverity ?? 0)}
            and {(selection.LogText is { } text ? LogText.Contains(text) : Sql.Trusted("true"))}
            """;
}
