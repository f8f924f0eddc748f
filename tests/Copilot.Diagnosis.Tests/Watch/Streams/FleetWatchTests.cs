using System.Diagnostics;
using Copilot.Diagnosis.Watch;
using Copilot.Store.Rollups;
using Copilot.Store.Samples;
using Copilot.Telemetry.Records;
using Copilot.Testing;
using Npgsql;
using Xunit;
using Xunit.Abstractions;

namespace Copilot.Diagnosis.Tests.Watch.Streams;

/// <summary>What the check of the rollups costs each minute in a large fleet.</summary>
[Trait("needs", "postgres")]
public sealed class FleetWatchTests(PostgresFixture postgres, ITestOutputHelper output) : IClassFixture<PostgresFixture>
{
    private const int Services = 1600;

    private const int Minutes = 17;

    private static readonly DateTimeOffset End = new(2026, 3, 4, 15, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task What_is_worse_in_a_minute_of_a_large_fleet_is_found()
    {
        await FillAsync();
        var options = new WatchOptions();
        var traffic = new TrafficReads(postgres.Database);
        var window = new TimeWindow(End.AddMinutes(-Minutes), End);
        var taken = new List<double>();
        var processor = Environment.CpuUsage.TotalTime;
        for (var i = 0; i < 5; i++)
        {
            var started = Stopwatch.GetTimestamp();
            // A new one each time: after a restart all messages of the past are read once.
            var check = new MinuteCheck(
                new ServiceMinuteReads(postgres.Database),
                new SampleLogReads(postgres.Database),
                new SampleNames(postgres.Database),
                options
            );
            Assert.Equal(["s-7", "s-8", "s-9"], (await check.FindAsync(End, default)).Select(w => w.Service).Order());
            Assert.Equal(Minutes, (await traffic.TracesAsync(window, default)).Count);
            taken.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        processor = Environment.CpuUsage.TotalTime - processor;
        taken.Sort();
        output.WriteLine(
            FormattableString.Invariant(
                $"{Services} services: median {taken[2]:0} ms, at most {taken[^1]:0} ms; processor time of the app {processor.TotalMilliseconds / taken.Count:0} ms a minute"
            )
        );
    }

    /// <summary>
    /// Three operations and three callees a service, each minute some requests and calls of each, and an error message now and then. In
    /// the last minute a quarter of the calls is a little slower, one service begins to fail, all calls to another do, and a third says
    /// something new.
    /// </summary>
    private async Task FillAsync()
    {
        var durations = new DurationHistogram();
        for (var i = 0; i < 20; i++)
            durations.Add((5 + i) * UnixNanos.PerMillisecond);
        await postgres.ScalarAsync($"insert into services (name) select 's-' || n from generate_series(1, {Services}) n");
        await using var command = postgres.Database.DataSource.CreateCommand(
            """
            insert into span_rollup_minutes (minute_ns, service_id, operation_id, entry, root, status, count, extrapolated, sum_ns, min_ns, max_ns, histogram)
            select $1 + m * 60000000000, s.id, s.id * 3 + o, true, o = 0, case when s.name = 's-7' and m = $2 - 1 then 2 else 0 end, 20, 20, 1, 1, 1, $3
            from services s, generate_series(0, 2) o, generate_series(0, $2 - 1) m
            """
        );
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = UnixNanos.From(End.AddMinutes(-Minutes)) });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = Minutes });
        command.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = durations.ToBytes() });
        await command.ExecuteNonQueryAsync();
        await using var calls = postgres.Database.DataSource.CreateCommand(
            """
            insert into edge_minutes select $1 + m * 60000000000, s.id, (s.id + o) % $4 + 1, null, 20, 0, 100, $3, 20,
              case when (select name from services where id = (s.id + o) % $4 + 1) = 's-8' and m = $2 - 1 then 20 else 0 end, case when s.id % 4 = 0 and m = $2 - 1 then 120 else 100 end, $3
            from services s, generate_series(0, 2) o, generate_series(0, $2 - 1) m
            """
        );
        calls.Parameters.Add(new NpgsqlParameter<long> { TypedValue = UnixNanos.From(End.AddMinutes(-Minutes)) });
        calls.Parameters.Add(new NpgsqlParameter<int> { TypedValue = Minutes });
        calls.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = durations.ToBytes() });
        calls.Parameters.Add(new NpgsqlParameter<int> { TypedValue = Services });
        await calls.ExecuteNonQueryAsync();
        await using var logs = postgres.Database.DataSource.CreateCommand(
            """
            insert into logs (time_ns, service_id, resource_id, scope_id, severity, body)
            select $1 + m * 60000000000 + n * 1000000000::bigint, s.id, 1, 1, 17, case when s.name = 's-9' and m = $2 - 1 then 'no vault' else 'no paper' end
            from services s, generate_series(0, $2 - 1) m, generate_series(0, 59, 5) n where s.id % 100 = 9
            """
        );
        logs.Parameters.Add(new NpgsqlParameter<long> { TypedValue = UnixNanos.From(End.AddMinutes(-Minutes)) });
        logs.Parameters.Add(new NpgsqlParameter<int> { TypedValue = Minutes });
        await logs.ExecuteNonQueryAsync();
    }
}
