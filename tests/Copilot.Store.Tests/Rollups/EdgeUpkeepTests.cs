using Copilot.Store.Retention;
using Copilot.Store.Rollups;
using Copilot.Store.Writers;
using Copilot.Telemetry.Intake;
using Copilot.Telemetry.Records;
using Copilot.Testing;
using Xunit;
using static Copilot.Store.Tests.Intake.Requests;

namespace Copilot.Store.Tests.Rollups;

public sealed class EdgeUpkeepTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>, IAsyncLifetime
{
    private const string Edges = """
        select string_agg(concat_ws(' ', r.name, coalesce(e.name, '(' || m.peer || ')'), m.count, m.failed, m.client_count, m.client_sum_ns / 1000000), '; '
            order by r.name, e.name, m.peer, m.minute_ns)
        from edge_minutes m join services r on r.id = m.caller_service_id left join services e on e.id = m.callee_service_id
        """;

    private readonly TelemetryPartitions _partitions = new(postgres.Database, TimeProvider.System, new RetentionOptions());
    private TelemetryWriter _writer = null!;

    private EdgeMaintenance Upkeep => new(postgres.Database);

    public async Task InitializeAsync()
    {
        _writer = new TelemetryWriter(postgres.Database, _partitions, TimeProvider.System);
        await postgres.ScalarAsync("truncate spans, span_rollup_deltas, pending_minutes, edge_minutes");
    }

    public async Task DisposeAsync()
    {
        await _writer.DisposeAsync();
        _partitions.Dispose();
    }

    [Fact]
    public async Task A_call_counts_once_with_both_views_and_a_peer_by_its_address()
    {
        await WriteAsync(
            Spans(
                "shop",
                Span(1, 1, ms: 100),
                Span(1, 2, at: 1, ms: 40, parent: 1, kind: 3),
                Span(1, 3, at: 2, ms: 5, parent: 1, kind: 3, attributes: Text("server.address", "db.internal"))
            )
        );
        await WriteAsync(Spans("stock", Span(1, 4, at: 1.1, ms: 30, parent: 2, status: 2), Span(1, 5, at: 1.2, parent: 4, kind: 1)));
        await Upkeep.CatchUpAsync(default);
        Assert.Equal("shop stock 1 1 1 40; shop (db.internal) 1 0 1 5", await postgres.ScalarAsync(Edges));
        Assert.Equal(0L, await postgres.ScalarAsync("select count(*) from pending_minutes where pass = 1"));
        Assert.Equal(
            [new CountedCalls("shop", "db.internal", true, 1, 0), new CountedCalls("shop", "stock", false, 1, 1)],
            await new CallMapReads(postgres.Database).ReadAsync(new TimeWindow(0, long.MaxValue), default)
        );
    }

    [Fact]
    public async Task A_late_span_turns_a_peer_into_a_callee_in_the_right_minute()
    {
        await WriteAsync(
            Spans("shop", Span(1, 1, at: 59), Span(1, 2, at: 59, ms: 3000, parent: 1, kind: 3, attributes: Text("server.address", "stock")))
        );
        await Upkeep.CatchUpAsync(default);
        Assert.Equal("shop (stock) 1 0 1 3000", await postgres.ScalarAsync(Edges));
        await WriteAsync(Spans("stock", Span(1, 4, at: 61, ms: 900, parent: 2)));
        await Upkeep.CatchUpAsync(default);
        Assert.Equal("shop stock 1 0 1 3000", await postgres.ScalarAsync(Edges));
        Assert.Equal(Start + 60_000_000_000, await postgres.ScalarAsync("select minute_ns from edge_minutes"));
    }

    /// <summary>As Zipkin's tracers send them, over whatever carries them here.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_server_that_shares_its_clients_id_is_called_once(bool clientIsRoot)
    {
        var address = Text("server.address", "stock");
        if (clientIsRoot)
            await WriteAsync(Spans("shop", Span(1, 2, at: 1, ms: 40, kind: 3, attributes: address)));
        else
            await WriteAsync(Spans("shop", Span(1, 1, ms: 100), Span(1, 2, at: 1, ms: 40, parent: 1, kind: 3, attributes: address)));
        var server = clientIsRoot ? Span(1, 2, at: 1.1, ms: 30) : Span(1, 2, at: 1.1, ms: 30, parent: 1);
        await WriteAsync(Spans("stock", server, Span(1, 5, at: 1.2, parent: 2, kind: 1), Span(1, 6, at: 1.3, parent: 2, kind: 1)));
        await Upkeep.CatchUpAsync(default);
        Assert.Equal(clientIsRoot ? "shop stock 1 0 1 40" : "shop stock 1 0 0 0", await postgres.ScalarAsync(Edges));
    }

    [Fact]
    public async Task Counting_again_changes_nothing()
    {
        var batch = Spans("shop", Span(1, 1), Span(1, 2, parent: 1, kind: 3, attributes: Text("peer.service", "bank")));
        await WriteAsync(batch);
        await Upkeep.CatchUpAsync(default);
        await postgres.ScalarAsync($"insert into pending_minutes (pass, minute_ns) values (1, {Start})");
        await Upkeep.CatchUpAsync(default);
        Assert.Equal("shop (bank) 1 0 1 10", await postgres.ScalarAsync(Edges));
    }

    [Fact]
    public async Task A_span_that_stands_for_shed_ones_counts_as_many()
    {
        var shop = Spans(
            "shop",
            Span(1, 1),
            Span(1, 2, at: 1, ms: 40, parent: 1, kind: 3),
            Span(1, 3, at: 2, ms: 5, parent: 1, kind: 3, attributes: Text("peer.service", "bank"))
        );
        var stock = Spans("stock", Span(1, 4, at: 1.1, ms: 30, parent: 2, status: 2));
        foreach (var batch in new[] { shop, stock })
        {
            foreach (ref var row in batch.Rows)
                row.Weight = 4;
        }

        await WriteAsync(shop);
        await WriteAsync(stock);
        await Upkeep.CatchUpAsync(default);
        Assert.Equal("shop stock 4 4 4 160; shop (bank) 4 0 4 20", await postgres.ScalarAsync(Edges));
    }

    [Fact]
    public async Task What_comes_after_the_hour_was_distilled_is_added_to_what_was_counted_once()
    {
        await WriteAsync(Spans("shop", Span(1, 1), Span(1, 2, at: 1, ms: 40, parent: 1, kind: 3)));
        await WriteAsync(Spans("stock", Span(1, 4, at: 1.1, ms: 30, parent: 2)));
        await Upkeep.CatchUpAsync(default);
        // As distillation leaves it: this trace was not kept, the numbers are.
        await postgres.ScalarAsync("delete from spans");
        await postgres.ScalarAsync("update telemetry_partitions set distilled_at = now() where parent = 'spans'");

        await WriteAsync(Spans("shop", Span(2, 11, at: 3), Span(2, 12, at: 3, ms: 20, parent: 11, kind: 3)));
        await WriteAsync(Spans("stock", Span(2, 14, at: 3.1, ms: 10, parent: 12, status: 2)));
        await Upkeep.CatchUpAsync(default);
        Assert.Equal("shop stock 2 1 2 60", await postgres.ScalarAsync(Edges));

        await WriteAsync(Spans("shop", Span(3, 21, at: 4)));
        await Upkeep.CatchUpAsync(default);
        Assert.Equal("shop stock 2 1 2 60", await postgres.ScalarAsync(Edges));
        await postgres.ScalarAsync("update telemetry_partitions set distilled_at = null");
    }

    [Fact]
    public async Task Compaction_keeps_every_number_and_late_deltas_join_in()
    {
        var compaction = new RollupCompaction(postgres.Database, TimeProvider.System);
        await postgres.ScalarAsync("truncate span_rollup_minutes, span_rollup_hours");
        for (var round = 0; round < 3; round++)
        {
            var spans = Enumerable
                .Range(0, 300)
                .Select(id => Span(1000 + id, 1 + (round * 1000) + id, at: id, ms: 1 + (id * (round + 1)), status: id % 3))
                .ToArray();
            await WriteAsync(Spans("shop", spans));
            await compaction.CatchUpAsync(default);
        }

        const string Totals = "select sum(count) || ' ' || sum(sum_ns) || ' ' || min(min_ns) || ' ' || max(max_ns) from ";
        var raw = await postgres.ScalarAsync(
            "select count(*) || ' ' || sum(duration_ns) || ' ' || min(duration_ns) || ' ' || max(duration_ns) from spans"
        );
        Assert.Equal(raw, await postgres.ScalarAsync(Totals + "span_rollup_minutes"));
        Assert.Equal(raw, await postgres.ScalarAsync(Totals + "span_rollup_hours"));
        Assert.Equal(0L, await postgres.ScalarAsync("select count(*) from span_rollup_deltas"));
        var exact = (long)(await postgres.ScalarAsync("select percentile_disc(0.95) within group (order by duration_ns) from spans"))!;
        var histogram = new DurationHistogram();
        await using var command = postgres.Database.DataSource.CreateCommand("select histogram from span_rollup_hours");
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            histogram.Merge(reader.GetFieldValue<byte[]>(0));
        Assert.Equal(900, histogram.Count);
        Assert.InRange(histogram.Quantile(0.95)!.Value, exact * 0.99, exact * 1.01);
    }

    private async Task WriteAsync(SpanBatch batch)
    {
        using (batch)
            await _writer.WriteAsync(batch, default);
    }
}
