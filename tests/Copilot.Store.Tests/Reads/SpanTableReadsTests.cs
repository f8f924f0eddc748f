using Copilot.Store.Reads.Filters;
using Copilot.Store.Reads.Tables;
using Copilot.Telemetry.Records;
using Copilot.Telemetry.Spans;
using Copilot.Testing;
using Copilot.TraceQL;
using Copilot.TraceQL.Syntax;
using Xunit;

namespace Copilot.Store.Tests.Reads;

/// <summary>Twenty requests to a shop of 10 to 200 ms, one a second; the last two fail, each has a slow inner span.</summary>
public sealed class SpanTableReadsTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>, IAsyncLifetime
{
    private readonly TelemetryRows _rows = new(postgres.Database, new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly SpanTableReads _reads = new(postgres.Database);
    private readonly SpanListReads _lists = new(postgres.Database);

    public async Task InitializeAsync()
    {
        await postgres.ScalarAsync("truncate spans, thinned_hours");
        for (var i = 1; i <= 20; i++)
        {
            var root = await _rows.SpanAsync(
                "shop",
                i % 2 == 0 ? "GET /a" : "GET /b",
                i,
                i * 10,
                failed: i > 18,
                attributes: new Dictionary<string, object>
                {
                    ["currency"] = i > 15 ? "CHF" : "EUR",
                    ["cart.weight"] = i * 0.1,
                    ["tenant"] = $"t{i % 3}",
                },
                resource: new Dictionary<string, object> { ["cloud.region"] = i <= 5 ? "eu" : "us" }
            );
            var inner = new Dictionary<string, object> { ["carrier"] = i % 4 == 0 ? "slow" : "fast" };
            await _rows.SpanAsync("shop", "ship", i, 5000, root, SpanKind.Internal, failed: i == 1, attributes: inner);
            if (i <= 3)
                await _rows.SpanAsync("bank", "POST /pay", i, 7, root);
        }
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Theory]
    [InlineData(MeasureKind.Count, 20)]
    [InlineData(MeasureKind.Failed, 2)]
    [InlineData(MeasureKind.Succeeded, 18)]
    [InlineData(MeasureKind.ErrorRate, 0.1)]
    [InlineData(MeasureKind.SuccessRate, 0.9)]
    [InlineData(MeasureKind.Mean, 105)]
    [InlineData(MeasureKind.Minimum, 10)]
    [InlineData(MeasureKind.Maximum, 200)]
    [InlineData(MeasureKind.Sum, 2100)]
    [InlineData(MeasureKind.StandardDeviation, 57.662812973353)]
    [InlineData(MeasureKind.Rate, 20.0 / 60)]
    [InlineData(MeasureKind.PeakRate, 1)]
    public async Task Measures_requests_by_what_they_are(MeasureKind kind, double expected)
    {
        foreach (
            var (over, where) in new[] { (SpanPopulation.Requests, null), (SpanPopulation.Requests, Condition("span.currency != nil")) }
        )
            Assert.Equal(expected, await OneAsync(Shop() with { Over = over, Where = where }, SpanMeasure.Plain(kind)), 9);
    }

    [Theory]
    [InlineData(50, 100)]
    [InlineData(75, 150)]
    [InlineData(99, 200)]
    [InlineData(42, 90)]
    public async Task A_percentile_is_the_nearest_rank(double percent, double expected) =>
        Assert.Equal(expected, await OneAsync(Shop(), SpanMeasure.Percentile(percent)));

    [Fact]
    public async Task A_rate_and_a_peak_are_told_for_the_time_asked_for()
    {
        for (var i = 0; i < 40; i++)
            await _rows.SpanAsync("shop", "GET /a", 31, 10);
        var minute = SpanMeasure.Plain(MeasureKind.Rate) with { Per = TimeSpan.FromMinutes(1) };
        var peak = SpanMeasure.Plain(MeasureKind.PeakRate) with { Per = TimeSpan.FromMinutes(1) };
        var row = Assert.Single(
            await ReadAsync(Shop() with { Window = _rows.Window(0, 120) }, minute, peak, peak with { PeakStep = TimeSpan.FromSeconds(60) })
        );
        Assert.Equal([30.0, 240, 60], row.Values);
        var groups = await ReadAsync(Shop() with { By = [SpanGroup.OfOperation] }, peak, SpanMeasure.Plain(MeasureKind.Count));
        Assert.Equal(
            [("GET /a", 240.0, 50.0), ("GET /b", 30, 10)],
            groups.Select(g => (g.Groups[0]!, g.Values[0]!.Value, g.Values[1]!.Value)).Order()
        );
    }

    [Fact]
    public async Task Measures_attributes_and_counts_different_values()
    {
        var weight = Field.Span("cart.weight");
        var row = Assert.Single(
            await ReadAsync(
                Shop(),
                new SpanMeasure { Kind = MeasureKind.Sum, Of = weight },
                new SpanMeasure { Kind = MeasureKind.Maximum, Of = weight },
                new SpanMeasure
                {
                    Kind = MeasureKind.Percentile,
                    Percent = 50,
                    Of = weight,
                },
                new SpanMeasure { Kind = MeasureKind.Distinct, Of = Field.Span("tenant") },
                new SpanMeasure { Kind = MeasureKind.Mean, Of = Field.Span("no.such") },
                new SpanMeasure { Kind = MeasureKind.Maximum, Of = Field.Of(Intrinsic.Duration) }
            )
        );
        Assert.Equal([21.0, 2, 1, 3, null, 200], row.Values.Select(v => v is { } value ? Math.Round(value, 9) : v));
    }

    [Fact]
    public async Task Groups_by_two_attributes_and_services_and_operations()
    {
        var count = SpanMeasure.Plain(MeasureKind.Count);
        var rate = SpanMeasure.Plain(MeasureKind.ErrorRate);
        var query = Shop() with { By = [new(Field.Span("currency")), new(Field.Resource("cloud.region"))] };
        Assert.Equal(
            [("CHF us", 5.0, 0.4), ("EUR eu", 5, 0), ("EUR us", 10, 0)],
            (await ReadAsync(query, count, rate)).Select(r => (string.Join(" ", r.Groups), r.Values[0]!.Value, r.Values[1]!.Value)).Order()
        );
        var all = new SpanTableQuery { Over = SpanPopulation.Requests, Window = _rows.Window(0, 60) };
        foreach (var where in new[] { null, Condition("duration > 0ms") })
        {
            var rows = await ReadAsync(all with { Where = where, By = [SpanGroup.OfService, SpanGroup.OfOperation] }, count);
            Assert.Equal(
                [("bank POST /pay", 3.0), ("shop GET /a", 10), ("shop GET /b", 10)],
                rows.Select(r => (string.Join(" ", r.Groups), r.Values[0]!.Value)).Order()
            );
        }
    }

    [Fact]
    public async Task Negations_shares_and_states_hold()
    {
        var count = SpanMeasure.Plain(MeasureKind.Count);
        Assert.Equal(15, await OneAsync(Shop() with { Where = Condition("!(span.currency = \"CHF\")") }, count));
        var share = new SpanMeasure { Kind = MeasureKind.Share, Part = Condition("span.currency = \"CHF\"") };
        Assert.Equal(0.25, await OneAsync(Shop(), share));
        Assert.Equal(0.1, await OneAsync(Shop(), share with { PartState = RecordState.Failed }));
        Assert.Equal(0.5, await OneAsync(Shop(), new SpanMeasure { Kind = MeasureKind.Share, PartState = RecordState.Slow }));
        Assert.Equal(0.1, await OneAsync(Shop(), new SpanMeasure { Kind = MeasureKind.Share, PartState = RecordState.Failed }));
        Assert.Null(Assert.Single(await ReadAsync(Shop() with { Where = Condition("span.currency = \"JPY\"") }, share)).Values[0]);
        Assert.Equal(2, await OneAsync(Shop() with { State = RecordState.Failed }, count));
        Assert.Equal(18, await OneAsync(Shop() with { State = RecordState.Succeeded }, count));
        // Above the mean of its own operation: 110 of GET /a, 100 of GET /b.
        Assert.Equal(10, await OneAsync(Shop() with { State = RecordState.Slow }, count));
        Assert.Equal(5, await OneAsync(Shop() with { State = RecordState.Slow, Where = Condition("span.currency = \"CHF\"") }, count));
    }

    [Fact]
    public async Task The_trace_may_hold_what_the_request_does_not()
    {
        var count = SpanMeasure.Plain(MeasureKind.Count);
        Assert.Equal(5, await OneAsync(Shop() with { InTrace = [Condition("span.carrier = \"slow\"")] }, count));
        Assert.Equal(15, await OneAsync(Shop() with { NotInTrace = [Condition("span.carrier = \"slow\"")] }, count));
        Assert.Equal(
            1,
            await OneAsync(
                Shop() with
                {
                    InTrace = [Condition("span.carrier = \"fast\""), Condition("name = \"POST /pay\" && duration > 1ms")],
                    Where = Condition("duration = 30ms"),
                },
                count
            )
        );
        var rows = await ReadAsync(
            Shop() with
            {
                By = [new(Field.Span("carrier"), InTrace: true)],
            },
            count,
            SpanMeasure.Plain(MeasureKind.Mean)
        );
        Assert.Equal(
            [("fast", 15.0, 100.0), ("slow", 5, 120)],
            rows.Select(r => (r.Groups[0]!, r.Values[0]!.Value, r.Values[1]!.Value)).Order()
        );
    }

    [Fact]
    public async Task Spans_and_traces_are_counted_as_themselves()
    {
        var all = new SpanTableQuery { Over = SpanPopulation.Spans, Window = _rows.Window(0, 60) };
        var (count, failed) = (SpanMeasure.Plain(MeasureKind.Count), SpanMeasure.Plain(MeasureKind.Failed));
        Assert.Equal([43.0, 3], Assert.Single(await ReadAsync(all, count, failed)).Values);
        Assert.Equal(20, await OneAsync(all with { Where = Condition("kind = internal") }, count));
        var kinds = await ReadAsync(all with { By = [new(Field.Of(Intrinsic.Kind))] }, count);
        Assert.Equal([("internal", 20.0), ("server", 23)], kinds.Select(r => (r.Groups[0]!, r.Values[0]!.Value)).Order());

        var traces = all with { Over = SpanPopulation.Traces };
        Assert.Equal([20.0, 3], Assert.Single(await ReadAsync(traces, count, failed)).Values);
        Assert.Equal(105, await OneAsync(traces, SpanMeasure.Plain(MeasureKind.Mean)));
        Assert.Equal(3, await OneAsync(traces with { Filter = SpanFilter.OfService("bank") }, count));
        Assert.Equal(3, await OneAsync(traces with { State = RecordState.Failed }, count));
        Assert.Equal(10, await OneAsync(traces with { State = RecordState.Slow }, count));
        Assert.Equal(5, await OneAsync(traces with { Where = Condition("span.carrier = \"slow\"") }, count));
        Assert.Equal(
            0.25,
            await OneAsync(traces, new SpanMeasure { Kind = MeasureKind.Share, Part = Condition("span.carrier = \"slow\"") })
        );
        var services = await ReadAsync(traces with { By = [SpanGroup.OfService] }, count);
        Assert.Equal([("bank", 3.0), ("shop", 20)], services.Select(r => (r.Groups[0]!, r.Values[0]!.Value)).Order());
    }

    [Fact]
    public async Task Steps_of_time_are_all_there()
    {
        foreach (var where in new[] { null, Condition("span.currency != nil") })
        {
            var query = Shop() with { Where = where, Step = TimeSpan.FromSeconds(8), Window = _rows.Window(0, 36) };
            var rows = await ReadAsync(query, SpanMeasure.Plain(MeasureKind.Count), SpanMeasure.Plain(MeasureKind.Maximum));
            Assert.Equal([7.0, 8, 5, 0, 0], rows.Select(r => r.Values[0]!.Value));
            Assert.Equal([70.0, 150, 200, null, null], rows.Select(r => r.Values[1]));
            Assert.Equal(_rows.Start.AddSeconds(8), rows[1].Time);
        }
    }

    [Fact]
    public async Task What_is_kept_stands_for_what_is_not()
    {
        await postgres.ScalarAsync("update spans set weight = 100 where status <> 2 and attributes ->> 'currency' = 'EUR'");
        await postgres.ScalarAsync(
            "insert into thinned_hours (hour_ns, why) select distinct start_ns / 3600000000000 * 3600000000000, 'test' from spans"
        );
        var query = Shop() with { Where = Condition("span.currency = \"EUR\"") };
        Assert.Equal(1500, await OneAsync(query, SpanMeasure.Plain(MeasureKind.Count)));
        Assert.Equal(80, await OneAsync(query, SpanMeasure.Percentile(50)));
    }

    [Fact]
    public async Task Lists_what_a_table_would_count()
    {
        var query = Shop() with { By = [new(Field.Span("tenant"))], Where = Condition("span.currency = \"CHF\"") };
        var newest = await _lists.ReadAsync(query, new SpanOrder { Limit = 2 }, default);
        Assert.Equal(5, newest.Total);
        Assert.Equal(
            [(200.0, "GET /a", "t2", true), (190, "GET /b", "t1", true)],
            newest.Spans.Select(s => (s.DurationMs, s.Operation!, s.Groups[0]!, s.Failed))
        );
        var fastest = await _lists.ReadAsync(
            query,
            new SpanOrder
            {
                Limit = 2,
                ByDuration = true,
                Ascending = true,
                Offset = 1,
            },
            default
        );
        Assert.Equal([170.0, 180], fastest.Spans.Select(s => s.DurationMs));
        var heaviest = await _lists.ReadAsync(query, new SpanOrder { Limit = 1, By = Field.Span("cart.weight") }, default);
        Assert.Equal(2.0, Assert.Single(heaviest.Spans).Measured!.Value, 9);
        Assert.Equal(
            20,
            (await _lists.ReadAsync(Shop() with { Over = SpanPopulation.Traces }, new SpanOrder { Limit = 1 }, default)).Total
        );
    }

    private SpanTableQuery Shop() =>
        new()
        {
            Over = SpanPopulation.Requests,
            Window = _rows.Window(0, 60),
            Filter = SpanFilter.OfService("shop"),
        };

    private static FieldExpression Condition(string traceQl) => TraceQlParser.ParseFilter($"{{ {traceQl} }}").Condition;

    private Task<IReadOnlyList<SpanTableRow>> ReadAsync(SpanTableQuery query, params SpanMeasure[] measures) =>
        _reads.ReadAsync(query with { Measures = measures }, default);

    private async Task<double> OneAsync(SpanTableQuery query, SpanMeasure measure) =>
        Assert.Single(await ReadAsync(query, measure)).Values[0]!.Value;
}
