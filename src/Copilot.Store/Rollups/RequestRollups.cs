using System.Runtime.InteropServices;
using Copilot.Telemetry.Time;

namespace Copilot.Store.Rollups;

/// <summary>
/// RED numbers of requests (entry spans) out of the rollups: exact for whole minutes, for as long as anything is kept. Whole hours are
/// read from hour rows, the minutes beside them from minute rows, and what is not folded yet from the intake's deltas, in one statement:
/// every span once.
/// </summary>
public sealed class RequestRollups(CopilotDatabase database)
{
    private const long HourNs = 60 * UnixNanos.PerMinute;

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
        CancellationToken cancellationToken)
    {
        window = RoundOut(window);
        var hours = stepNs == 0
            ? new TimeWindow(window.FromNs + HourNs - 1 - ((window.FromNs + HourNs - 1) % HourNs), window.ToNs - (window.ToNs % HourNs))
            : new TimeWindow(window.ToNs, window.ToNs);
        if (hours.IsEmpty)
            hours = new TimeWindow(window.ToNs, window.ToNs);
        await using var command = database.DataSource.CreateCommand(
            """
            select v.name, o.name, r.minute_ns, r.status = 2, r.count, r.extrapolated, r.sum_ns, r.min_ns, r.max_ns, r.histogram
            from (
                select * from span_rollup_hours where minute_ns >= $3 and minute_ns < $4
                union all select * from span_rollup_minutes where minute_ns >= $1 and minute_ns < $3
                union all select * from span_rollup_minutes where minute_ns >= $4 and minute_ns < $2
                union all select * from span_rollup_deltas where minute_ns >= $1 and minute_ns < $2) r
            join services v on v.id = r.service_id join operations o on o.id = r.operation_id
            where r.entry and (cardinality($5) = 0 or v.name = any($5)) and v.name <> all($6) and (cardinality($7) = 0 or o.name = any($7))
            """);
        foreach (var bound in new[] { window.FromNs, window.ToNs, Math.Min(hours.FromNs, window.ToNs), hours.ToNs })
            command.Parameters.AddWithValue(bound);
        command.Parameters.AddWithValue(services.ToArray());
        command.Parameters.AddWithValue(exceptServices.ToArray());
        command.Parameters.AddWithValue(operations.ToArray());
        var groups = new Dictionary<(string?, string?, long), RequestRollup>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var step = stepNs == 0 ? 0 : (reader.GetInt64(2) - window.FromNs) / stepNs;
            ref var group = ref CollectionsMarshal.GetValueRefOrAddDefault(
                groups, (byService ? reader.GetString(0) : null, byOperation ? reader.GetString(1) : null, step), out _);
            (group ??= new RequestRollup()).Add(
                reader.GetBoolean(3), reader.GetInt64(4), reader.GetDouble(5), reader.GetInt64(6), reader.GetInt64(7), reader.GetInt64(8),
                reader.GetFieldValue<byte[]>(9));
        }

        return groups;
    }
}
