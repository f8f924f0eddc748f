using Copilot.Store.Reads.Filters;
using Copilot.Store.Reads.Requests;
using Copilot.Store.Retention;
using Copilot.Store.Writers;
using Copilot.Telemetry.Records;
using Copilot.Testing;
using Xunit;
using static Copilot.Store.Tests.Intake.Requests;

namespace Copilot.Store.Tests.Intake;

/// <summary>What is counted by the minute is what the spans tell, also where a window begins and ends within a minute.</summary>
public sealed class CountedRequestsTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>, IAsyncLifetime
{
    private readonly TelemetryPartitions _partitions = new(postgres.Database, TimeProvider.System, new RetentionOptions());
    private TelemetryWriter _writer = null!;

    public static TheoryData<string> Groupings { get; } = ["nothing", "service", "operation"];

    public async Task InitializeAsync()
    {
        _writer = new TelemetryWriter(postgres.Database, _partitions, TimeProvider.System);
        await postgres.ScalarAsync("truncate spans, span_rollup_deltas, pending_minutes, received_requests");
        static string[] Of(int first) =>
            [
                .. Enumerable
                    .Range(first, 120)
                    .Select(i => Span(i, i, at: i % 60 * 9, ms: 3 + (i * 7 % 400), status: i % 11 == 0 ? 2 : 0, name: $"GET /{i % 3}")),
                .. Enumerable.Range(first, 120).Select(i => Span(i, i + 5000, at: i % 60 * 9, ms: 9999, parent: i, kind: 3, status: 2)),
            ];
        using var shop = Spans("shop", Of(1));
        using var till = Spans("till", Of(200));
        await _writer.WriteAsync(shop, default);
        await _writer.WriteAsync(till, default);
    }

    public async Task DisposeAsync()
    {
        await _writer.DisposeAsync();
        _partitions.Dispose();
    }

    [Theory, MemberData(nameof(Groupings))]
    public async Task Numbers_means_and_extremes_are_the_spans_own(string by)
    {
        var grouping = by switch
        {
            "service" => RequestGrouping.ByService,
            "operation" => RequestGrouping.ByOperation,
            _ => null,
        };
        foreach (var (from, to) in new[] { (0.0, 540.0), (33, 492), (59.999, 480), (60, 421.5) })
        {
            var window = new TimeWindow(Start + (long)(from * 1e9), Start + (long)(to * 1e9));
            var counted = await new CountedRequests(postgres.Database, few: 0).ReadAsync(SpanFilter.All, window, grouping, default);
            var read = grouping is null
                ?
                [
                    new RequestGroup(
                        null,
                        null,
                        null,
                        await new RequestReads(postgres.Database).StatisticsAsync(SpanFilter.All, window, default)
                    ),
                ]
                : await new RequestReads(postgres.Database).GroupedAsync(SpanFilter.All, window, grouping, default);
            Assert.Equal(read.Select(group => (group.Service, group.Operation)).Order(), counted!.Keys.Order());
            foreach (var group in read)
                Same(group.Statistics, counted[(group.Service, group.Operation)]);
        }
    }

    [Fact]
    public async Task Few_requests_and_what_the_rollups_do_not_know_are_read_from_the_spans()
    {
        var window = new TimeWindow(Start, Start + (10 * UnixNanos.PerMinute));
        Assert.Null(await new CountedRequests(postgres.Database).ReadAsync(SpanFilter.All, window, null, default));
        var counting = new CountedRequests(postgres.Database, few: 0);
        Assert.Null(await counting.ReadAsync(SpanFilter.All, window, RequestGrouping.ByAttribute("tenant"), default));
        var condition = SpanFilter.All with { Conditions = [SpanCondition.Parse("span.tenant = \"a\"")] };
        Assert.Null(await counting.ReadAsync(condition, window, null, default));
    }

    private static void Same(RequestStatistics expected, RequestStatistics counted)
    {
        Assert.Equal((expected.Requests, expected.Failed), (counted.Requests, counted.Failed));
        Assert.Equal((expected.MinMs, expected.MaxMs), (counted.MinMs, counted.MaxMs));
        Assert.Equal(expected.MeanMs!.Value, counted.MeanMs!.Value, 6);
        Assert.Equal((0, expected.EstimatedRequests), (counted.Sampled, counted.EstimatedRequests));
        foreach (var (exact, within) in expected.PercentileMs.Zip(counted.PercentileMs))
            Assert.InRange(within, exact * 0.99, exact * 1.01);
        Assert.True(counted.IsCounted);
    }
}
