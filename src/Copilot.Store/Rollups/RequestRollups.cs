using System.Runtime.InteropServices;
using Copilot.Store.Intake;
using Copilot.Telemetry.Records;

namespace Copilot.Store.Rollups;

/// <summary>
/// RED numbers of requests (entry spans) out of the rollups: exact for whole minutes, for as long as anything is kept. Whole hours are
/// read from hour rows, the minutes beside them from minute rows, and what is not folded yet from the intake's deltas, in one statement:
/// every span once.
/// </summary>
public sealed class RequestRollups(CopilotDatabase database)
{
    /// <summary>The window in whole minutes: what the rollups can tell about.</summary>
    public static TimeWindow RoundOut(TimeWindow window)
    {
        var from = window.FromNs - (window.FromNs % UnixNanos.PerMinute);
        var over = window.ToNs % UnixNanos.PerMinute;
        return new TimeWindow(from, over == 0 ? window.ToNs : window.ToNs - over + UnixNanos.PerMinute);
    }

    /// <summary>Group by group; only groups that had requests.</summary>
    /// <param name="services">Any of these services; all where empty.</param>
    /// <param name="exceptServices">None of these.</param>
    /// <param name="operations">Any of these span names; all where empty.</param>
    /// <param name="window">Rounded out to whole minutes.</param>
    /// <param name="byService">Group by service; else the group's service is null.</param>
    /// <param name="byOperation">Group by span name; else the group's operation is null.</param>
    /// <param name="stepNs">Group by steps of whole minutes from the window's start; 0: one step.</param>
    public async Task<IReadOnlyDictionary<(string? Service, string? Operation, long Step), RequestRollup>> ReadAsync(
        IReadOnlyList<string> services,
        IReadOnlyList<string> exceptServices,
        IReadOnlyList<string> operations,
        TimeWindow window,
        bool byService,
        bool byOperation,
        long stepNs,
        CancellationToken cancellationToken
    )
    {
        window = RoundOut(window);
        var hours =
            stepNs == 0
                ? new TimeWindow(
                    window.FromNs + UnixNanos.PerHour - 1 - ((window.FromNs + UnixNanos.PerHour - 1) % UnixNanos.PerHour),
                    window.ToNs - (window.ToNs % UnixNanos.PerHour)
                )
                : new TimeWindow(window.ToNs, window.ToNs);
        if (hours.IsEmpty)
            hours = new TimeWindow(window.ToNs, window.ToNs);
        await using var command = database.DataSource.CreateCommand(
            $"""
            select case when $8 then r.service_id else 0 end, case when $9 then r.operation_id else 0 end,
                case when $10 = 0 then 0 else (r.minute_ns - $1) / $10 end, {FailedSpans.RollupCondition(
                "r"
            )}, sum(r.count)::bigint, sum(r.extrapolated),
                sum(r.sum_ns::float8), min(r.min_ns), max(r.max_ns), array_agg(r.histogram)
            from (
                select * from span_rollup_hours where minute_ns >= $3 and minute_ns < $4
                union all select * from span_rollup_minutes where minute_ns >= $1 and minute_ns < $3
                union all select * from span_rollup_minutes where minute_ns >= $4 and minute_ns < $2
                union all select * from span_rollup_deltas where minute_ns >= $1 and minute_ns < $2) r
            where r.entry
                and (cardinality($5) = 0 or r.service_id = any(array(select id from services where name = any($5))))
                and r.service_id <> all(array(select id from services where name = any($6)))
                and (cardinality($7) = 0 or r.operation_id = any(array(select id from operations where name = any($7))))
            group by 1, 2, 3, 4
            """
        );
        foreach (var bound in new[] { window.FromNs, window.ToNs, Math.Min(hours.FromNs, window.ToNs), hours.ToNs })
            command.Parameters.AddWithValue(bound);
        command.Parameters.AddWithValue(services.ToArray());
        command.Parameters.AddWithValue(exceptServices.ToArray());
        command.Parameters.AddWithValue(operations.ToArray());
        command.Parameters.AddWithValue(byService);
        command.Parameters.AddWithValue(byOperation);
        command.Parameters.AddWithValue(stepNs);
        var groups = new Dictionary<(int Service, int Operation, long Step), RequestRollup>();
        await using (var reader = await command.ExecuteReaderAsync(cancellationToken))
        {
            while (await reader.ReadAsync(cancellationToken))
            {
                ref var group = ref CollectionsMarshal.GetValueRefOrAddDefault(
                    groups,
                    (reader.GetInt32(0), reader.GetInt32(1), reader.GetInt64(2)),
                    out _
                );
                (group ??= new RequestRollup()).Add(
                    reader.GetBoolean(3),
                    reader.GetInt64(4),
                    reader.GetDouble(5),
                    reader.GetDouble(6),
                    reader.GetInt64(7),
                    reader.GetInt64(8),
                    reader.GetFieldValue<byte[][]>(9)
                );
            }
        }

        return await NamedAsync(groups, byService, byOperation, cancellationToken);
    }

    /// <summary>Operations of several kinds may bear one name.</summary>
    private async Task<Dictionary<(string? Service, string? Operation, long Step), RequestRollup>> NamedAsync(
        Dictionary<(int Service, int Operation, long Step), RequestRollup> groups,
        bool byService,
        bool byOperation,
        CancellationToken cancellationToken
    )
    {
        var services = byService ? await ServiceNamesAsync(groups.Keys.Select(g => g.Service), cancellationToken) : [];
        var operations = byOperation
            ? await NamesAsync(
                "select id, name from operations where id = any($1)",
                groups.Keys.Select(g => g.Operation),
                cancellationToken
            )
            : [];
        var named = new Dictionary<(string?, string?, long), RequestRollup>(groups.Count);
        foreach (var ((service, operation, step), group) in groups)
        {
            ref var known = ref CollectionsMarshal.GetValueRefOrAddDefault(
                named,
                (services.GetValueOrDefault(service), operations.GetValueOrDefault(operation), step),
                out var exists
            );
            if (exists)
                known!.Add(group);
            else
                known = group;
        }

        return named;
    }

    internal Task<Dictionary<int, string>> ServiceNamesAsync(IEnumerable<int> services, CancellationToken cancellationToken) =>
        NamesAsync("select id, name from services where id = any($1)", services, cancellationToken);

    private async Task<Dictionary<int, string>> NamesAsync(string sql, IEnumerable<int> ids, CancellationToken cancellationToken)
    {
        await using var command = database.DataSource.CreateCommand(sql);
        command.Parameters.AddWithValue(ids.Distinct().ToArray());
        var names = new Dictionary<int, string>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            names.Add(reader.GetInt32(0), reader.GetString(1));
        return names;
    }
}
