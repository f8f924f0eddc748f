using System.Runtime.InteropServices;
using Copilot.Store.Intake;
using Copilot.Telemetry.Records;
using Copilot.Telemetry.Spans;
using Npgsql;

namespace Copilot.Store.Rollups;

/// <summary>
/// All requests to each service in a window, for figures that a sample could only estimate: the whole minutes from the rollups, what the
/// window holds of the minutes at its ends from the spans.
/// </summary>
public sealed class ServiceCountReads(CopilotDatabase database)
{
    private readonly RequestRollups _rollups = new(database);

    /// <summary>By service; those without requests and the copilot itself are not in it.</summary>
    public async Task<IReadOnlyDictionary<string, RequestRollup>> ReadAsync(TimeWindow window, CancellationToken cancellationToken)
    {
        var from = window.FromNs + UnixNanos.PerMinute - 1 - ((window.FromNs + UnixNanos.PerMinute - 1) % UnixNanos.PerMinute);
        var to = window.ToNs - (window.ToNs % UnixNanos.PerMinute);
        if (from >= to)
            (from, to) = (window.ToNs, window.ToNs);
        var counts = new Dictionary<string, RequestRollup>(StringComparer.Ordinal);
        if (from < to)
        {
            foreach (
                var (key, rollup) in await _rollups.ReadAsync(
                    [],
                    [OwnService.Name],
                    [],
                    new TimeWindow(from, to),
                    true,
                    false,
                    0,
                    cancellationToken
                )
            )
                counts.Add(key.Service!, rollup);
        }

        if (window.FromNs < from || to < window.ToNs)
            await AddEndsAsync(counts, window.FromNs, from, to, window.ToNs, cancellationToken);
        return counts;
    }

    private async Task AddEndsAsync(
        Dictionary<string, RequestRollup> counts,
        long from,
        long innerFrom,
        long innerTo,
        long to,
        CancellationToken cancellationToken
    )
    {
        // A kept span stands for those that were not kept.
        var requests = $"""
            select s.service_id, {FailedSpans.Condition(
                "s"
            )} as failed, s.duration_ns, greatest(1, round(coalesce(s.weight, 1)))::bigint as stands_for from spans s
            where s.entry and s.service_id = any(array(select id from services where name <> '{OwnService.Name}'))
            """;
        await using var command = database.DataSource.CreateCommand(
            $"""
            select r.service_id, r.failed, array_agg(r.duration_ns), array_agg(r.stands_for) from (
              {requests} and s.start_ns >= $1 and s.start_ns < $2 union all {requests} and s.start_ns >= $3 and s.start_ns < $4) r
            group by 1, 2
            """
        );
        foreach (var bound in new[] { from, innerFrom, innerTo, to })
            command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = bound });
        var ends = new List<(int Service, bool Failed, long[] DurationsNs, long[] StandFor)>();
        await using (var reader = await command.ExecuteReaderAsync(cancellationToken))
        {
            while (await reader.ReadAsync(cancellationToken))
                ends.Add((reader.GetInt32(0), reader.GetBoolean(1), reader.GetFieldValue<long[]>(2), reader.GetFieldValue<long[]>(3)));
        }

        var names = await _rollups.ServiceNamesAsync(ends.Select(end => end.Service), cancellationToken);
        foreach (var (service, failed, durationsNs, standFor) in ends)
        {
            ref var count = ref CollectionsMarshal.GetValueRefOrAddDefault(counts, names[service], out _);
            count ??= new RequestRollup();
            for (var i = 0; i < durationsNs.Length; i++)
                count.Add(failed, durationsNs[i], standFor[i]);
        }
    }
}

/// <summary>How many traces began in each minute, out of the rollups.</summary>
public sealed class TrafficReads(CopilotDatabase database)
{
    /// <summary>The newest minute with traffic; null where none ever was.</summary>
    public async Task<long?> NewestMinuteAsync(CancellationToken cancellationToken)
    {
        const string newest =
            $"where entry and service_id <> all(array(select id from services where name = '{OwnService.Name}')) order "
            + "by minute_ns desc limit 1";
        await using var command = database.DataSource.CreateCommand(
            $"select max(m) from (select (select minute_ns from span_rollup_minutes {newest}) as m union all select "
                + $"(select minute_ns from span_rollup_deltas {newest})) r"
        );
        return await command.ExecuteScalarAsync(cancellationToken) as long?;
    }

    /// <param name="window">Whole minutes; a minute counts that starts in it.</param>
    /// <returns>By the minute's start; minutes without traffic are not in it. Where no roots arrive, requests are counted.</returns>
    public async Task<IReadOnlyDictionary<long, long>> TracesAsync(TimeWindow window, CancellationToken cancellationToken)
    {
        const string sql = $"""
            select r.minute_ns, coalesce(sum(r.count) filter (where r.root), sum(r.count))::bigint from {RequestMinutes.Rows} r
            where r.service_id <> all(array(select id from services where name = '{OwnService.Name}'))
            group by 1
            """;
        await using var command = database.DataSource.CreateCommand(sql);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = window.FromNs });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = window.ToNs });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var minutes = new Dictionary<long, long>();
        while (await reader.ReadAsync(cancellationToken))
            minutes.Add(reader.GetInt64(0), reader.GetInt64(1));
        return minutes;
    }
}
