using Copilot.Store.Reads.Filters;
using Copilot.Store.Reads.Requests;
using Copilot.Store.Retention;
using Copilot.Store.Rollups;
using Copilot.Store.Writers;
using Copilot.Telemetry.Intake;
using Copilot.Telemetry.Records;
using Copilot.Telemetry.Spans;
using Copilot.Testing;
using Xunit;
using static Copilot.Store.Tests.Intake.Requests;

namespace Copilot.Store.Tests.Retention;

public sealed class DistillationTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>, IAsyncLifetime
{
    private static readonly DateTimeOffset _live = new(2026, 3, 4, 10, 30, 0, TimeSpan.Zero);
    private readonly SetTime _time = new(_live);
    private readonly RetentionOptions _options = new() { UniformShare = 0.1 };
    private TelemetryPartitions _partitions = null!;
    private TelemetryWriter _writer = null!;

    private Distillation Distillation => new(postgres.Database, _time, _options);

    public async Task InitializeAsync()
    {
        _partitions = new TelemetryPartitions(postgres.Database, _time, _options);
        _writer = new TelemetryWriter(postgres.Database, _partitions, TimeProvider.System);
        await postgres.ScalarAsync(
            "truncate spans, span_rollup_deltas, span_rollup_minutes, span_rollup_hours, pending_minutes, cited_traces, distilled_traces, thinned_hours"
        );
        await postgres.ScalarAsync("update telemetry_partitions set distilled_at = null");
    }

    public async Task DisposeAsync()
    {
        await _writer.DisposeAsync();
        _partitions.Dispose();
    }

    [Fact]
    public async Task What_is_interesting_stays_whole_and_the_rest_by_its_weight()
    {
        // A thousand ordinary traces of two spans, one failed in its child, one slow, one of a rare operation, one cited.
        for (var i = 0; i < 10; i++)
            await WriteAsync(Spans("shop", [.. Enumerable.Range(i * 100, 100).SelectMany(id => Trace(1 + id, 10 + (id % 7)))]));
        await WriteAsync(Spans("shop", Span(5001, 1), Span(5001, 2, parent: 1, kind: 3, status: 2, name: "call")));
        await WriteAsync(Spans("shop", [.. Trace(5002, 5000)]));
        await WriteAsync(Spans("shop", Span(5003, 1, name: "seldom"), Span(5003, 2, parent: 1, kind: 1, name: "inner")));
        await WriteAsync(Spans("shop", [.. Trace(5004, 11)]));
        await new CitedTraces(postgres.Database).AddAsync([new TraceId(0, 5004)], "an answer", default);
        await DistillAtAsync(_live.AddHours(2.6));

        Assert.Equal(
            "1:2 2:2 4:2 8:2",
            await postgres.ScalarAsync(
                "select string_agg((k & 15) || ':' || c, ' ' order by k & 15) from (select kept & 15 as k, count(*) as c from spans where kept & 15 <> 0 group by 1) x"
            )
        );
        Assert.Equal(0L, await postgres.ScalarAsync("select count(*) from (select 1 from spans group by trace_id having count(*) <> 2) x"));
        var drawn = (long)(await postgres.ScalarAsync("select count(distinct trace_id) from spans where kept = 16 and weight = 10"))!;
        Assert.InRange(drawn, 60, 150);
        Assert.Equal(drawn + 4, await postgres.ScalarAsync("select count(distinct trace_id) from spans"));
        Assert.Equal(2008m, await postgres.ScalarAsync("select sum(count) from span_rollup_hours"));
        Assert.Equal("spans_2026030410", await postgres.ScalarAsync("select distinct tableoid::regclass::text from spans"));

        // Reads count what was received, not what is left.
        var window = new TimeWindow(_live.AddMinutes(-30), _live.AddMinutes(30));
        var reads = new RequestReads(postgres.Database);
        var requests = await reads.StatisticsAsync(SpanFilter.OfService("shop"), window, default);
        Assert.Equal((1004L, 0L), (requests.Requests, requests.Failed));
        Assert.InRange(requests.Percentile(50)!.Value, 13 * 0.99, 13 * 1.01);
        Assert.Equal(5000, requests.MaxMs);
        var series = await reads.SeriesAsync(SpanFilter.All, window, TimeSpan.FromMinutes(5), default);
        Assert.Equal(1004, series.Sum(point => point.Statistics.Requests));
        Assert.InRange(await reads.CountSpansAsync(SpanFilter.All, window, default), 1200, 3000);
    }

    [Fact]
    public async Task The_hot_window_and_what_was_imported_stay_as_they_are()
    {
        using (var imported = Spans("shop", [.. Enumerable.Range(1, 50).SelectMany(id => Trace(id, 10))]))
        {
            imported.Imported = true;
            await _writer.WriteAsync(imported, default);
        }

        await DistillAtAsync(_live.AddHours(2.4));
        Assert.Equal(100L, await postgres.ScalarAsync("select count(*) from spans where kept is null"));
        await DistillAtAsync(_live.AddHours(4));
        Assert.Equal(100L, await postgres.ScalarAsync("select count(*) from spans where kept is null"));
    }

    [Fact]
    public async Task A_trace_over_the_end_of_an_hour_is_judged_once()
    {
        _time.Now = _live.AddMinutes(29);
        var traces = Enumerable
            .Range(1, 200)
            .SelectMany(id => new[] { Span(id, 1, at: 3599), Span(id, 2, at: 3601, parent: 1, kind: 1, name: "later") });
        await WriteAsync(Spans("shop", [.. traces]));
        _time.Now = _live.AddMinutes(40);
        await WriteAsync(Spans("shop", Span(300, 1, at: 3599), Span(300, 2, at: 3601, parent: 1, status: 2)));
        await DistillAtAsync(_live.AddHours(2.6));
        await DistillAtAsync(_live.AddHours(4));
        Assert.Equal(0L, await postgres.ScalarAsync("select count(*) from (select 1 from spans group by trace_id having count(*) <> 2) x"));
        Assert.Equal(1L, await postgres.ScalarAsync("select count(distinct trace_id) from spans where kept & 1 = 1"));
        Assert.InRange((long)(await postgres.ScalarAsync("select count(distinct trace_id) from spans"))!, 5, 50);
    }

    [Fact]
    public async Task Partitions_are_dropped_by_arrival_and_imported_ones_are_not()
    {
        await WriteAsync(Spans("shop", Span(1, 1)));
        await postgres.ScalarAsync("update telemetry_partitions set last_arrival = '2026-03-04 10:30:00+00', imported = false");
        var upkeep = new RetentionMaintenance(postgres.Database, _partitions, _time, _options);
        _time.Now = _live.AddDays(13);
        Assert.Equal(0, await upkeep.RunAsync(default));
        await postgres.ScalarAsync("update telemetry_partitions set imported = true");
        _time.Now = _live.AddDays(15);
        Assert.Equal(0, await upkeep.RunAsync(default));
        await postgres.ScalarAsync("update telemetry_partitions set imported = false");
        Assert.True(await upkeep.RunAsync(default) > 0);
        Assert.Equal(0L, await postgres.ScalarAsync("select count(*) from spans"));
        _time.Now = _live;
        await WriteAsync(Spans("shop", Span(1, 1)));
        Assert.Equal(1L, await postgres.ScalarAsync("select count(*) from spans"));
    }

    [Fact]
    public async Task A_pinned_trace_stays_when_its_hour_goes_and_new_arrivals_there_have_their_own_time()
    {
        await WriteAsync(Spans("shop", [.. Trace(1, 10), .. Trace(2, 10)]));
        var cited = new CitedTraces(postgres.Database);
        await cited.AddAsync([new TraceId(0, 1), new TraceId(0, 2)], "an answer", default);
        await cited.PinAsync([new TraceId(0, 2)], "an incident", default);
        await postgres.ScalarAsync("update telemetry_partitions set last_arrival = '2026-03-04 10:30:00+00', imported = false");
        var upkeep = new RetentionMaintenance(postgres.Database, _partitions, _time, _options);
        _time.Now = _live.AddDays(15);
        Assert.True(await upkeep.RunAsync(default) > 0);
        Assert.Equal(2L, await postgres.ScalarAsync("select count(*) from spans"));
        Assert.Equal(0, await upkeep.RunAsync(default));
        _time.Now = _live;
        await WriteAsync(Spans("shop", [.. Trace(3, 10)]));
        await postgres.ScalarAsync("update telemetry_partitions set last_arrival = '2026-03-04 10:30:00+00', imported = false");
        _time.Now = _live.AddDays(15);
        await upkeep.RunAsync(default);
        Assert.Equal(
            "00000000-0000-0000-0000-000000000002",
            await postgres.ScalarAsync("select string_agg(distinct trace_id::text, ' ') from spans")
        );
    }

    [Fact]
    public async Task Answers_that_cite_the_same_traces_at_once_do_not_lock_each_other_out()
    {
        var cited = new CitedTraces(postgres.Database);
        for (ulong round = 1; round <= 20; round++)
        {
            var traces = Enumerable.Range(0, 2_000).Select(i => new TraceId(round, (ulong)i)).ToList();
            var orders = new[]
            {
                traces,
                Enumerable.Reverse(traces),
                [.. traces.Skip(1_000), .. traces.Take(1_000)],
                Enumerable.Reverse(traces),
            };
            await Task.WhenAll(
                orders.Select(
                    (order, i) => i < 3 ? cited.AddAsync(order, $"answer {i}", default) : cited.PinAsync(order, "an incident", default)
                )
            );
        }

        Assert.Equal(40_000L, await postgres.ScalarAsync("select count(*) from cited_traces where pinned"));
    }

    private static string[] Trace(int id, double ms) =>
        [Span(id, 1, at: id % 1500, ms: ms), Span(id, 2, at: id % 1500, ms: 1, parent: 1, kind: 3, name: "call")];

    private async Task DistillAtAsync(DateTimeOffset now)
    {
        // Made while the hour was live, whatever day this test runs on.
        await postgres.ScalarAsync(
            "update telemetry_partitions set made_at = '2026-03-04 10:00:00+00' where from_ns > 1772000000000000000"
        );
        _time.Now = now;
        await new EdgeMaintenance(postgres.Database).CatchUpAsync(default);
        await new RollupCompaction(postgres.Database, _time).CatchUpAsync(default);
        await Distillation.RunAsync(default);
    }

    private async Task WriteAsync(SpanBatch batch)
    {
        using (batch)
            await _writer.WriteAsync(batch, default);
    }

    private sealed class SetTime(DateTimeOffset now) : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = now;

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
