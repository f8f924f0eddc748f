using Copilot.Telemetry.Spans;
using Copilot.Telemetry.Time;
using Npgsql;

namespace Copilot.Store.Samples;

/// <summary>Reads the rollups minute by minute: what the intake appended and what was folded since.</summary>
public sealed class ServiceMinuteReads(CopilotDatabase database)
{
    /// <summary>Of all services but the copilot itself, which is never what is wrong.</summary>
    /// <param name="window">Whole minutes; a minute counts that starts in it.</param>
    public async Task<IReadOnlyList<ServiceMinute>> ReadAsync(TimeWindow window, CancellationToken cancellation)
    {
        const string sql = $"""
            select r.minute_ns, v.name, r.status, r.count, r.histogram from (
              select minute_ns, service_id, status, count, histogram from span_rollup_deltas where entry and minute_ns >= $1 and minute_ns < $2
              union all
              select minute_ns, service_id, status, count, histogram from span_rollup_minutes where entry and minute_ns >= $1 and minute_ns < $2) r
            join services v on v.id = r.service_id and v.name <> '{OwnService.Name}'
            """;
        await using var command = database.DataSource.CreateCommand(sql);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = window.FromNs });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = window.ToNs });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var minutes = new Dictionary<(long, string), ServiceMinute>();
        while (await reader.ReadAsync(cancellation))
        {
            var key = (reader.GetInt64(0), reader.GetString(1));
            if (!minutes.TryGetValue(key, out var minute))
                minutes.Add(key, minute = new ServiceMinute { MinuteNs = key.Item1, Service = key.Item2 });
            minute.Requests += reader.GetInt64(3);
            if (reader.GetInt16(2) == 2)
                minute.Failed += reader.GetInt64(3);
            minute.Durations.Merge(reader.GetFieldValue<byte[]>(4));
        }

        return [.. minutes.Values.OrderBy(m => m.MinuteNs).ThenBy(m => m.Service, StringComparer.Ordinal)];
    }
}
