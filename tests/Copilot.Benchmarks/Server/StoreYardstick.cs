using System.Diagnostics;
using Copilot.Store;
using Copilot.Store.Reads.Traces;
using Copilot.Store.Retention;
using Copilot.Store.Rollups;
using Copilot.Telemetry.Records;
using Copilot.Telemetry.Spans;

namespace Copilot.Benchmarks.Server;

/// <summary>How quickly the store answers, and how small it gets: run inside of the server that it measures.</summary>
internal sealed class StoreYardstick(
    CopilotDatabase database,
    EdgeMaintenance edges,
    RollupCompaction compaction,
    RequestRollups rollups,
    TraceDetailReads traces,
    TimeProvider time,
    RetentionOptions options
)
{
    private const int Reads = 200;

    /// <summary>So many that the code is compiled for good and every connection knows its plans.</summary>
    private const int Warming = 100;

    /// <summary>Folds and counts everything, as the followers of the intake would within minutes.</summary>
    public async Task SettleAsync(CancellationToken cancellationToken)
    {
        await using (var analyze = database.DataSource.CreateCommand("analyze"))
        {
            analyze.CommandTimeout = 0;
            await analyze.ExecuteNonQueryAsync(cancellationToken);
        }

        await edges.CatchUpAsync(cancellationToken);
        await compaction.CatchUpAsync(cancellationToken);
    }

    /// <summary>Distils all hours, as if the hot window had passed.</summary>
    public async Task DistillAsync(CancellationToken cancellationToken)
    {
        await SettleAsync(cancellationToken);
        // The bench writes a day at once; in life each hour is made while it is the present one.
        await using (
            var live = database.DataSource.CreateCommand(
                "update telemetry_partitions set made_at = to_timestamp(from_ns / 1e9), imported = false where parent = 'spans'"
            )
        )
            await live.ExecuteNonQueryAsync(cancellationToken);
        var later = new LaterTime(time, options.HotWindow + TimeSpan.FromHours(26));
        await new Distillation(database, later, options).RunAsync(cancellationToken);
    }

    /// <summary>One trace by its id, with logs, metrics, changes around it: no hint of its time, nor a page that was just read.</summary>
    public async Task<ReadTimes> MeasureTracesAsync(CancellationToken cancellationToken)
    {
        // A page in a hundred of a store that has many; all of one that has few.
        var ids = await SomeTracesAsync(1, cancellationToken);
        if (ids.Count < Reads)
            ids = await SomeTracesAsync(100, cancellationToken);
        return await MeasureAsync(i => traces.ReadAsync(ids[i % ids.Count], cancellationToken));
    }

    private async Task<List<TraceId>> SomeTracesAsync(int percent, CancellationToken cancellationToken)
    {
        var ids = new List<TraceId>();
        await using var command = database.DataSource.CreateCommand(
            FormattableString.Invariant(
                $"select trace_id from spans tablesample system ({percent}) order by random() limit {Reads + Warming}"
            )
        );
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            ids.Add(TraceId.FromGuid(reader.GetGuid(0)));
        return ids;
    }

    /// <summary>Requests, failures and percentiles of every service over the last 24 whole hours that there are.</summary>
    public async Task<ReadTimes> MeasureRedAsync(CancellationToken cancellationToken)
    {
        await using var last = database.DataSource.CreateCommand("select max(minute_ns) from span_rollup_hours");
        var to = (long)(await last.ExecuteScalarAsync(cancellationToken))! + (60 * UnixNanos.PerMinute);
        var window = new TimeWindow(to - (24 * 60 * UnixNanos.PerMinute), to);
        return await MeasureAsync(async _ =>
        {
            var groups = await rollups.ReadAsync([], [], [], window, byService: true, byOperation: false, 0, cancellationToken);
            return groups.Values.Sum(static group => group.Durations.Quantile(0.95) ?? 0);
        });
    }

    private static async Task<ReadTimes> MeasureAsync<T>(Func<int, Task<T>> read)
    {
        var times = new List<double>();
        for (var i = 0; i < Reads + Warming; i++)
        {
            var started = Stopwatch.GetTimestamp();
            await read(i);
            if (i >= Warming)
                times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        return ReadTimes.Of(times);
    }

    private sealed class LaterTime(TimeProvider time, TimeSpan later) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => time.GetUtcNow() + later;
    }
}
