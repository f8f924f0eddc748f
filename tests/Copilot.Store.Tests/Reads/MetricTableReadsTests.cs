using Copilot.Store.Reads.Metrics;
using Copilot.Testing;
using Copilot.TraceQL;
using Xunit;

namespace Copilot.Store.Tests.Reads;

public sealed class MetricTableReadsTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>, IAsyncLifetime
{
    private static readonly MetricPointRow Counter = new()
    {
        Kind = "sum",
        Monotonic = true,
        Since = -900,
    };

    private static readonly MetricPointRow UpDown = new() { Kind = "sum" };
    private static readonly MetricPointRow Histogram = new() { Kind = "histogram", Unit = "s" };

    private readonly TelemetryRows _rows = new(postgres.Database, new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    public async Task InitializeAsync() => await postgres.ScalarAsync("truncate metric_points, metric_series");

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task Points_without_a_recorded_value_are_no_values_of_a_gauge()
    {
        foreach (var (at, value) in new[] { (0, 5), (60, 7), (180, 6) })
            await _rows.PointAsync("turnstile", "queue.depth", at, value);
        await _rows.PointAsync("turnstile", "queue.depth", 120, 0, new MetricPointRow { NoValue = true });
        await _rows.PointAsync("turnstile", "queue.depth", 240, 999, new MetricPointRow { NoValue = true });
        var track = await TrackAsync("queue.depth", 0, 300);
        var all = _rows.Window(0, 300);
        Assert.Equal(
            [6, 7, 5, 6, 3],
            new[] { track.Mean(all).Value, track.Maximum(all).Value, track.Minimum(all).Value, track.Last(all).Value, track.Points(all) }
        );
        Assert.Equal(6, track.Percentile(all, 50).Value);
        // The window ends before its last point.
        Assert.Equal(6, (await TrackAsync("queue.depth", 0, 180)).Mean(_rows.Window(0, 180)).Value);
    }

    [Fact]
    public async Task A_counter_grows_from_the_point_before_the_window_and_over_new_beginnings()
    {
        foreach (var (at, value) in new[] { (-30, 100d), (0, 110), (30, 130), (60, 5), (90, 25) })
            await _rows.PointAsync("cart", "orders", at, value, Counter);
        var (growth, exact) = Number((await TrackAsync("orders", 0, 90)).Increase(_rows.Window(0, 90)));
        Assert.Equal((10 + 20 + 5d, true), (growth, exact));
        var track = await TrackAsync("orders", 0, 120);
        Assert.Equal(20, track.Increase(_rows.Window(90, 120)).Value);
        Assert.Equal(55 / 120d, track.Mean(_rows.Window(0, 120)).Value);
        Assert.Equal(20 / 30d, track.Maximum(_rows.Window(0, 120)).Value);
    }

    [Fact]
    public async Task A_counter_that_was_restarted_to_a_higher_count_began_anew()
    {
        await _rows.PointAsync("cart", "orders", -10, 3, Counter);
        await _rows.PointAsync("cart", "orders", 20, 40, Counter with { Since = 5 });
        Assert.Equal(40, (await TrackAsync("orders", 0, 60)).Increase(_rows.Window(0, 60)).Value);
    }

    [Fact]
    public async Task A_start_that_moves_from_export_to_export_is_no_new_beginning()
    {
        foreach (var (at, value) in new[] { (-30, 100d), (0, 110), (30, 130), (60, 5), (90, 25) })
            await _rows.PointAsync("cart", "orders", at, value, Counter with { Since = at - 30 });
        Assert.Equal((30d, true), Number((await TrackAsync("orders", 0, 60)).Increase(_rows.Window(0, 60))));
        Assert.Equal((55d, true), Number((await TrackAsync("orders", 0, 120)).Increase(_rows.Window(0, 120))));
    }

    [Fact]
    public async Task Exponential_buckets_that_lost_what_they_held_began_anew_though_the_count_grew()
    {
        foreach (var (at, count, offset, counts) in new[] { (-10d, 16, 0, "[5,3,8]"), (20, 23, 1, "[3,20]"), (40, 25, 1, "[3,22]") })
        {
            var buckets =
                "{\"scale\":0,\"zeroCount\":0,\"zeroThreshold\":0.0,\"positive\":{\"offset\":"
                + $"{offset},\"counts\":{counts}}},\"negative\":{{\"offset\":0,\"counts\":[]}}}}";
            await _rows.PointAsync(
                "db",
                "wait",
                at,
                null,
                Delta(count, count, null, null, buckets) with
                {
                    Kind = "exponential_histogram",
                    Delta = false,
                    Since = -900,
                }
            );
        }

        Assert.Equal((25d, true), Number((await TrackAsync("wait", 0, 60)).Increase(_rows.Window(0, 60))));
    }

    [Fact]
    public async Task Where_a_counter_stood_before_is_not_guessed_but_a_new_series_of_a_known_sender_counts_from_zero()
    {
        await _rows.PointAsync("cart", "orders", 10, 500, Counter);
        await _rows.PointAsync("cart", "orders", 20, 503, Counter);
        Assert.Equal((3d, false), Number((await TrackAsync("orders", 0, 60)).Increase(_rows.Window(0, 60))));
        await _rows.PointAsync("cart", "orders", 20, 4, Counter with { Attributes = new Dictionary<string, object> { ["status"] = 500 } });
        Assert.Equal((4d, true), Number((await TrackAsync("orders", 0, 60, ".status = 500")).Increase(_rows.Window(0, 60))));
    }

    [Fact]
    public async Task Deltas_of_a_counter_are_added()
    {
        var delta = Counter with { Delta = true };
        foreach (var (at, value) in new[] { (-1, 7d), (10, 2), (20, 5), (60, 9) })
            await _rows.PointAsync("cart", "orders", at, value, delta with { Since = at - 10 });
        Assert.Equal((7d, true), Number((await TrackAsync("orders", 0, 60)).Increase(_rows.Window(0, 60))));
    }

    [Fact]
    public async Task Parts_of_a_sum_that_goes_up_and_down_add_up_at_each_time_and_points_of_gauges_stand_side_by_side()
    {
        foreach (var (at, a, b) in new[] { (0, 1, 10), (10, 2, 20), (20, 3, 30) })
        {
            await _rows.PointAsync("db", "used", at, a, UpDown with { Attributes = new Dictionary<string, object> { ["pool"] = "a" } });
            await _rows.PointAsync("db", "used", at, b, UpDown with { Attributes = new Dictionary<string, object> { ["pool"] = "b" } });
            await _rows.PointAsync("db", "load", at, a, new MetricPointRow { Resource = new Dictionary<string, object> { ["pod"] = "a" } });
            await _rows.PointAsync("db", "load", at, b, new MetricPointRow { Resource = new Dictionary<string, object> { ["pod"] = "b" } });
        }

        var all = _rows.Window(0, 60);
        var used = await TrackAsync("used", 0, 60);
        Assert.Equal([22, 33, 11, 33], new[] { used.Mean(all), used.Maximum(all), used.Minimum(all), used.Last(all) }.Select(n => n.Value));
        var load = await TrackAsync("load", 0, 60);
        Assert.Equal(
            [11, 30, 1, 16.5],
            new[] { load.Mean(all), load.Maximum(all), load.Minimum(all), load.Last(all) }.Select(n => n.Value)
        );
        Assert.Equal(30, (await TrackAsync("used", 0, 60, ".pool = \"b\"")).Last(all).Value);
    }

    [Fact]
    public async Task A_part_that_is_gone_is_not_added_for_ever()
    {
        for (var at = 0; at <= 100; at += 10)
        {
            await _rows.PointAsync("db", "used", at, 1, UpDown with { Attributes = new Dictionary<string, object> { ["pool"] = "a" } });
            if (at <= 30)
                await _rows.PointAsync("db", "used", at, 5, UpDown with { Attributes = new Dictionary<string, object> { ["pool"] = "b" } });
        }

        var track = await TrackAsync("used", 0, 120);
        Assert.Equal((6d, 1d), (track.Maximum(_rows.Window(0, 120)).Value, track.Last(_rows.Window(0, 120)).Value));
    }

    [Fact]
    public async Task A_histogram_s_mean_is_exact_and_its_percentiles_are_estimated()
    {
        await HistogramAsync(-60, 4, 8, [1, 2, 1]);
        await HistogramAsync(30, 14, 34, [1, 11, 2]);
        var track = await TrackAsync("wait", 0, 60);
        var all = _rows.Window(0, 60);
        Assert.Equal((2.6, true), Number(track.Mean(all)));
        Assert.Equal((10d, true), Number(track.Increase(all)));
        Assert.Equal((26d, true), Number(track.Sum(all)));
        // Nine of ten in (1, 5], the fifth of them is asked for, one beyond.
        Assert.Equal((3.222222222, false), Number(track.Percentile(all, 50)));
        Assert.Equal((5d, false), Number(track.Percentile(all, 99)));
        Assert.Equal((5d, false), Number(track.Maximum(all)));
    }

    [Fact]
    public async Task Deltas_of_histograms_and_what_they_recorded_as_the_highest_are_put_together()
    {
        await _rows.PointAsync("db", "wait", 10, null, Delta(2, 3, 0.5, 2.5, "{\"bounds\":[1.0,5.0],\"counts\":[1,1,0]}"));
        await _rows.PointAsync("db", "wait", 20, null, Delta(1, 9, 9, 9, "{\"bounds\":[1.0,5.0],\"counts\":[0,0,1]}"));
        var track = await TrackAsync("wait", 0, 60);
        var all = _rows.Window(0, 60);
        Assert.Equal((4d, true), Number(track.Mean(all)));
        Assert.Equal((9d, true), Number(track.Maximum(all)));
        Assert.Equal((0.5, true), Number(track.Minimum(all)));
    }

    [Fact]
    public async Task Exponential_buckets_are_read_by_their_scale()
    {
        var buckets =
            "{\"scale\":0,\"zeroCount\":0,\"zeroThreshold\":0.0,\"positive\":{\"offset\":2,\"counts\":[0,4]},\"negative\":{\"offset\":0,\"counts\":[]}}";
        await _rows.PointAsync("db", "wait", 10, null, Delta(4, 40, null, null, buckets) with { Kind = "exponential_histogram" });
        // All four in (8, 16].
        Assert.Equal((12d, false), Number((await TrackAsync("wait", 0, 60)).Percentile(_rows.Window(0, 60), 50)));
    }

    [Fact]
    public async Task Names_come_with_unit_kind_and_services()
    {
        await _rows.PointAsync("cart", "orders", 0, 1, Counter);
        await _rows.PointAsync("web", "orders", 0, 1, Counter);
        await _rows.PointAsync("web", "used", 0, 1, UpDown with { Unit = "By" });
        var reads = new MetricTableReads(postgres.Database);
        var names = await reads.NamesAsync(0, default);
        Assert.Equal(
            ["orders 1 Counter cart,web", "used By UpDownCounter web"],
            names.Select(n => $"{n.Name} {n.Unit} {n.Kind} {string.Join(',', n.Services)}")
        );
        Assert.True(await reads.AnyAsync("used", _rows.Window(0, 1), default));
        Assert.False(await reads.AnyAsync("used", _rows.Window(1, 2), default));
    }

    private static (double?, bool) Number(MetricNumber number) => (number.Value is { } v ? Math.Round(v, 9) : null, number.Exact);

    private Task HistogramAsync(double at, long count, double sum, long[] counts) =>
        _rows.PointAsync(
            "db",
            "wait",
            at,
            null,
            Histogram with
            {
                Count = count,
                Sum = sum,
                Since = -900,
                Buckets = $"{{\"bounds\":[1.0,5.0],\"counts\":[{string.Join(',', counts)}]}}",
            }
        );

    private static MetricPointRow Delta(long count, double sum, double? min, double? max, string buckets) =>
        Histogram with
        {
            Delta = true,
            Count = count,
            Sum = sum,
            Min = min,
            Max = max,
            Buckets = buckets,
        };

    private async Task<MetricTrack> TrackAsync(string name, double from, double to, string? where = null)
    {
        var selection = new MetricSelection
        {
            Name = name,
            Window = _rows.Window(from, to),
            Where = where is null ? null : TraceQlParser.ParseFilter($"{{ {where} }}").Condition,
        };
        return new MetricTrack(await new MetricTableReads(postgres.Database).SeriesAsync(selection, default), selection.Window);
    }
}
