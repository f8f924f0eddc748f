using Copilot.Store.Intake;
using Copilot.Store.Reads.Filters;
using Copilot.Store.Reads.Requests;
using Copilot.Store.Reads.Traces;
using Copilot.Store.Retention;
using Copilot.Store.Rollups;
using Copilot.Store.Samples;
using Copilot.Store.Writers;
using Copilot.Telemetry.Records;
using Copilot.Testing;
using Xunit;
using static Copilot.Store.Tests.Intake.Requests;

namespace Copilot.Store.Tests.Intake;

/// <summary>A request failed where its status says so, or its response: spans, rollups, lists and samples count the same ones.</summary>
public sealed class FailedRequestTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>, IAsyncLifetime
{
    private static readonly TimeWindow Minute = new(Start, Start + UnixNanos.PerMinute);

    private readonly TelemetryPartitions _partitions = new(postgres.Database, TimeProvider.System, new RetentionOptions());
    private TelemetryWriter _writer = null!;

    public async Task InitializeAsync()
    {
        _writer = new TelemetryWriter(postgres.Database, _partitions, TimeProvider.System);
        await postgres.ScalarAsync("truncate spans, span_rollup_deltas, pending_minutes, received_requests");
    }

    public async Task DisposeAsync()
    {
        await _writer.DisposeAsync();
        _partitions.Dispose();
    }

    [Theory]
    [InlineData("http.response.status_code", "500", true)]
    [InlineData("http.response.status_code", "503", true)]
    [InlineData("http.response.status_code", "499", false)]
    [InlineData("http.status_code", "502", true)]
    [InlineData("http.status_code", "404", false)]
    [InlineData("http.status_code", "\"504\"", true)]
    [InlineData("http.response.status_code", "\"odd\"", false)]
    [InlineData("rpc.grpc.status_code", "14", true)]
    [InlineData("rpc.grpc.status_code", "13", true)]
    [InlineData("rpc.grpc.status_code", "5", false)]
    [InlineData("rpc.grpc.status_code", "0", false)]
    [InlineData("rpc.response.status_code", "\"UNAVAILABLE\"", true)]
    [InlineData("rpc.response.status_code", "\"NOT_FOUND\"", false)]
    [InlineData("shop.status_code", "500", false)]
    public async Task A_response_says_whether_the_server_failed(string key, string value, bool failed)
    {
        await WriteAsync(
            Span(1, 1, attributes: Attribute(key, value)),
            Span(2, 1, status: 1, attributes: Attribute(key, value)),
            Span(3, 1)
        );
        var expected = failed ? 2 : 0;
        var counted = await new RequestReads(postgres.Database).StatisticsAsync(SpanFilter.OfService("shop"), Minute, default);
        Assert.Equal((3, expected), (counted.Requests, counted.Failed));
        var minute = Assert.Single(await new ServiceMinuteReads(postgres.Database).ReadAsync(Minute, default));
        Assert.Equal((3, expected), (minute.Requests, minute.Failed));
        var total = Assert.Single(await new ServiceMinuteReads(postgres.Database).TotalsAsync(Minute, default));
        Assert.Equal(expected, total.Failed);
        var rollup = Assert.Single(
            await new RequestRollups(postgres.Database).ReadAsync([], [], [], Minute, byService: true, byOperation: false, 0, default)
        );
        Assert.Equal((3, expected), (rollup.Value.Requests, rollup.Value.Failed));
        var steps = await new ServiceStepReads(postgres.Database).ReadAsync(
            Minute,
            UnixNanos.PerMinute,
            new Dictionary<string, long> { ["shop"] = long.MaxValue },
            default
        );
        Assert.Equal((3, expected), (steps.Single().Requests, steps.Single().Failed));
        var traces = await new TraceReads(postgres.Database).SelectAsync(
            new WantedTraces
            {
                Filter = SpanFilter.All,
                Window = Minute,
                Selection = new TraceSelection { Failed = true },
            },
            default
        );
        Assert.Equal(expected, traces.Total);
    }

    [Fact]
    public async Task A_call_that_was_answered_with_an_error_is_no_failed_request()
    {
        await WriteAsync(Span(1, 1), Span(1, 2, parent: 1, kind: 3, attributes: Attribute("http.response.status_code", "500")));
        var counted = await new RequestReads(postgres.Database).StatisticsAsync(SpanFilter.OfService("shop"), Minute, default);
        Assert.Equal((1, 0), (counted.Requests, counted.Failed));
    }

    [Fact]
    public async Task The_status_that_was_sent_is_still_told()
    {
        await WriteAsync(
            Span(1, 1, attributes: Attribute("http.response.status_code", "500")),
            Span(2, 1, status: 2),
            Span(3, 1, status: 1)
        );
        Assert.Equal("0,1,2", await postgres.ScalarAsync("select string_agg(status::text, ',' order by status) from spans"));
        Assert.Equal(
            "0,1,2",
            await postgres.ScalarAsync(
                $"select string_agg({FailedSpans.SentStatus("r")}::text, ',' order by {FailedSpans.SentStatus("r")}) from span_rollup_deltas r"
            )
        );
    }

    private static string Attribute(string key, string value) =>
        value.StartsWith('"')
            ? $$$"""{"key":"{{{key}}}","value":{"stringValue":{{{value}}}}}"""
            : $$$"""{"key":"{{{key}}}","value":{"intValue":"{{{value}}}"}}""";

    private async Task WriteAsync(params string[] spans)
    {
        using var batch = Spans("shop", spans);
        await _writer.WriteAsync(batch, default);
    }
}
