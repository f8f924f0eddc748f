using Copilot.Telemetry.Records;
using Npgsql;

namespace Copilot.Store.Samples;

/// <summary>Metrics of pods and hosts around a window.</summary>
public sealed class SampleMetricReads(CopilotDatabase database)
{
    private const int Most = 200_000;

    /// <summary>Only names that speak of a resource: there may be a thousand times as many other series.</summary>
    private const string Resources = "cpu|memory|heap|eventloop|thread|pool|connection|pending|queue|lag|throttl|swap|disk";

    private const string Processor = "cpu|throttl";

    /// <summary>A share of a limit is none of those, whatever else its name says.</summary>
    private const string Share = "utilization";

    private const string MoreIsBetter = "available|free|idle|limit|capacity|max|requested|committed";

    /// <param name="services">Of these services only.</param>
    /// <param name="window">From its beginning to its end; what was usual before is up to the caller to include.</param>
    /// <param name="processorOnly">Only the processor's, for when there are many services.</param>
    public async Task<IReadOnlyList<SampledSeries>> ResourcesAsync(
        IReadOnlyCollection<string> services,
        TimeWindow window,
        bool processorOnly,
        CancellationToken cancellationToken
    )
    {
        // Instances come from the resource; the attributes tell the series of one instance apart (joined once a series, not once a point).
        const string sql = """
            with chosen as materialized (
              select m.id, v.name as service, m.resource_id, m.name, m.unit, m.kind = 'sum' and m.monotonic
                and m.temporality = 2 as is_rate,
                coalesce((select string_agg(a.value, ' ' order by a.key) from jsonb_each_text(m.attributes) a), '') as apart
              from metric_series m join services v on v.id = m.service_id
              where m.service_id = any(array(select id from services where name = any($1))) and m.kind in ('gauge', 'sum')
                and m.name ~* $4 and (m.name !~* $6 or m.name ~* $7))
            select c.id, c.service, c.resource_id, c.name, c.unit, c.is_rate, c.apart, p.time_ns, p.value
            from chosen c
            cross join lateral (select time_ns, value from metric_points p
              where p.series_id = c.id and p.time_ns >= $2 and p.time_ns < $3 and p.flags & 1 = 0) p
            where p.value is not null and p.value <> 'NaN'
            order by c.id, p.time_ns limit $5
            """;
        await using var command = database.DataSource.CreateCommand(sql);
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. services] });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = window.FromNs });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = window.ToNs });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = processorOnly ? Processor : Resources });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = Most });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = MoreIsBetter });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = Share });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var series = new List<SampledSeries>();
        var points = new List<(long TimeNs, double Value)>();
        var current = -1;
        var isRate = false;
        while (await reader.ReadAsync(cancellationToken))
        {
            if (reader.GetInt32(0) != current)
            {
                Close();
                current = reader.GetInt32(0);
                isRate = reader.GetBoolean(5);
                points = [];
                var name = reader.GetString(3);
                var apart = reader.GetString(6);
                series.Add(
                    new SampledSeries(
                        reader.GetString(1),
                        reader.GetInt32(2),
                        apart.Length == 0 ? name : name + " " + apart,
                        reader.GetString(4),
                        points
                    )
                );
            }

            points.Add((reader.GetInt64(7), reader.GetDouble(8)));
        }

        Close();
        return series;

        void Close()
        {
            if (isRate)
                AsRates(points);
        }
    }

    /// <summary>Counts into differences a second; a count that fell began anew.</summary>
    private static void AsRates(List<(long TimeNs, double Value)> points)
    {
        for (var i = points.Count - 1; i > 0; i--)
        {
            var seconds = (points[i].TimeNs - points[i - 1].TimeNs) / (double)UnixNanos.PerSecond;
            var grown = points[i].Value - points[i - 1].Value;
            points[i] = (points[i].TimeNs, (grown < 0 ? points[i].Value : grown) / Math.Max(seconds, 1e-3));
        }

        if (points.Count > 0)
            points.RemoveAt(0);
    }
}
