using System.Globalization;
using System.Text;
using Copilot.Store.Commands;
using Copilot.Store.Traceql.Conditions;
using Copilot.Store.Traceql.Plans;
using Copilot.Telemetry.Records;
using Copilot.TraceQL.Syntax;
using Npgsql;
using NpgsqlTypes;

namespace Copilot.Store.Traceql.Search;

/// <summary>The statements of a search.</summary>
internal sealed class SearchSql(TimeWindow window)
{
    /// <summary>The latest spans that a lone filter finds, with their traces: an index on time can end early, a count of traces could
    /// not.</summary>
    /// <param name="filter">The filter.</param>
    /// <param name="limit">How many spans at most.</param>
    /// <param name="sinceNs">Only spans that start then or later.</param>
    public NpgsqlCommand LatestSpans(SpansetFilter filter, int limit, long sinceNs)
    {
        var command = new NpgsqlCommand();
        var parameters = SqlParameters.Positional(command.Parameters);
        var since = sinceNs > window.FromNs ? $" and s.start_ns >= {parameters.Bigint(sinceNs)}" : "";
        var from = new ConditionSql(parameters, window).From(
            new TraceRows(window, parameters).InWindow("s") + since,
            filter.IsEverything ? null : [filter.Condition]
        );
        command.CommandText = $"select s.trace_id {from} order by s.start_ns desc limit {parameters.Bigint(limit)}";
        return command;
    }

    /// <summary>Spansets with their first spans, the latest traces first; of the given traces alone where there are any.</summary>
    public NpgsqlCommand Spansets(TraceSearch search, IReadOnlyCollection<Guid>? traces, out IReadOnlyList<FieldExpression> shown)
    {
        var command = new NpgsqlCommand();
        var parameters = SqlParameters.Positional(command.Parameters);
        var rows = new TraceRows(window, parameters);
        var pipeline = new PipelineSql(parameters, window);
        var only = traces is null ? "" : $" and s.trace_id = any ({Ids(command, traces)})";
        var with = pipeline.Compile(search.Query.Pipeline!, _ => { }, only);
        shown = [.. pipeline.Shown.Keys];
        // What is only shown is looked up for the few spans that are.
        var late = new ConditionSql(parameters, window);
        var values = string.Concat(
            pipeline.Shown.Select(f =>
                ", "
                + (
                    f.Value is { } column
                        ? $"o.{column}"
                        : Labels.Json(f.Key, late.Values.Of(f.Key, new RowAliases("s") { NestedSets = "n.sets" }))
                )
            )
        );
        var isLate = pipeline.Shown.ContainsValue(null);
        // By the latest match; by when the whole trace began where that is asked for.
        var latest = HintNotes.MostRecentFirst(search.Query)
            ? "select m.trace_id, (select min(t.start_ns) from spans t where t.trace_id = m.trace_id and "
                + $"{rows.InMargin("t")}) as latest from (select distinct trace_id from result) m"
            : "select trace_id, max(start_ns) as latest from result group by trace_id";
        command.CommandText =
            with
            + $", picks as (select l.* from ({latest}) l order by l.latest desc, l.trace_id limit {parameters.Bigint(search.Limit + 1)})\n"
            + ", shown as materialized (select o.* from (select q.*, k.latest, count(*) over (partition by q.trace_id, q.grp) as matched,"
            + " row_number() over (partition by q.trace_id, q.grp order by q.start_ns, q.span_id) as place"
            + $" from result q join picks k on k.trace_id = q.trace_id) o where o.place <= {parameters.Bigint(search.SpansPerSpanset)})\n"
            + "select o.trace_id, o.grp, o.matched, o.span_id, o.start_ns, o.duration_ns, v.name, p.name, o.status, o.kind"
            + values
            + " from shown o left join services v on v.id = o.service_id left join operations p on p.id = o.operation_id"
            + (
                isLate
                    ? " join spans s on s.trace_id = o.trace_id and s.span_id = o.span_id and s.start_ns = o.start_ns "
                        + $"and {rows.InWindow("s")}"
                    : ""
            )
            + (late.WantsNestedSets ? $" join {rows.NestedSetsOf("shown")} n on n.trace_id = o.trace_id" : "")
            + " order by o.latest desc, o.trace_id, o.grp, o.place";
        return command;
    }

    /// <summary>What is said of each trace as a whole, a row a service of it.</summary>
    public NpgsqlCommand Traces(IReadOnlyCollection<Guid> traces)
    {
        var command = new NpgsqlCommand();
        var parameters = SqlParameters.Positional(command.Parameters);
        var rows = new TraceRows(window, parameters);
        var which = $"= any ({Ids(command, traces)})";
        command.CommandText =
            "select t.trace_id, v.name, count(*), count(*) filter (where t.status = 2), min(t.start_ns), max(t.start_ns "
            + "+ t.duration_ns), r.root_service, r.root_name"
            + $" from spans t join services v on v.id = t.service_id left join {rows.Roots(which)} r on r.trace_id = t.trace_id"
            + $" where {rows.InMargin("t")} and t.trace_id {which} group by t.trace_id, v.name, r.root_service, r.root_name order by 1, 2";
        return command;
    }

    private static string Ids(NpgsqlCommand command, IReadOnlyCollection<Guid> traces)
    {
        command.Parameters.Add(new NpgsqlParameter { Value = traces.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid });
        return $"${command.Parameters.Count}";
    }
}

/// <summary>The named steps of one statement, in the order in which they build on each other.</summary>
internal sealed class Ctes
{
    private readonly List<(string Name, string Sql)> _steps = [];

    public string Add(string prefix, string sql)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{prefix}{_steps.Count}");
        AddAs(name, sql);
        return name;
    }

    public void AddAs(string name, string sql) => _steps.Add((name, sql));

    /// <summary>A name for a step that refers to itself.</summary>
    public string NextName(string prefix) => string.Create(CultureInfo.InvariantCulture, $"{prefix}{_steps.Count}");

    public string With()
    {
        var sql = new StringBuilder("with recursive ");
        for (var i = 0; i < _steps.Count; i++)
            sql.Append(i == 0 ? "" : ",\n").Append(_steps[i].Name).Append(" as ").Append(_steps[i].Sql);
        return sql.Append('\n').ToString();
    }
}

/// <summary>Values as labels of groups and series.</summary>
internal static class Labels
{
    /// <summary>Status and kind by their keywords, everything else as it is.</summary>
    public static string Json(FieldExpression value, SqlValue sql) =>
        value switch
        {
            IntrinsicReference { Intrinsic: Intrinsic.Status } => Named(sql.Sql, Literal.StatusNames),
            IntrinsicReference { Intrinsic: Intrinsic.Kind } => Named(sql.Sql, Literal.KindNames),
            _ => sql.AsJson(),
        };

    private static string Named(string code, IReadOnlyList<string> names) =>
        $"to_jsonb((array[{string.Join(',', names.Select(n => $"'{n}'"))}])[{code} + 1])";
}
