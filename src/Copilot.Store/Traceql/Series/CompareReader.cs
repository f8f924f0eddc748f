using System.Text.Json;
using Copilot.TraceQL.Fields;
using Copilot.TraceQL.Metrics;
using Npgsql;

namespace Copilot.Store.Traceql;

/// <summary>
/// <c>compare({selection})</c>: how often each value of each attribute occurs among the spans that the selection picks and among the rest.
/// Series carry <c>__meta_type</c> (selection or baseline) and the attribute with its value, the most frequent values of each attribute only.
/// </summary>
internal sealed class CompareReader(SeriesRequest request, Func<NpgsqlCommand, CancellationToken, Task<NpgsqlDataReader>> execute)
{
    public async Task<IReadOnlyList<MetricSeries>> ReadAsync(MetricsQuery query, CancellationToken cancellationToken)
    {
        await using var command = Build(query);
        await using var reader = await execute(command, cancellationToken);
        var series = new Dictionary<(bool Selected, string Name, string Value), double?[]>();
        while (await reader.ReadAsync(cancellationToken))
        {
            var key = (reader.GetBoolean(0), reader.GetString(1), reader.GetString(2));
            if (!series.TryGetValue(key, out var values))
                Array.Fill(series[key] = values = new double?[request.Steps], 0);
            values[reader.GetInt64(3)] = reader.GetDouble(4);
        }

        return series
            .GroupBy(s => (s.Key.Selected, s.Key.Name))
            .SelectMany(g => g.OrderByDescending(s => s.Value.Sum()).ThenBy(s => s.Key.Value, StringComparer.Ordinal).Take(query.Function.Compare!.TopN))
            .OrderByDescending(s => s.Key.Selected).ThenBy(s => s.Key.Name, StringComparer.Ordinal).ThenByDescending(s => s.Value.Sum())
            .Select(s => new MetricSeries(
                [KeyValuePair.Create("__meta_type", Text(s.Key.Selected ? "selection" : "baseline")), KeyValuePair.Create(s.Key.Name, JsonSerializer.Deserialize<JsonElement>(s.Key.Value))],
                s.Value))
            .ToList();
    }

    private static JsonElement Text(string value) => JsonSerializer.SerializeToElement(value);

    private NpgsqlCommand Build(MetricsQuery query)
    {
        var command = new NpgsqlCommand();
        var parameters = SqlParameters.Positional(command.Parameters);
        var pipeline = new PipelineSql(new ConditionSql(parameters, request.Window), new TraceRows(request.Window, parameters), parameters);
        var compare = query.Function.Compare!;
        var selected = "";
        var with = pipeline.Compile(query.Source, columns => selected = columns.Condition(compare.Selection.Condition));
        var bounds = compare.StartNanoseconds is { } start
            ? $" and r.start_ns >= {parameters.Bigint(start)} and r.start_ns < {parameters.Bigint(compare.EndNanoseconds ?? long.MaxValue)}"
            : "";
        command.CommandText = with
            + $"select (r.{selected}{bounds}) as selected, a.name, a.value::text, (r.start_ns - {parameters.Bigint(request.Window.FromNs)}) / {parameters.Bigint(request.StepNs)}, sum(coalesce(r.weight, 1))::float8"
            + " from result r join spans s on s.trace_id = r.trace_id and s.span_id = r.span_id and s.start_ns = r.start_ns"
            + " join resources c on c.id = s.resource_id"
            + $" cross join lateral ({Values()}) a(name, value) where a.value is not null group by 1, 2, 3, 4";
        return command;
    }

    private static string Values()
    {
        var promoted = Telemetry.Intake.PromotedKeys.Texts.Concat([Telemetry.Intake.PromotedKeys.HttpResponseStatusCode, Telemetry.Intake.PromotedKeys.ServerPort])
            .Select(key => $"('span.{key}', to_jsonb(s.{key.Replace('.', '_')}))");
        return "select 'span.' || e.key, e.value from jsonb_each(s.attributes) e union all select 'resource.' || e.key, e.value from jsonb_each(c.attributes) e"
            + " union all values ('name', (select to_jsonb(o.name) from operations o where o.id = s.operation_id)),"
            + $" ('status', {Labels.Json(new IntrinsicReference(Intrinsic.Status), new SqlValue(SqlType.Code, "s.status"))}),"
            + $" ('kind', {Labels.Json(new IntrinsicReference(Intrinsic.Kind), new SqlValue(SqlType.Code, "s.kind"))}), {string.Join(", ", promoted)}";
    }
}
