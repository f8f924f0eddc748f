using Copilot.Store.Commands;
using Copilot.Store.Intake;
using Copilot.Store.Reads.Filters;

namespace Copilot.Store.Reads.Traces;

/// <summary>A <see cref="WantedTraces"/> as a query that gives (trace_id, start_ns, duration_ns, weight) of each trace that
/// matches.</summary>
internal static class WantedTracesClause
{
    public static Sql Matching(WantedTraces wanted) => wanted.NamesRequests ? ByEntrySpans(wanted) : ByRootSpans(wanted);

    private static Sql ByEntrySpans(WantedTraces wanted)
    {
        var filter = wanted.Filter;
        // The mean is that of all the operation's requests in the window, so the conditions come after it.
        return $"""
            with e as materialized (
              select s.trace_id, s.start_ns, s.duration_ns, s.status, s.flags, s.weight,
                {FilterClause.Operations(filter)} and {FilterClause.Attributes(filter, wanted.Window)} as wanted,
                {FilterClause.MeanOfOperation} as mean_ns
              from spans s join operations o on o.id = s.operation_id
              where s.entry and {FilterClause.Where(filter, wanted.Window)})
            select e.trace_id, min(e.start_ns) as start_ns, max(e.duration_ns) as duration_ns, max(coalesce(e.weight, 1))::float8 as weight
            from e where e.wanted and {OfSpan(wanted)} and {OfTrace(wanted)}
            group by e.trace_id
            """;
    }

    private static Sql ByRootSpans(WantedTraces wanted)
    {
        var filter = wanted.Filter;
        var holding =
            filter.Conditions.Count == 0 && filter.ExceptServices.Count == 0
                ? Sql.Trusted("true")
                : Sql.Of(
                    $"""
                    e.trace_id in (select s.trace_id from spans s
                      where {FilterClause.Near(wanted.Window, "s")} and {FilterClause.Attributes(filter, wanted.Window)})
                    """
                );
        return $"""
            with e as materialized (
              select s.trace_id, s.start_ns, s.duration_ns, s.status, s.flags, s.weight, {FilterClause.MeanOfOperation} as mean_ns
              from spans s join operations o on o.id = s.operation_id
              where s.parent_span_id is null and {FilterClause.Where(filter, wanted.Window)})
            select e.trace_id, min(e.start_ns) as start_ns, max(e.duration_ns) as duration_ns, max(coalesce(e.weight, 1))::float8 as weight
            from e where {OfSpan(wanted)} and {holding} and {OfTrace(wanted)}
            group by e.trace_id
            """;
    }

    private static Sql OfSpan(WantedTraces wanted)
    {
        var selection = wanted.Selection;
        var clauses = new List<Sql> { Sql.Trusted("true") };
        if (selection.FailedAtService && wanted.NamesRequests)
            clauses.Add(Sql.Trusted(FailedSpans.Condition("e")));
        if (selection.Slow)
            clauses.Add(Sql.Trusted("e.duration_ns > e.mean_ns"));
        if (selection.LongerThan is { } longer)
            clauses.Add(Sql.Of($"e.duration_ns > {longer.Ticks * 100}"));
        if (selection.ShorterThan is { } shorter)
            clauses.Add(Sql.Of($"e.duration_ns < {shorter.Ticks * 100}"));
        return Sql.Join(" and ", clauses);
    }

    private static Sql OfTrace(WantedTraces wanted)
    {
        var selection = wanted.Selection;
        Sql failing =
            $"select x.trace_id from spans x where {Sql.Trusted(FailedSpans.Condition("x"))} and {FilterClause.Near(wanted.Window, "x")}";
        var clauses = new List<Sql> { Sql.Trusted("true") };
        if (selection.Failed || selection.RootFineButFailedBelow || (selection.FailedAtService && !wanted.NamesRequests))
            clauses.Add(Sql.Of($"e.trace_id in ({failing})"));
        if (selection.Succeeded)
            clauses.Add(Sql.Of($"e.trace_id not in ({failing})"));
        if (wanted.WithoutServices.Count > 0)
            clauses.Add(
                Sql.Of(
                    $"""
                    e.trace_id not in (select x.trace_id from spans x where {FilterClause.Near(wanted.Window, "x")}
                      and x.service_id = any(array(select id from services where name = any({wanted.WithoutServices.ToArray()}))))
                    """
                )
            );
        if (selection.RootFineButFailedBelow)
            clauses.Add(
                Sql.Of(
                    $"""
                    exists (select from spans x where x.trace_id = e.trace_id and x.parent_span_id is null and not {Sql.Trusted(
                        FailedSpans.Condition("x")
                    )}
                      and {FilterClause.Near(wanted.Window, "x")})
                    """
                )
            );
        if (selection.LogText is not null || selection.LogSeverity is not null)
            clauses.Add(Sql.Of($"e.trace_id in ({LogTraces(wanted)})"));
        return Sql.Join(" and ", clauses);
    }

    private static Sql LogTraces(WantedTraces wanted) =>
        $"""
            select l.trace_id from logs l where l.trace_id is not null
            and l.time_ns >= {wanted.Window.FromNs - FilterClause.SlackNs} and l.time_ns < {wanted.Window.ToNs + FilterClause.SlackNs}
            and l.severity >= {(short)(wanted.Selection.LogSeverity ?? 0)}
            and {(wanted.Selection.LogText is { } text ? LogText.Contains(text) : Sql.Trusted("true"))}
            """;
}
