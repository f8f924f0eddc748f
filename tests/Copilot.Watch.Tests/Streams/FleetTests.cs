using System.Diagnostics;
using Copilot.Store.Rollups;
using Copilot.Store.Samples;
using Copilot.Telemetry.Histograms;
using Copilot.Telemetry.Time;
using Copilot.Testing;
using Copilot.Watch.Detection;
using Npgsql;
using Xunit;
using Xunit.Abstractions;

namespace Copilot.Watch.Tests.Streams;

/// <summary>What the check of the rollups costs each minute in a large fleet.</summary>
public sealed class FleetTests(PostgresFixture postgres, ITestOutputHelper output) : IClassFixture<PostgresFixture>
{
    private const int Services = 1600;

    private const int Minutes = 17;

    private static readonly DateTimeOffset End = new(2026, 3, 4, 15, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_minute_of_a_large_fleet_is_checked_in_a_small_part_of_a_minute()
    {
        await FillAsync();
        var minutes = new ServiceMinuteReads(postgres.Database);
        var traffic = new TrafficReads(postgres.Database);
        var window = new TimeWindow(End.AddMinutes(-Minutes), End);
        var taken = new List<double>();
        var processor = Environment.CpuUsage.TotalTime;
        for (var i = 0; i < 5; i++)
        {
            var started = Stopwatch.GetTimestamp();
            var rows = await minutes.ReadAsync(window, default);
            Assert.Equal(Services * Minutes, rows.Count);
            Assert.Equal("s-7", Assert.Single(WorseDetector.Find(rows, End)).Service);
            Assert.Equal(Minutes, (await traffic.TracesAsync(window, default)).Count);
            taken.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        processor = Environment.CpuUsage.TotalTime - processor;
        taken.Sort();
        output.WriteLine(FormattableString.Invariant($"{Services} services: median {taken[2]:0} ms, at most {taken[^1]:0} ms; processor time of the app {processor.TotalMilliseconds / taken.Count:0} ms a minute"));
        Assert.True(taken[2] < 6000, $"{taken[2]} ms: more than a tenth of the minute");
    }

    /// <summary>Three operations a service, and each minute some requests of each; one service begins to fail in the last minute.</summary>
    private async Task FillAsync()
    {
        var durations = new DurationHistogram();
        for (var i = 0; i < 20; i++)
            durations.Add((5 + i) * UnixNanos.PerMillisecond);
        await postgres.ScalarAsync($"insert into services (name) select 's-' || n from generate_series(1, {Services}) n");
        await using var command = postgres.Database.DataSource.CreateCommand("""
            insert into span_rollup_minutes (minute_ns, service_id, operation_id, entry, root, status, count, extrapolated, sum_ns, min_ns, max_ns, histogram)
            select $1 + m * 60000000000, s.id, s.id * 3 + o, true, o = 0, case when s.name = 's-7' and m = $2 - 1 then 2 else 0 end, 20, 20, 1, 1, 1, $3
            from services s, generate_series(0, 2) o, generate_series(0, $2 - 1) m
            """);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = UnixNanos.From(End.AddMinutes(-Minutes)) });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = Minutes });
        command.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = durations.ToBytes() });
        await command.ExecuteNonQueryAsync();
    }
}
