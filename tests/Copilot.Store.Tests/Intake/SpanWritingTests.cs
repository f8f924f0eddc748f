using Copilot.Store.Intake;
using Copilot.Store.Retention;
using Copilot.Store.Writers;
using Copilot.Telemetry.Intake;
using Copilot.Testing;
using Npgsql;
using Xunit;
using static Copilot.Store.Tests.Intake.Requests;

namespace Copilot.Store.Tests.Intake;

/// <summary>Whatever is sent, in whatever order and however often: the spans are there once, and the rollups are their counts.</summary>
public sealed class SpanWritingTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>, IAsyncLifetime
{
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

    [Fact]
    public async Task A_span_is_stored_with_its_promoted_columns_and_the_rest_as_json()
    {
        using var batch = Spans(
            "cart",
            Span(
                1,
                2,
                ms: 12.5,
                parent: 3,
                kind: 3,
                status: 2,
                name: "GET /cart",
                attributes: string.Join(
                    ',',
                    Text("http.route", "/cart"),
                    Text("tenant", "acme"),
                    """{"key":"http.response.status_code","value":{"intValue":"500"}}""",
                    """{"key":"ratio","value":{"doubleValue":1}}"""
                )
            )
        );
        var result = await _writer.WriteAsync(batch, default);
        Assert.Equal(new WriteResult(1, 1, 0, 0), result);
        Assert.Equal(
            "cart GET /cart 3 2 500 /cart 12500000 false {\"ratio\": 1.0, \"tenant\": \"acme\"}",
            await postgres.ScalarAsync(
                """
                select concat_ws(' ', v.name, o.name, s.kind, s.status, s.http_response_status_code, s.http_route, s.duration_ns, s.entry::text, s.attributes)
                from spans s join services v on v.id = s.service_id join operations o on o.id = s.operation_id
                """
            )
        );
        Assert.Equal("spans_2026030410", await postgres.ScalarAsync("select tableoid::regclass::text from spans"));
    }

    [Fact]
    public async Task A_request_sent_again_adds_nothing()
    {
        using var batch = Spans("cart", Span(1, 1), Span(1, 2, parent: 1), Span(1, 3, at: 61, parent: 1));
        await _writer.WriteAsync(batch, default);
        var again = await _writer.WriteAsync(batch, default);
        Assert.Equal(new WriteResult(3, 0, 3, 0), again);
        using var mixed = Spans("cart", Span(1, 3, at: 61, parent: 1), Span(1, 4, parent: 1), Span(1, 4, parent: 1));
        Assert.Equal(new WriteResult(3, 1, 2, 0), await _writer.WriteAsync(mixed, default));
        Assert.Equal(4L, await postgres.ScalarAsync("select count(*) from spans"));
        await AssertRollupsEqualRawCountsAsync();
    }

    [Fact]
    public async Task Concurrent_senders_with_overlapping_spans_are_counted_once()
    {
        var random = new Random(7);
        var writes = new List<Task>();
        for (var sender = 0; sender < 24; sender++)
        {
            var spans = Enumerable
                .Range(0, 200)
                .Select(_ => random.Next(2000))
                .Select(id =>
                    Span(
                        1 + (id / 10),
                        1 + id,
                        at: id % 300,
                        ms: 1 + (id % 977),
                        parent: id % 10 == 0 ? 0 : 1 + id - (id % 10),
                        kind: id % 6,
                        status: id % 3,
                        name: "op " + (id % 7)
                    )
                )
                .ToArray();
            writes.Add(WriteAsync(Spans("service-" + (sender % 1), spans)));
        }

        await Task.WhenAll(writes);
        await AssertRollupsEqualRawCountsAsync();

        async Task WriteAsync(SpanBatch batch)
        {
            using (batch)
                await _writer.WriteAsync(batch, default);
        }
    }

    [Fact]
    public async Task Spans_that_cannot_be_are_rejected_and_the_others_stored()
    {
        using var batch = Spans("cart", Span(0, 1), Span(5, 0), Span(5, 6));
        Assert.Equal(2, batch.Rejections.Count);
        await _writer.WriteAsync(batch, default);
        Assert.Equal(1L, await postgres.ScalarAsync("select count(*) from spans"));
        await AssertRollupsEqualRawCountsAsync();
    }

    [Fact]
    public async Task Shed_spans_are_counted_once_and_not_stored()
    {
        using var batch = Spans("cart", Span(8, 1), Span(9, 1));
        batch.Rows[0].Shed = true;
        Assert.Equal(new WriteResult(2, 1, 0, 1), await _writer.WriteAsync(batch, default));
        Assert.Equal(new WriteResult(2, 0, 2, 0), await _writer.WriteAsync(batch, default));
        Assert.Equal(1L, await postgres.ScalarAsync("select count(*) from spans"));
        Assert.Equal(2m, await postgres.ScalarAsync("select sum(count) from span_rollup_deltas"));
    }

    [Fact]
    public async Task What_a_sender_sampled_is_counted_as_received_and_extrapolated_beside_it()
    {
        using var batch = Spans("cart", Span(1, 1, traceState: "ot=th:c"), Span(2, 1, traceState: "vendor=1,ot=rv:1;th:8"), Span(3, 1));
        await _writer.WriteAsync(batch, default);
        Assert.Equal("3 7", await postgres.ScalarAsync("select sum(count) || ' ' || sum(extrapolated) from span_rollup_deltas"));
    }

    [Fact]
    public async Task Absurd_times_go_to_the_default_partition()
    {
        using var batch = Spans("cart", Span(1, 1), Span(1, 2));
        batch.Rows[0].StartNs = 9_000_000_000_000_000_000;
        await _writer.WriteAsync(batch, default);
        Assert.Equal(1L, await postgres.ScalarAsync("select count(*) from spans_default"));
        await AssertRollupsEqualRawCountsAsync();
    }

    [Fact]
    public async Task Spans_without_any_time_sent_again_add_nothing()
    {
        var timeless = Span(3, 1).Replace("TimeUnixNano", "NoTime", StringComparison.Ordinal);
        using (var batch = Spans("cart", timeless, Span(3, 2)))
            Assert.Equal(new WriteResult(2, 2, 0, 0), await _writer.WriteAsync(batch, default));
        // Received later, it would bear another time.
        using (var again = Spans("cart", timeless, Span(3, 2)))
            Assert.Equal(new WriteResult(2, 0, 2, 0), await _writer.WriteAsync(again, default));
        Assert.Equal(2L, await postgres.ScalarAsync("select count(*) from spans"));
        await AssertRollupsEqualRawCountsAsync();
    }

    [Fact]
    public async Task A_services_arrivals_are_told_by_the_stores_clock()
    {
        using var batch = Spans("ferry", Span(4, 1));
        await _writer.WriteAsync(batch, default);
        Assert.Equal(
            true,
            await postgres.ScalarAsync(
                "select last_arrival between now() - interval '1 minute' and now() from service_arrivals a join services v on v.id = a.service_id where v.name = 'ferry'"
            )
        );
    }

    private async Task AssertRollupsEqualRawCountsAsync()
    {
        const string Difference = """
            with raw as (
                select start_ns - start_ns % 60000000000 as minute_ns, service_id, operation_id, entry, parent_span_id is null as root, status,
                    count(*) as count, sum(duration_ns) as sum_ns, min(duration_ns) as min_ns, max(duration_ns) as max_ns
                from spans group by 1, 2, 3, 4, 5, 6),
            rolled as (
                select minute_ns, service_id, operation_id, entry, root, status, sum(count)::bigint as count, sum(sum_ns) as sum_ns,
                    min(min_ns) as min_ns, max(max_ns) as max_ns
                from span_rollup_deltas group by 1, 2, 3, 4, 5, 6)
            select count(*) from ((select * from raw except select * from rolled) union all (select * from rolled except select * from raw)) d
            """;
        await using var connection = await postgres.Database.DataSource.OpenConnectionAsync();
        await using var command = new NpgsqlCommand(Difference, connection);
        Assert.Equal(0L, await command.ExecuteScalarAsync());
    }
}
