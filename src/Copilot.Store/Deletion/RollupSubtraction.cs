using System.Text;
using Copilot.Store.Intake;
using Copilot.Store.Retention;
using Copilot.Store.Rollups;
using Copilot.Telemetry.Assembly;
using Copilot.Telemetry.Records;
using Npgsql;

namespace Copilot.Store.Deletion;

/// <summary>
/// Takes deleted spans, which lie in the temporary table <c>gone</c>, out of the figures, in the transaction that deleted them. What of
/// their hours was only counted and never stored stays counted: nobody can tell any more what it carried.
/// </summary>
internal static class RollupSubtraction
{
    public static async Task RunAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var rows = new Dictionary<RollupKey, RollupRow>();
        await using (
            var read = new NpgsqlCommand(
                $"""
                select start_ns, service_id, operation_id, entry, parent_span_id is null,
                    (status + case when flags & {FailedSpans.ByResponse} <> 0 then {FailedSpans.RollupStatus} else 0 end)::smallint,
                    duration_ns, trace_state
                from gone
                """,
                connection
            )
        )
        await using (var reader = await read.ExecuteReaderAsync(cancellationToken))
        {
            while (await reader.ReadAsync(cancellationToken))
            {
                var key = new RollupKey(
                    RollupDeltas.StartOfMinute(reader.GetInt64(0)),
                    reader.GetInt32(1),
                    reader.GetInt32(2),
                    reader.GetBoolean(3),
                    reader.GetBoolean(4),
                    reader.GetInt16(5)
                );
                var state = reader.IsDBNull(7) ? [] : Encoding.UTF8.GetBytes(reader.GetString(7));
                RollupFold.Row(rows, key).Remove(reader.GetInt64(6), SamplingThreshold.AdjustedCount(state));
            }
        }

        if (rows.Count == 0)
            return;
        // What was counted is in deltas, minutes or both: deltas of these minutes are folded in the same breath.
        await using (
            var take = new NpgsqlCommand(
                $"delete from span_rollup_deltas where minute_ns = any($1) returning {RollupDeltas.Columns}",
                connection
            )
        )
        {
            take.Parameters.AddWithValue(Minutes(rows));
            await RollupFold.MergeAsync(take, rows, cancellationToken);
        }

        var minutes = Minutes(rows);
        await RollupFold.FoldAsync(connection, rows, cancellationToken);
        await MeasureExtremesAsync(connection, minutes, cancellationToken);
    }

    private static long[] Minutes(Dictionary<RollupKey, RollupRow> rows) =>
        [.. rows.Keys.Select(static key => key.MinuteNs).Distinct().Order()];

    /// <summary>The shortest and the longest are not to be had by subtraction: of hours of which all spans are stored they are measured
    /// anew, in others they come down to the histogram's.</summary>
    private static async Task MeasureExtremesAsync(NpgsqlConnection connection, long[] minutes, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            $"""
            with whole as (
                select m from unnest($1) m where not exists (select from thinned_hours t where t.hour_ns = m - m % 3600000000000)),
            measured as (
                select s.start_ns - s.start_ns % 60000000000 as minute_ns, s.operation_id, s.entry, s.parent_span_id is null as root,
                    (s.status + case when s.flags & {FailedSpans.ByResponse} <> 0 then {FailedSpans.RollupStatus} else 0 end)::smallint
                      as status,
                    min(s.duration_ns) as shortest, max(s.duration_ns) as longest
                from whole w join spans s on s.start_ns >= w.m and s.start_ns < w.m + 60000000000
                where s.start_ns >= $2 and s.start_ns < $3 and s.operation_id in (select operation_id from gone)
                group by 1, 2, 3, 4, 5)
            update span_rollup_minutes r set min_ns = x.shortest, max_ns = x.longest from measured x
            where r.minute_ns = x.minute_ns and r.operation_id = x.operation_id and r.entry = x.entry and r.root = x.root
                and r.status = x.status and (r.min_ns <> x.shortest or r.max_ns <> x.longest)
            """,
            connection
        )
        {
            CommandTimeout = 600,
        };
        command.Parameters.AddWithValue(minutes);
        command.Parameters.AddWithValue(minutes[0]);
        command.Parameters.AddWithValue(minutes[^1] + UnixNanos.PerMinute);
        await command.ExecuteNonQueryAsync(cancellationToken);

        await using var hours = new NpgsqlCommand(
            """
            update span_rollup_hours h set min_ns = x.shortest, max_ns = x.longest from (
                select m.minute_ns - m.minute_ns % 3600000000000 as hour_ns, m.operation_id, m.entry, m.root, m.status,
                    min(m.min_ns) as shortest, max(m.max_ns) as longest
                from span_rollup_minutes m
                where m.operation_id in (select operation_id from gone) and m.minute_ns - m.minute_ns % 3600000000000 = any($1)
                group by 1, 2, 3, 4, 5) x
            where h.minute_ns = x.hour_ns and h.operation_id = x.operation_id and h.entry = x.entry and h.root = x.root
                and h.status = x.status and (h.min_ns <> x.shortest or h.max_ns <> x.longest)
            """,
            connection
        );
        hours.Parameters.AddWithValue(minutes.Select(TelemetryPartitions.StartOfHour).Distinct().ToArray());
        await hours.ExecuteNonQueryAsync(cancellationToken);
    }
}
