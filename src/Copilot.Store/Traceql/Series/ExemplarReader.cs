using System.Text.Json;
using Copilot.Store.Commands;
using Copilot.Store.Traceql.Plans;
using Copilot.Store.Traceql.Search;
using Copilot.Telemetry.Spans;
using Copilot.TraceQL.Syntax;
using Npgsql;

namespace Copilot.Store.Traceql.Series;

/// <summary>Picks spans for the series of one function: the first of each series at each step, and of those as many as are wanted, spread
/// evenly.</summary>
internal sealed class ExemplarReader(SeriesRequest request, Func<NpgsqlCommand, CancellationToken, Task<NpgsqlDataReader>> execute)
{
    /// <summary>All spans of the window are gone through, however the series themselves were counted; beyond this it is not worth
    /// it.</summary>
    public const long MaxSpans = 2_000_000;

    public async Task<IReadOnlyList<MetricSeries>> AttachAsync(
        MetricsQuery query,
        IReadOnlyList<MetricSeries> series,
        CancellationToken cancellationToken
    )
    {
        var found = new Dictionary<MetricSeries, List<Exemplar>>();
        await using var command = Build(query);
        await using var reader = await execute(command, cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            double? measured = reader.IsDBNull(4) ? null : reader.GetDouble(4) * query.Function.Scale;
            var labels = query
                .Function.By.Select(
                    (_, i) => reader.IsDBNull(5 + i) ? SeriesRows.Null : JsonSerializer.Deserialize<JsonElement>(reader.GetString(5 + i))
                )
                .ToList();
            var step = (int)reader.GetInt64(3);
            if (Fitting(query.Function, series.Where(s => Has(s, labels)).ToList(), step, measured) is not { } one)
                continue;
            if (!found.TryGetValue(one, out var exemplars))
                found[one] = exemplars = [];
            exemplars.Add(
                new Exemplar(
                    TraceId.FromGuid(reader.GetGuid(0)),
                    SpanId.FromInt64(reader.GetInt64(1)),
                    reader.GetInt64(2),
                    measured ?? one.Values[step] ?? 0
                )
            );
        }

        return
        [
            .. series.Select(s =>
                found.TryGetValue(s, out var exemplars) ? s with { Exemplars = [.. exemplars.OrderBy(e => e.StartNs)] } : s
            ),
        ];
    }

    private static bool Has(MetricSeries series, List<JsonElement> labels) =>
        !labels.Where((label, i) => !JsonElement.DeepEquals(series.Labels[i].Value, label)).Any();

    /// <summary>Of a span's quantiles or buckets the first that reaches its value.</summary>
    private static MetricSeries? Fitting(MetricsFunction function, List<MetricSeries> candidates, int step, double? measured) =>
        function.Kind switch
        {
            MetricsFunctionKind.QuantileOverTime => candidates.Where(c => c.Values[step] >= measured).MinBy(c => c.Values[step])
                ?? candidates.LastOrDefault(),
            MetricsFunctionKind.HistogramOverTime => candidates
                .Where(c => c.Labels[^1].Value.GetDouble() >= measured)
                .MinBy(c => c.Labels[^1].Value.GetDouble()),
            _ => candidates.FirstOrDefault(),
        };

    /// <summary>Rows: trace, span, start, step, value, labels.</summary>
    private NpgsqlCommand Build(MetricsQuery query)
    {
        var command = new NpgsqlCommand();
        var parameters = SqlParameters.Positional(command.Parameters);
        var pipeline = new PipelineSql(parameters, request.Window);
        var value = "null::numeric";
        var with = pipeline.Compile(
            query.Source,
            columns =>
            {
                foreach (var label in query.Function.By)
                    columns.Json(label);
                if (query.Function.Field is { } field)
                    value = "r." + columns.Number(field);
            }
        );
        var labels = string.Concat(query.Function.By.Select((b, i) => $", r.{pipeline.Spans.Json(b)} as l{i}"));
        var keys = string.Concat(query.Function.By.Select((_, i) => $", l{i}"));
        var step = request.Step(parameters, "r");
        var measured = query.Function.Field is null ? "" : $" where {value} is not null";
        command.CommandText =
            with
            + $"select * from (select distinct on (step{keys}) * from"
            + $" (select r.trace_id, r.span_id, r.start_ns, {step} as step, {value}::float8 as value{labels} from result r{measured}) f"
            + $" order by step{keys}, start_ns, span_id) g"
            + $" order by hashtextextended(trace_id::text, 0) limit {parameters.Bigint(request.ExemplarsWanted)}";
        return command;
    }
}
