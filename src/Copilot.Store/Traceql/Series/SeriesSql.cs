using Copilot.Store.Commands;
using Copilot.Store.Traceql.Conditions;
using Copilot.Store.Traceql.Plans;
using Copilot.Store.Traceql.Search;
using Copilot.TraceQL.Syntax;
using Npgsql;
using NpgsqlTypes;

namespace Copilot.Store.Traceql.Series;

/// <summary>
/// The statement of one metrics function: a row a step and label values, with count, sum, least and largest;
/// for quantiles and histograms a row for each of these.
/// </summary>
internal sealed class SeriesSql(SeriesRequest request)
{
    /// <summary>Powers of two from 1 to 2^62: the upper bounds of histograms, as Tempo has them.</summary>
    internal static readonly decimal[] Bounds = Enumerable.Range(0, 63).Select(i => (decimal)(1L << i)).ToArray();

    /// <summary>
    /// Sums are made of values this much smaller, which changes none of their digits: values that senders are free to choose must not carry
    /// a sum beyond what floating numbers hold, where Postgres gives up the whole question.
    /// </summary>
    internal static readonly double SumScale = Math.ScaleB(1, -64);

    public NpgsqlCommand Build(MetricsQuery query, bool fromRollups)
    {
        var command = new NpgsqlCommand();
        var parameters = SqlParameters.Positional(command.Parameters);
        var conditions = new ConditionSql(parameters, request.Window);
        var source =
            fromRollups ? RollupRows(query, conditions, parameters)
            : query.Source is { Stages: [SpansetFilter filter] } ? PlainRows(query, filter, conditions, parameters)
            : PipelineRows(query, parameters);
        var labels = query.Function.By.Select((_, i) => $"l{i}").ToList();
        var keys = string.Concat(labels.Select(l => ", " + l));
        command.CommandText =
            source.With
            + query.Function.Kind switch
            {
                MetricsFunctionKind.QuantileOverTime =>
                    $"select step{keys}, {Quantiles(query.Function, parameters)}, false from {source.Rows} where value "
                        + $"is not null group by step{keys}",
                MetricsFunctionKind.HistogramOverTime =>
                    $"select step{keys}, bound, sum(weight)::float8, bool_or(estimated) from (select g.*, "
                        + $"{Bound(command)} as bound from {source.Rows} where value is not null) b group by step{keys}, bound",
                _ => $"select step{keys}, sum(weight)::float8, sum(measured)::float8, sum(total)::float8, "
                    + $"min(least)::float8, max(largest)::float8, bool_or(estimated) from {source.Rows} group by "
                    + $"step{keys}",
            };
        return command;
    }

    private static string Quantiles(MetricsFunction function, SqlParameters parameters) =>
        string.Join(", ", function.Quantiles.Select(q => $"percentile_disc({parameters.Double(q)}) within group (order by value)::float8"));

    /// <summary>The smallest power of two that the value does not exceed.</summary>
    private static string Bound(NpgsqlCommand command)
    {
        command.Parameters.Add(new NpgsqlParameter { Value = Bounds, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Numeric });
        var bounds = $"${command.Parameters.Count}";
        // width_bucket tells how many bounds the value reaches; one that it equals is its own.
        return $"case when value <= 1 then 0 else width_bucket(value, {bounds}) - (case when value = "
            + $"({bounds})[width_bucket(value, {bounds})] then 1 else 0 end) end";
    }

    /// <summary>Rows of spans, or of groups of spans where a sum of them is all that is wanted.</summary>
    private (string With, string Rows) PlainRows(
        MetricsQuery query,
        SpansetFilter filter,
        ConditionSql conditions,
        SqlParameters parameters
    )
    {
        var value = query.Function.Field is { } field ? conditions.Values.Of(field, ConditionSql.Spans).AsNumber() : "1";
        // Sums are floating: numeric would be exact, and several times slower.
        value += IsList(query.Function) ? "::numeric" : "::float8";
        var by = query.Function.By;
        if (IsList(query.Function))
        {
            var labels = string.Concat(by.Select((b, i) => $", {Labels.Json(b, conditions.Values.Of(b, ConditionSql.Spans))} as l{i}"));
            return (
                "",
                $"(select {request.Step(parameters, "s")} as step{labels}, {value} as value, coalesce(s.weight, 1) as "
                    + $"weight, s.weight is not null as estimated {From()}) g"
            );
        }

        // Grouped by ids first: names are looked up once a group, not once a span.
        var keys = new List<string>();
        var outer = new List<string>();
        for (var i = 0; i < by.Count; i++)
        {
            if (IdOf(by[i]) is { } id)
            {
                keys.Add($"s.{id}");
                outer.Add($"{Labels.Json(by[i], conditions.Values.Of(by[i], new RowAliases("k")))} as l{i}");
            }
            else
            {
                keys.Add($"{Labels.Json(by[i], conditions.Values.Of(by[i], ConditionSql.Spans))} as l{i}");
                outer.Add($"k.l{i}");
            }
        }

        var grouped = string.Concat(keys.Distinct().Select(k => ", " + k));
        var positions = string.Join(", ", Enumerable.Range(1, keys.Distinct().Count() + 1));
        var inner =
            $"select {request.Step(parameters, "s")} as step{grouped}, {Sums(query.Function, value, "s", parameters)} "
            + $"{From()} group by {positions}";
        return (
            "",
            $"(select k.step{string.Concat(outer.Select(o => ", " + o))}, k.weight, k.measured, k.total, k.least, "
                + $"k.largest, k.estimated from ({inner}) k) g"
        );

        string From() =>
            conditions.From(new TraceRows(request.Window, parameters).InWindow("s"), filter.IsEverything ? null : [filter.Condition]);
    }

    private static string Sums(MetricsFunction function, string value, string alias, SqlParameters parameters)
    {
        var weight = $"coalesce({alias}.weight, 1)::float8";
        return function.Field is null
            ? $"sum({weight}) as weight, 0 as measured, 0 as total, 0 as least, 0 as largest, bool_or({alias}.weight is "
                + "not null) as estimated"
            : $"sum({weight}) as weight, sum({weight}) filter (where {value} is not null) as measured, sum({value} * "
                + $"{parameters.Double(SumScale)} * {weight}) as total,"
                + $" min({value}) as least, max({value}) as largest, bool_or({alias}.weight is not null) as estimated";
    }

    /// <summary>Functions that want every value, not sums of them.</summary>
    private static bool IsList(MetricsFunction function) =>
        function.Kind is MetricsFunctionKind.QuantileOverTime or MetricsFunctionKind.HistogramOverTime;

    private static string? IdOf(FieldExpression field) =>
        Levels.Of(field) switch
        {
            Level.Service => "service_id",
            Level.Operation => "operation_id",
            Level.Resource => "resource_id",
            Level.Scope => "scope_id",
            _ => null,
        };

    private (string With, string Rows) PipelineRows(MetricsQuery query, SqlParameters parameters)
    {
        var pipeline = new PipelineSql(parameters, request.Window);
        var by = query.Function.By;
        var value = "1";
        var with = pipeline.Compile(
            query.Source,
            columns =>
            {
                foreach (var label in by)
                    columns.Json(label);
                if (query.Function.Field is { } field)
                    value = columns.Number(field);
            }
        );
        var labels = string.Concat(by.Select((b, i) => $", r.{pipeline.Spans.Json(b)} as l{i}"));
        var measured = query.Function.Field is null ? "1" : $"r.{value}";
        return (
            with,
            "(select "
                + request.Step(parameters, "r")
                + " as step"
                + labels
                + $", {measured} as value, coalesce(r.weight, 1)::numeric as weight, r.weight is not null as estimated, "
                + $"{measured} as least, {measured} as largest,"
                + $" case when {measured} is not null then coalesce(r.weight, 1)::numeric end as measured, "
                + $"{measured}::float8 * {parameters.Double(SumScale)} * coalesce(r.weight, 1)::float8 as total from "
                + "result r) g"
        );
    }

    private (string With, string Rows) RollupRows(MetricsQuery query, ConditionSql conditions, SqlParameters parameters)
    {
        var filter = (SpansetFilter)query.Source.Stages[0];
        var where = filter.IsEverything ? "" : " where " + conditions.Of(filter.Condition, new RowAliases("s"));
        var labels = string.Concat(
            query.Function.By.Select((b, i) => $", {Labels.Json(b, conditions.Values.Of(b, new RowAliases("k")))} as l{i}")
        );
        var wanted = query.Function.By.Append(filter.Condition).ToList();
        var rows = RollupSql.Rows(request, wanted.Any(RollupSql.NeedsOperation), parameters);
        // Only what the labels need is grouped by, and names are looked up after the minutes are summed: a day has hundreds of thousands.
        var keys = string.Concat(query.Function.By.Select(RollupSql.KeyOf).Distinct().Select(k => ", s." + k));
        var measures = query.Function.Field is null
            ? ", 0 as total, 0 as least, 0 as largest"
            : $", sum(s.sum_ns::float8) * {parameters.Double(SumScale)} as total, min(s.min_ns) as least, max(s.max_ns) as largest";
        return (
            "",
            $"(select k.step{labels}, k.weight, k.weight as measured, k.total, k.least, k.largest, false as estimated from ("
                + $"select {request.Step(parameters, "s")} as step{keys}, sum(s.count::float8) as weight{measures} from "
                + $"{rows} s{where} group by {request.Step(parameters, "s")}{keys}) k) g"
        );
    }
}
