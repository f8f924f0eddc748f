using System.Globalization;
using Copilot.Store.AttributeIndexing;
using Copilot.Store.Commands;
using Copilot.Store.Reads.Logs;
using Copilot.Store.Traceql.Conditions;
using Copilot.Telemetry.Records;
using Copilot.Telemetry.Spans;
using Npgsql;

namespace Copilot.Store.Reads.Metrics;

/// <summary>Metrics by their exact names.</summary>
public sealed class MetricTableReads(CopilotDatabase database)
{
    private const int MostPoints = 1_500_000;

    /// <summary>What there is, but of the copilot itself: each name with its unit, kind and services. Where senders do not agree on a
    /// name's unit or kind it is there several times.</summary>
    /// <param name="since">Only of series noted since this mark of the attribute index, each with the services of these; 0 for all.</param>
    public async Task<IReadOnlyList<MetricEntry>> NamesAsync(long since, CancellationToken cancellationToken)
    {
        Sql sql = $"""
            select r.name, r.unit, r.kind, r.kind = 'sum' and r.monotonic, array_agg(distinct v.name)
            from metric_series r join services v on v.id = r.service_id
            where {NotedSince.Of(since)} and v.name <> {OwnService.Name} group by 1, 2, 3, 4 order by 1, 2, 3, 4
            """;
        return await database.QueryAsync(
            sql,
            reader => new MetricEntry(
                reader.GetString(0),
                reader.GetString(1),
                Kind(reader.GetString(2), reader.GetBoolean(3)),
                [.. reader.GetFieldValue<string[]>(4).Order(StringComparer.Ordinal)]
            ),
            cancellationToken
        );
    }

    /// <summary>What the metric's own points are told apart by: each attribute with its values, and whether they are numbers.</summary>
    public async Task<ILookup<string, (string Value, bool IsNumber)>> AttributesAsync(string name, CancellationToken cancellationToken)
    {
        Sql sql = $"""
            select distinct a.key, coalesce(a.value #>> array[]::text[], ''), jsonb_typeof(a.value) = 'number'
            from metric_series m cross join lateral jsonb_each(m.attributes) a
            where m.name = {name}
            """;
        var read = await database.QueryAsync(
            sql,
            reader => (Key: reader.GetString(0), Value: reader.GetString(1), IsNumber: reader.GetBoolean(2)),
            cancellationToken
        );
        return read.ToLookup(row => row.Key, row => (row.Value, row.IsNumber), StringComparer.Ordinal);
    }

    /// <summary>Whether any point of the metric (of any, where none is named) is of the window.</summary>
    public async Task<bool> AnyAsync(string? name, TimeWindow window, CancellationToken cancellationToken)
    {
        var sql = Sql.Deferred(parameters =>
            $"""
                select exists (select from metric_series m where {(name is null ? "true" : $"m.name = {parameters.Text(name)}")}
                  and {LogRows.OfServices("m", [], parameters)}
                  and exists (select from metric_points p where p.series_id = m.id and p.time_ns >= {parameters.Bigint(window.FromNs)}
                    and p.time_ns < {parameters.Bigint(window.ToNs)} and p.flags & 1 = 0))
                """
        );
        return (await database.QueryAsync(sql, reader => reader.GetBoolean(0), cancellationToken))[0];
    }

    /// <summary>The series with their points of the window.</summary>
    /// <exception cref="QueryTooExpensiveException">There are more than can be gone through.</exception>
    public async Task<IReadOnlyList<ReadSeries>> SeriesAsync(MetricSelection selection, CancellationToken cancellationToken)
    {
        var width = selection.By.Count;
        var rows = await database.QueryAsync(
            Sql.Deferred(parameters => Statement(selection, parameters)),
            reader => Row(reader, width),
            cancellationToken
        );
        if (rows.Count > MostPoints)
        {
            throw new QueryTooExpensiveException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"the metric has more than {MostPoints:N0} points there. Narrow the window, or name services or attributes."
                )
            );
        }

        return [.. rows.GroupBy(row => row.Id).Select(Series).Where(series => series.Points.Any(p => p.TimeNs >= selection.Window.FromNs))];
    }

    private static string Statement(MetricSelection selection, SqlParameters parameters)
    {
        var conditions = new RowConditionSql(parameters, new MetricFields(parameters), "m");
        var groups = selection.By.Select(
            (group, i) => $", {(group.Field is null ? MetricFields.Service : conditions.Text(group.Field))} as g{i}"
        );
        var where = selection.Where is null ? "true" : conditions.Of(selection.Where);
        var from = parameters.Bigint(selection.Window.FromNs);
        var to = parameters.Bigint(selection.Window.ToNs);
        var earlier = parameters.Bigint(selection.Window.FromNs - UnixNanos.PerHour);
        return $"""
            with chosen as materialized (
              select m.id, m.service_id, m.resource_id, {MetricFields.Service} as service, m.unit, m.kind, m.monotonic,
                m.temporality{string.Concat(
                groups
            )}
              from metric_series m
              where m.name = {parameters.Text(selection.Name)} and {LogRows.OfServices("m", selection.Services, parameters)} and {where}),
            senders as (
              select d.resource_id, min(f.time_ns) as since_ns
              from (select distinct resource_id, service_id from chosen where kind <> 'gauge') d
              join metric_series m on m.service_id = d.service_id and m.resource_id = d.resource_id
              cross join lateral (select p.time_ns from metric_points p where p.series_id = m.id and p.time_ns >= {earlier}
                and p.time_ns < {to}
                order by p.time_ns limit 1) f
              group by 1)
            select c.id, c.service, c.unit, c.kind, c.monotonic, c.temporality, n.since_ns,
              p.time_ns, p.start_ns, p.flags & 1 = 1, p.value, p.count, p.sum, p.min, p.max, p.buckets{string.Concat(
                selection.By.Select((_, i) => $", c.g{i}")
            )}
            from chosen c
            left join senders n on n.resource_id = c.resource_id
            cross join lateral (
              select * from metric_points p where p.series_id = c.id and p.time_ns >= {from} and p.time_ns < {to}
              union all
              (select * from metric_points p where p.series_id = c.id and p.time_ns >= {earlier} and p.time_ns < {from} and p.flags & 1 = 0
                order by p.time_ns desc limit 1)) p
            order by c.id, p.time_ns, p.start_ns limit {MostPoints + 1}
            """;
    }

    private static PointRow Row(NpgsqlDataReader reader, int groups)
    {
        var value = reader.Nullable<double>(10);
        var count = reader.Nullable<long>(11);
        return new PointRow(
            reader.GetInt32(0),
            reader.GetString(1),
            reader.GetString(2),
            Kind(reader.GetString(3), reader.GetString(3) == "sum" && reader.GetBoolean(4)),
            reader.GetInt16(5) == 1,
            reader.Nullable<long>(6),
            [.. Enumerable.Range(16, groups).Select(reader.Text)],
            reader.GetBoolean(9),
            value is { } number && double.IsFinite(number) || count is not null,
            new MetricPoint
            {
                TimeNs = reader.GetInt64(7),
                StartNs = reader.GetInt64(8),
                Value = value ?? 0,
                Distribution = count is null
                    ? null
                    : new Distribution
                    {
                        Count = count.Value,
                        Sum = reader.Nullable<double>(12) ?? 0,
                        Minimum = reader.Nullable<double>(13),
                        Maximum = reader.Nullable<double>(14),
                        Buckets = Distribution.Read(reader.Text(15)),
                    },
            }
        );
    }

    private static ReadSeries Series(IGrouping<int, PointRow> rows)
    {
        var first = rows.First();
        var points = new List<MetricPoint>();
        foreach (var row in rows)
        {
            // "No recorded value" is no value and no new beginning; what is put together over time ends with it.
            if (row.NoValue && points.Count > 0)
                points[^1] = points[^1] with { Ends = true };
            else if (!row.NoValue && row.HasValue)
                points.Add(row.Point);
        }

        return new ReadSeries
        {
            Service = first.Service,
            Unit = first.Unit,
            Kind = first.Kind,
            Delta = first.Delta,
            Groups = first.Groups,
            SenderSinceNs = first.SenderSinceNs,
            Points = points,
        };
    }

    private static MetricKinds Kind(string kind, bool counter) =>
        kind switch
        {
            "gauge" => MetricKinds.Gauge,
            "sum" => counter ? MetricKinds.Counter : MetricKinds.UpDownCounter,
            "summary" => MetricKinds.Summary,
            _ => MetricKinds.Histogram,
        };

    private sealed record PointRow(
        int Id,
        string Service,
        string Unit,
        MetricKinds Kind,
        bool Delta,
        long? SenderSinceNs,
        IReadOnlyList<string?> Groups,
        bool NoValue,
        bool HasValue,
        MetricPoint Point
    );
}
