using Copilot.Store.Reads.Filters;
using Copilot.Store.Reads.Requests;
using Copilot.Telemetry.Spans;
using Copilot.Testing;
using Xunit;

namespace Copilot.Store.Tests.Reads;

public sealed class RequestReadsTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>, IAsyncLifetime
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private readonly TelemetryRows _rows = new(postgres.Database, Start);
    private readonly RequestReads _reads = new(postgres.Database);

    public async Task InitializeAsync()
    {
        await postgres.ScalarAsync("truncate spans");
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
                    ["items"] = i,
                    ["http.response.status_code"] = "odd",
                },
                resource: new Dictionary<string, object> { ["cloud.region"] = i <= 5 ? "eu" : "us" }
            );
            await _rows.SpanAsync("shop", "internal", i, 5000, root, SpanKind.Internal, failed: true);
        }
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task Counts_entry_spans_only_and_ranks_exactly()
    {
        var found = await _reads.StatisticsAsync(SpanFilter.OfService("shop"), _rows.Window(0, 60), default);
        Assert.Equal((20, 2), (found.Requests, found.Failed));
        Assert.Equal(0.1, found.ErrorRate);
        Assert.Equal(105, found.MeanMs);
        Assert.Equal((10, 200), (found.MinMs, found.MaxMs));
        // Nearest rank: the 10th, 18th, 19th and 20th of 20.
        Assert.Equal([100, 180, 190, 200], new[] { 50.0, 90, 95, 99 }.Select(p => found.Percentile(p)!.Value));
    }

    [Fact]
    public async Task The_window_is_half_open()
    {
        Assert.Equal(1, (await _reads.StatisticsAsync(SpanFilter.All, _rows.Window(1, 2), default)).Requests);
        Assert.Equal(0, (await _reads.StatisticsAsync(SpanFilter.All, _rows.Window(0, 1), default)).Requests);
    }

    [Fact]
    public async Task Nothing_is_no_number()
    {
        var found = await _reads.StatisticsAsync(SpanFilter.OfService("nobody"), _rows.Window(0, 60), default);
        Assert.Equal(0, found.Requests);
        Assert.Null(found.ErrorRate);
        Assert.Null(found.MeanMs);
        Assert.Null(found.Percentile(95));
    }

    [Theory]
    [InlineData("span.currency = \"CHF\"", 5)]
    [InlineData("span.currency != \"CHF\"", 15)]
    [InlineData("span.currency =~ \"(?i).*hf.*\"", 5)]
    [InlineData("span.items > 9", 11)]
    [InlineData("span.http.response.status_code = \"odd\"", 20)]
    [InlineData("resource.cloud.region = \"eu\"", 5)]
    [InlineData("resource.cloud.region = nil", 0)]
    [InlineData("span.currency = \"'; drop table spans; --\"", 0)]
    public async Task Conditions_are_those_of_TraceQL(string condition, long expected)
    {
        var filter = SpanFilter.OfService("shop") with { Conditions = [SpanCondition.Parse(condition)] };
        Assert.Equal(expected, (await _reads.StatisticsAsync(filter, _rows.Window(0, 60), default)).Requests);
    }

    [Fact]
    public async Task A_key_to_group_by_is_a_value_and_never_part_of_the_query()
    {
        var groups = await _reads.GroupedAsync(
            SpanFilter.All,
            _rows.Window(0, 60),
            RequestGrouping.ByAttribute("x' is null or 'a' = 'a"),
            default
        );
        Assert.Null(Assert.Single(groups).Value);
    }

    [Fact]
    public async Task Groups_by_operation_and_by_attribute()
    {
        var operations = await _reads.GroupedAsync(SpanFilter.All, _rows.Window(0, 60), RequestGrouping.ByOperation, default);
        Assert.Equal(
            [("shop", "GET /a", 10L), ("shop", "GET /b", 10L)],
            operations.OrderBy(o => o.Operation, StringComparer.Ordinal).Select(o => (o.Service!, o.Operation!, o.Statistics.Requests))
        );
        var currencies = await _reads.GroupedAsync(SpanFilter.All, _rows.Window(0, 60), RequestGrouping.ByAttribute("currency"), default);
        Assert.Equal(
            [("CHF", 5L), ("EUR", 15L)],
            currencies.OrderBy(o => o.Value, StringComparer.Ordinal).Select(o => (o.Value!, o.Statistics.Requests))
        );
    }

    [Fact]
    public async Task A_series_has_every_step()
    {
        var points = await _reads.SeriesAsync(SpanFilter.All, _rows.Window(0, 40), TimeSpan.FromSeconds(10), default);
        Assert.Equal([9L, 10, 1, 0], points.Select(p => p.Statistics.Requests));
        Assert.Equal(Start.AddSeconds(30), points[3].Time);
    }

    [Fact]
    public async Task Sampled_requests_are_told()
    {
        await _rows.SpanAsync("edge", "GET /", 1, 1, traceState: "ot=th:8");
        await _rows.SpanAsync("edge", "GET /", 1, 1, traceState: "ot=th:0");
        await _rows.SpanAsync("edge", "GET /", 1, 1, traceState: "other=1");
        var found = await _reads.StatisticsAsync(SpanFilter.OfService("edge"), _rows.Window(0, 60), default);
        Assert.Equal((3, 1, 4), (found.Requests, found.Sampled, found.EstimatedRequests));
    }
}
