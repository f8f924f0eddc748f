using System.Globalization;
using Copilot.Store.Commands;
using Copilot.Store.Intake;
using Copilot.Store.Reads.Filters;
using Copilot.Store.Reads.Requests;
using Copilot.Store.Traceql;
using Copilot.Telemetry.Records;
using Copilot.TraceQL.Syntax;

namespace Copilot.Store.Reads.Tables;

/// <summary>
/// The requests, spans or traces that a <see cref="SpanTableQuery"/> counts, one row each and group of theirs: (trace_id, start_ns,
/// duration_ns, failed, weight, sampled, stands_for), <c>g0</c>… for the groups, and for measures <c>v0</c>… (what is measured) and
/// <c>p0</c>… (whether it is of the part), by their place.
/// </summary>
internal static class SpanMembers
{
    private static readonly Sql True = Sql.Trusted("true");

    public static Sql Of(SpanTableQuery query) => query.Over == SpanPopulation.Traces ? OfTraces(query) : OfSpans(query);

    public static Sql Column(string prefix, int place) => Sql.Trusted(prefix + place.ToString(CultureInfo.InvariantCulture));

    private static Sql OfSpans(SpanTableQuery query)
    {
        var population = query.Over == SpanPopulation.Requests ? "s.entry" : "true";
        var failed = query.Over == SpanPopulation.Requests ? FailedSpans.Condition("s") : "s.status = 2";
        Sql slow = $"(s.trace_id, s.span_id, s.start_ns) in ({Slow(query, population)})";
        return $"""
            select s.trace_id, s.span_id, s.service_id, o.name as operation, s.start_ns, s.duration_ns, {Sql.Trusted(failed)} as failed,
              coalesce(s.weight, 1)::float8 as weight, {RequestReads.Sampled} as sampled, {RequestReads.StandsFor} as stands_for
              {Groups(query)}{Values(query, value => value)}{Parts(query, Part)}
            from spans s join operations o on o.id = s.operation_id {Joins(query)}
            where {Sql.Trusted(population)} and {FilterClause.All(query.Filter, query.Window)} and {Asked(query)} and {InState(
                query.State,
                Sql.Trusted(failed),
                slow
            )}
            """;

        Sql Part(SpanMeasure share) =>
            $"{(share.Part is { } part ? Met(part, query, "s") : True)} and {InState(share.PartState, Sql.Trusted(failed), slow)}";
    }

    private static Sql OfTraces(SpanTableQuery query)
    {
        // Where nothing is asked of a trace's spans, its root stands for it; else those of its spans that meet everything.
        var ofRoots = !query.AsksOfSpans && query.By.Count == 0 && query.Measures.All(measure => measure.Of is null);
        var spans =
            query.NamesSpans
                ? Sql.Of($"{FilterClause.All(query.Filter, query.Window)} and {Sql.Trusted(query.AsksOfSpans ? "true" : "s.entry")}")
            : ofRoots ? Sql.Of($"s.parent_span_id is null and {FilterClause.Where(query.Filter, query.Window)}")
            : Sql.Of(
                $"""
                {FilterClause.Near(query.Window, "s")} and {FilterClause.Attributes(query.Filter, query.Window)} and s.trace_id in (
                  select s.trace_id from spans s where s.parent_span_id is null and {FilterClause.Where(query.Filter, query.Window)})
                """
            );
        var failed = Sql.Trusted("f.failed");
        Sql slow =
            $"t.trace_id in (select slow.trace_id from ({Slow(query, query.NamesSpans ? "s.entry" : "s.parent_span_id is null")}) slow)";
        var grouped = Sql.Join("", query.By.Select((_, place) => Sql.Of($", {Column("g", place)}")));
        return $"""
            select t.*, {Sql.Trusted(query.NamesSpans ? "t.at_ns" : "f.root_ns")} as start_ns, f.duration_ns, f.failed, f.weight,
              false as sampled, 1::float8 as stands_for{Parts(query, Part)}
            from (
              select s.trace_id, min(s.start_ns) as at_ns{Groups(query)}{Values(query, value => $"max({value})")}
              from spans s join operations o on o.id = s.operation_id {Joins(query)}
              where {spans} and {Asked(query)}
              group by s.trace_id{grouped}) t
            cross join lateral (
              select coalesce(min(x.start_ns) filter (where x.parent_span_id is null), min(x.start_ns)) as root_ns,
                coalesce(max(x.duration_ns) filter (where x.parent_span_id is null),
                  max(x.start_ns + x.duration_ns) - min(x.start_ns)) as duration_ns,
                bool_or({Sql.Trusted(FailedSpans.Condition("x"))}) as failed, max(coalesce(x.weight, 1))::float8 as weight
              from spans x where x.trace_id = t.trace_id and {FilterClause.Near(query.Window, "x")}) f
            where {InState(query.State, failed, slow)}
            """;

        Sql Part(SpanMeasure share) =>
            $"{(share.Part is { } part ? Anywhere(part, query, "t") : True)} and {InState(share.PartState, failed, slow)}";
    }

    private static Sql InState(RecordState state, Sql failed, Sql slow) =>
        state switch
        {
            RecordState.Failed => failed,
            RecordState.Succeeded => $"not {failed}",
            RecordState.Slow => slow,
            _ => True,
        };

    // The mean is that of all the operation's spans in the window, so the conditions come after it.
    private static Sql Slow(SpanTableQuery query, string population) =>
        $"""
            select e.trace_id, e.span_id, e.start_ns from (
              select s.trace_id, s.span_id, s.start_ns, s.duration_ns, {FilterClause.Operations(query.Filter)} as wanted,
                {FilterClause.MeanOfOperation} as mean_ns
              from spans s join operations o on o.id = s.operation_id
              where {Sql.Trusted(population)} and {FilterClause.Where(query.Filter, query.Window)}) e
            where e.duration_ns > e.mean_ns and e.wanted
            """;

    private static Sql Asked(SpanTableQuery query)
    {
        var conditions = query.InTrace.Select(condition => Anywhere(condition, query, "s")).ToList();
        conditions.AddRange(query.NotInTrace.Select(condition => (Sql)$"not {Anywhere(condition, query, "s")}"));
        if (query.Where is { } where)
            conditions.Add(Met(where, query, "s"));
        if (query.CalledBy.Count > 0)
            conditions.Add(Called(query));
        return conditions.Count == 0 ? True : Sql.Join(" and ", conditions);
    }

    // The side of a call that answers has the side that asks for its parent, or shares its id where the tracer gives both the same.
    private static Sql Called(SpanTableQuery query) =>
        $"""
            exists (select from spans p where p.trace_id = s.trace_id and {FilterClause.Near(query.Window, "p")}
              and (p.span_id = s.parent_span_id or s.parent_span_id is null and s.kind = 2 and p.kind = 3 and p.span_id = s.span_id)
              and p.service_id = any(array(select id from services where name = any({query.CalledBy.ToArray()}))))
            """;

    private static Sql Anywhere(FieldExpression condition, SpanTableQuery query, string of) =>
        $"exists (select from spans x where x.trace_id = {Sql.Trusted(of)}.trace_id and "
        + $"{FilterClause.Near(query.Window, "x")} and {Met(condition, query, "x")})";

    private static Sql Met(FieldExpression condition, SpanTableQuery query, string alias) =>
        Sql.Deferred(parameters => $"({SpanFilterSql.Compile(condition, query.Window, parameters, alias)})");

    private static Sql Groups(SpanTableQuery query) =>
        Sql.Join(
            "",
            query.By.Select(
                (group, place) =>
                    group == SpanGroup.OfOperation ? Sql.Of($", o.name as {Column("g", place)}")
                    : group.InTrace ? Sql.Of($", {Column("i", place)}.value as {Column("g", place)}")
                    : Sql.Of($", {SpanValues.Text(group.Field, query.Window, "s")} as {Column("g", place)}")
            )
        );

    private static Sql Joins(SpanTableQuery query) =>
        Sql.Join(
            " ",
            query.By.Select(
                (group, place) =>
                {
                    var value = SpanValues.Text(group.Field, query.Window, "x");
                    return group.InTrace
                        ? Sql.Of(
                            $"""
                            left join lateral (select distinct {value} as value from spans x where x.trace_id = s.trace_id
                              and {FilterClause.Near(query.Window, "x")} and {value} is not null) {Column("i", place)} on true
                            """
                        )
                        : Sql.Trusted("");
                }
            )
        );

    private static Sql Values(SpanTableQuery query, Func<Sql, Sql> made) =>
        Sql.Join(
            "",
            query.Measures.Select(
                (measure, place) =>
                    measure.Of is not { } field ? Sql.Trusted("")
                    : measure.Kind == MeasureKind.Distinct
                        ? Sql.Of($", {made(SpanValues.Text(field, query.Window, "s"))} as {Column("v", place)}")
                    : Sql.Of($", {made(SpanValues.Number(field, query.Window, "s"))} as {Column("v", place)}")
            )
        );

    private static Sql Parts(SpanTableQuery query, Func<SpanMeasure, Sql> part) =>
        Sql.Join(
            "",
            query.Measures.Select(
                (measure, place) =>
                    measure.Kind == MeasureKind.Share ? Sql.Of($", {part(measure)} as {Column("p", place)}") : Sql.Trusted("")
            )
        );
}
