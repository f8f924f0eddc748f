using Copilot.Telemetry.Time;
using Npgsql;

namespace Copilot.Store.Traceql;

/// <summary>How many spans a window holds, from statistics alone: no span is read.</summary>
internal sealed class SpanEstimate(NpgsqlDataSource source)
{
    /// <summary>What a span and its share of the indexes take where a partition has not been analysed yet.</summary>
    private const int BytesASpan = 300;

    /// <summary>The partitions that the window touches, each with the spans of it that start in the window.</summary>
    public async Task<IReadOnlyList<(string Partition, long Spans)>> PartitionsAsync(TimeWindow window, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand("""
            select c.relname,
              (case when c.reltuples > 0 then c.reltuples else pg_relation_size(c.oid) / $3 end
                * case when t.from_ns is null then 1
                  else (least(t.to_ns, $2) - greatest(t.from_ns, $1))::float8 / (t.to_ns - t.from_ns) end)::bigint
            from pg_inherits i join pg_class c on c.oid = i.inhrelid
              left join telemetry_partitions t on t.parent = 'spans' and t.name = c.relname
            where i.inhparent = 'spans'::regclass and (t.from_ns is null or (t.from_ns < $2 and t.to_ns > $1))
            order by t.from_ns nulls last, c.relname
            """);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = window.FromNs });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = window.ToNs });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = BytesASpan });
        var partitions = new List<(string, long)>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            partitions.Add((reader.GetString(0), reader.GetInt64(1)));
        return partitions;
    }

    /// <summary>How many spans of these services were received in the window, by whole hours around it.</summary>
    public async Task<long> OfServicesAsync(IReadOnlySet<string> services, TimeWindow window, CancellationToken cancellationToken)
    {
        const long hour = 60 * UnixNanos.PerMinute;
        await using var command = source.CreateCommand("""
            select coalesce(sum(r.count), 0)::bigint from (
              select service_id, count from span_rollup_hours where minute_ns >= $1 and minute_ns < $2
              union all select service_id, count from span_rollup_deltas where minute_ns >= $1 and minute_ns < $2) r
            where r.service_id = any (array(select id from services where name = any ($3)))
            """);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = window.FromNs - (window.FromNs % hour) });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = window.ToNs });
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. services] });
        return (long)(await command.ExecuteScalarAsync(cancellationToken) ?? 0L);
    }
}
