using Copilot.Store.Intake;
using Copilot.Telemetry.Records;
using Npgsql;

namespace Copilot.Store.Retention;

/// <summary>The statements that decide which traces of an hour stay.</summary>
internal static class DistillationSql
{
    /// <summary>
    /// Fills the temporary table <c>decided</c>. Parameters: $1 and $2 bound the hour, $3 is how far a trace may reach into the hours
    /// beside
    /// it, $4 and $5 are the slow thresholds by operation, $6 is the uniform share, $7 how seldom is rare.
    /// </summary>
    public static readonly string Decide = $"""
        insert into decided (trace_id, kept, weight, spills)
        with mine as materialized (
            select trace_id, operation_id, service_id, status, flags, parent_span_id, duration_ns, start_ns
            from spans where start_ns >= $1 and start_ns < $2 and flags & (1 << 30) = 0),
        traces as (
            select trace_id, md5(string_agg(distinct operation_id::text, ',' order by operation_id::text)) as path from mine group by 1),
        near as materialized (
            select s.trace_id, s.status, s.flags, s.start_ns from spans s
            where s.start_ns >= $1 - $3 and s.start_ns < $2 + $3 and (s.start_ns < $1 or s.start_ns >= $2)
                and s.trace_id in (select trace_id from traces)),
        failed as (select trace_id from mine m where {FailedSpans.Condition(
            "m"
        )} union select trace_id from near n where {FailedSpans.Condition("n")}),
        slow as (
            select distinct m.trace_id from mine m join unnest($4::int[], $5::bigint[]) t (operation_id, nanos) using (operation_id)
            where m.parent_span_id is null and m.duration_ns > t.nanos),
        seldom as (
            select operation_id from (
                select operation_id, sum(count) as count from span_rollup_hours
                  where minute_ns >= $1 - 86400000000000 and minute_ns < $2 group by 1
                union all select operation_id, count(*) from mine
                    where operation_id not in (select operation_id from span_rollup_hours
                      where minute_ns >= $1 - 86400000000000 and minute_ns < $2)
                    group by 1) c
            group by 1 having max(count) <= $7),
        unusual as (
            select trace_id from mine where operation_id in (select operation_id from seldom)
            union
            select trace_id from (select trace_id, count(*) over (partition by path) as alike from traces) p where alike <= 3),
        -- A sender whose every span has a name of its own must not make everything rare.
        rare as (
            select trace_id from unusual order by uuid_hash_extended(trace_id, 0)
            limit (select greatest(10, count(*) / 20) from traces)),
        judged as (
            select t.trace_id,
                (case when t.trace_id in (select trace_id from failed) then 1 else 0 end
                | case when t.trace_id in (select trace_id from slow) then 2 else 0 end
                | case when t.trace_id in (select trace_id from rare) then 4 else 0 end
                | case when t.trace_id in (select trace_id from cited_traces) then 8 else 0 end) as reasons,
                (uuid_hash_extended(t.trace_id, 0) & 1048575) < $6 * 1048576 as drawn,
                t.trace_id in (select trace_id from near where start_ns >= $2) as spills
            from traces t)
        select j.trace_id,
            coalesce(d.kept, j.reasons | case when j.drawn then 16 else 0 end),
            coalesce(d.weight, case when j.reasons <> 0 then 1 else 1 / $6 end),
            j.spills
        from judged j left join distilled_traces d on d.trace_id = j.trace_id and d.hour_ns < $1 and d.hour_ns >= $1 - $3
        """;

    /// <summary>Remembers the decisions, for and against, on traces that go on in the next hour.</summary>
    public const string Remember = """
        insert into distilled_traces (trace_id, hour_ns, kept, weight) select trace_id, $1, kept, weight from decided where spills
        on conflict do nothing
        """;
}

/// <summary>How long is slow: the 99th percentile of the root spans of each operation, out of the rollups, which count every span
/// received.</summary>
internal static class SlowThresholds
{
    public static async Task<(int[] Operations, long[] Nanos)> ReadAsync(
        NpgsqlConnection connection,
        long fromNs,
        long toNs,
        CancellationToken cancellationToken
    )
    {
        var histograms = new Dictionary<int, (DurationHistogram Histogram, long Max)>();
        await using var command = new NpgsqlCommand(
            """
            select operation_id, max_ns, histogram from span_rollup_minutes where root and minute_ns >= $1 and minute_ns < $2
            union all
            select operation_id, max_ns, histogram from span_rollup_deltas where root and minute_ns >= $1 and minute_ns < $2
            """,
            connection
        );
        command.Parameters.AddWithValue(fromNs);
        command.Parameters.AddWithValue(toNs);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var operation = reader.GetInt32(0);
            var (histogram, max) = histograms.GetValueOrDefault(operation, (new DurationHistogram(), 0));
            histogram.Merge(reader.GetFieldValue<byte[]>(2));
            histograms[operation] = (histogram, Math.Max(max, reader.GetInt64(1)));
        }

        return (
            [.. histograms.Keys],
            [.. histograms.Values.Select(static entry => entry.Histogram.Quantile(0.99, 0, entry.Max) ?? long.MaxValue)]
        );
    }
}
