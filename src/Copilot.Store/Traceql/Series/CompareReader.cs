using System.Text.Json;
using Copilot.Store.Commands;
using Copilot.Store.Traceql.Conditions;
using Copilot.Store.Traceql.Plans;
using Copilot.Store.Traceql.Search;
using Copilot.Telemetry.Intake;
using Copilot.TraceQL.Syntax;
using Npgsql;

namespace Copilot.Store.Traceql.Series;

/// <summary>
/// <c>compare({selection})</c>: how often each value of each attribute occurs among the spans that the selection picks and among the rest.
/// Series carry <c>__meta_type</c> (selection or baseline) and the attribute with its value, the most frequent values of each attribute
/// only;
/// <c>selection_total</c> and <c>baseline_total</c> carry the attribute without a value and count the spans that have it, as Tempo's do.
/// An attribute with more values than are told has a series with <c>__meta_error</c> that is empty.
/// </summary>
internal sealed class CompareReader(SeriesRequest request, Func<NpgsqlCommand, CancellationToken, Task<NpgsqlDataReader>> execute)
{
    private const string MetaType = "__meta_type";

    private static readonly JsonElement Nil = JsonSerializer.SerializeToElement<object?>(null);

    public bool Estimated { get; private set; }

    public async Task<IReadOnlyList<MetricSeries>> ReadAsync(MetricsQuery query, CancellationToken cancellationToken)
    {
        var series = new Dictionary<(bool Selected, string Name, string? Value), double?[]>();
        var tooMany = new SortedSet<string>(StringComparer.Ordinal);
        await using (var command = Build(query))
        await using (var reader = await execute(command, cancellationToken))
        {
            while (await reader.ReadAsync(cancellationToken))
            {
                var name = reader.GetString(1);
                var key = (reader.GetBoolean(0), name, reader.IsDBNull(2) ? null : reader.GetString(2));
                if (!series.TryGetValue(key, out var values))
                    Array.Fill(series[key] = values = new double?[request.Steps], 0);
                values[reader.GetInt64(3)] = reader.GetDouble(4);
                if (reader.GetInt64(5) > query.Function.Compare!.TopN)
                    tooMany.Add(name);
                Estimated |= reader.GetBoolean(6);
            }
        }

        return series
            .OrderBy(s => s.Key.Value is null)
            .ThenByDescending(s => s.Key.Selected)
            .ThenBy(s => s.Key.Name, StringComparer.Ordinal)
            .ThenByDescending(s => s.Value.Sum())
            .ThenBy(s => s.Key.Value, StringComparer.Ordinal)
            .Select(s => Series(MetaType, Type(s.Key.Selected, s.Key.Value is null), s.Key.Name, s.Key.Value, s.Value))
            .Concat(tooMany.Select(name => Series("__meta_error", "__too_many_values__", name, null, new double?[request.Steps])))
            .ToList();
    }

    private static string Type(bool selected, bool total) => (selected ? "selection" : "baseline") + (total ? "_total" : "");

    private static MetricSeries Series(string meta, string type, string name, string? value, double?[] values) =>
        new(
            [
                KeyValuePair.Create(meta, JsonSerializer.SerializeToElement(type)),
                KeyValuePair.Create(name, value is null ? Nil : JsonSerializer.Deserialize<JsonElement>(value)),
            ],
            values
        );

    /// <summary>Rows: selected, attribute, value (null: all of them), step, spans, how many values the attribute has there, whether
    /// estimated.</summary>
    private NpgsqlCommand Build(MetricsQuery query)
    {
        var command = new NpgsqlCommand();
        var parameters = SqlParameters.Positional(command.Parameters);
        var rows = new TraceRows(request.Window, parameters);
        var pipeline = new PipelineSql(parameters, request.Window);
        var compare = query.Function.Compare!;
        var selected = "";
        var with = pipeline.Compile(query.Source, columns => selected = columns.Condition(compare.Selection.Condition));
        var bounds = compare.StartNanoseconds is { } start
            ? $" and r.start_ns >= {parameters.Bigint(start)} and r.start_ns < {parameters.Bigint(compare.EndNanoseconds ?? long.MaxValue)}"
            : "";
        var step = request.Step(parameters, "r");
        command.CommandText =
            with
            + $", counted as materialized (select (r.{selected}{bounds}) as selected, a.name, a.value::text as value, {step} as step,"
            + " sum(coalesce(r.weight, 1))::float8 as spans, bool_or(r.weight is not null) as estimated from result r"
            + $" join spans s on s.trace_id = r.trace_id and s.span_id = r.span_id and s.start_ns = r.start_ns and {rows.InWindow("s")}"
            + " join resources c on c.id = s.resource_id left join scopes p on p.id = s.scope_id"
            + $" cross join lateral ({Values()}) a(name, value) where a.value is not null group by 1, 2, 3, 4)\n"
            + ", ranked as (select selected, name, value, count(*) over (partition by selected, name) as many,"
            + " row_number() over (partition by selected, name order by sum(spans) desc, value collate \"C\") as place "
            + "from counted group by 1, 2, 3)\n"
            + "select c.selected, c.name, c.value, c.step, c.spans, k.many, c.estimated from counted c"
            + " join ranked k on k.selected = c.selected and k.name = c.name and k.value = c.value"
            + $" where k.place <= {parameters.Bigint(compare.TopN)}"
            + " union all select selected, name, null, step, sum(spans), 0, bool_or(estimated) from counted group by selected, name, step";
        return command;
    }

    /// <summary>What is found on a span, but for what is another on almost every one: ids, durations.</summary>
    private static string Values()
    {
        var promoted = PromotedKeys
            .Texts.Concat([PromotedKeys.HttpResponseStatusCode, PromotedKeys.ServerPort])
            .Select(key => $"('span.{key}', to_jsonb(s.{key.Replace('.', '_')}))");
        return "select 'span.' || e.key, e.value from jsonb_each(s.attributes) e union all select 'resource.' || e.key, e.value "
            + "from jsonb_each(c.attributes) e"
            + " union all select 'instrumentation.' || e.key, e.value from jsonb_each(p.attributes) e"
            + " union all select 'event.' || e.key, e.value from jsonb_array_elements(s.events) v(v), jsonb_each(v.v -> 'a') e"
            + " union all values ('name', (select to_jsonb(o.name) from operations o where o.id = s.operation_id)), "
            + "('statusMessage', to_jsonb(nullif(s.status_message, ''))),"
            + $" ('status', {Labels.Json(new IntrinsicReference(Intrinsic.Status), new SqlValue(SqlType.Code, "s.status"))}),"
            + $" ('kind', {Labels.Json(new IntrinsicReference(Intrinsic.Kind), new SqlValue(SqlType.Code, "s.kind"))}), "
            + $"{string.Join(", ", promoted)}";
    }
}
