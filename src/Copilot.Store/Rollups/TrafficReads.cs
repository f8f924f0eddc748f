using Copilot.Telemetry.Spans;
using Copilot.Telemetry.Time;
using Npgsql;

namespace Copilot.Store.Rollups;

/// <summary>How many traces began in each minute, out of the rollups.</summary>
public sealed class TrafficReads(CopilotDatabase database)
{
    /// <summary>The newest minute with traffic; null where none ever was.</summary>
    public async Task<long?> NewestMinuteAsync(CancellationToken cancellation)
    {
        const string newest = $"where entry and service_id <> all(array(select id from services where name = '{OwnService.Name}')) order by minute_ns desc limit 1";
        await using var command = database.DataSource.CreateCommand(
            $"select max(m) from (select (select minute_ns from span_rollup_minutes {newest}) as m union all select (select minute_ns from span_rollup_deltas {newest})) r");
        return await command.ExecuteScalarAsync(cancellation) as long?;
    }

    /// <param name="window">Whole minutes; a minute counts that starts in it.</param>
    /// <returns>By the minute's start; minutes without traffic are not in it. Where no roots arrive, requests are counted.</returns>
    public async Task<IReadOnlyDictionary<long, long>> TracesAsync(TimeWindow window, CancellationToken cancellation)
    {
        const string sql = $"""
            select r.minute_ns, coalesce(sum(r.count) filter (where r.root), sum(r.count))::bigint from {RequestMinutes.Rows} r
            where r.service_id <> all(array(select id from services where name = '{OwnService.Name}'))
            group by 1
            """;
        await using var command = database.DataSource.CreateCommand(sql);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = window.FromNs });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = window.ToNs });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var minutes = new Dictionary<long, long>();
        while (await reader.ReadAsync(cancellation))
            minutes.Add(reader.GetInt64(0), reader.GetInt64(1));
        return minutes;
    }
}
