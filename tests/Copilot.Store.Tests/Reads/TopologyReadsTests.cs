using Copilot.Store.Reads.Topology;
using Copilot.Telemetry.Spans;
using Copilot.Testing;
using Xunit;

namespace Copilot.Store.Tests.Reads;

public sealed class TopologyReadsTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    [Fact]
    public async Task Direct_parents_are_callers_and_addresses_without_spans_are_peers()
    {
        var rows = new TelemetryRows(postgres.Database, new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
        var reads = new TopologyReads(postgres.Database);
        var web = await rows.SpanAsync("web", "GET /", 1, 100);
        var call = await rows.SpanAsync("web", "POST", 1, 50, web, SpanKind.Client, serverAddress: "cart.internal");
        var cart = await rows.SpanAsync("cart", "POST /items", 1, 40, call);
        var inside = await rows.SpanAsync("cart", "work", 1, 30, cart, SpanKind.Internal);
        await rows.SpanAsync("cart", "charge", 1, 20, inside, SpanKind.Client, failed: true, serverAddress: "pay.example");
        var window = rows.Window(0, 60);

        Assert.Equal(["web"], (await reads.CallersAsync(["cart"], window, default)).Select(l => l.Service));
        Assert.Equal(["cart"], (await reads.CalleesAsync(["web"], window, default)).Select(l => l.Service));
        Assert.Empty(await reads.CallersAsync(["web"], window, default));
        Assert.Empty(await reads.CallersAsync(["cart"], rows.Window(10, 60), default));
        var peer = Assert.Single(await reads.PeersAsync([], [], window, default));
        Assert.Equal(("cart", "pay.example", 1L, 1L, 20.0), (peer.Caller, peer.Address, peer.Calls, peer.Failed, peer.P95Ms));
        Assert.Empty(await reads.PeersAsync([], ["cart.internal"], window, default));
    }

    [Fact]
    public async Task Who_sent_the_messages_is_found_by_links()
    {
        var rows = new TelemetryRows(postgres.Database, new DateTimeOffset(2026, 4, 1, 12, 0, 0, TimeSpan.Zero));
        var sent = await rows.SpanAsync("orders", "send", 1, 5, kind: SpanKind.Producer);
        var worked = await rows.SpanAsync("worker", "process", 2, 50, kind: SpanKind.Consumer);
        await postgres.ScalarAsync(
            $"""update spans set links = '[{"{"}"t": "{sent.TraceId}", "s": "{sent.SpanId}"{"}"}, {"{"}"t": "odd", "s": "odd"{"}"}]' where span_id = {worked.SpanId.ToInt64()}"""
        );
        var reads = new TopologyReads(postgres.Database);
        Assert.Equal(["orders"], await reads.LinkedAsync(["worker"], rows.Window(0, 60), default));
        Assert.Empty(await reads.LinkedAsync(["orders"], rows.Window(0, 60), default));
    }

    [Fact]
    public async Task Counted_minutes_and_the_rest_of_the_window_add_up()
    {
        var rows = new TelemetryRows(postgres.Database, new DateTimeOffset(2026, 5, 1, 12, 0, 0, TimeSpan.Zero));
        foreach (var at in new[] { 30.0, 70, 80, 130 })
        {
            var call = await rows.SpanAsync("front", "call", at, 5, kind: SpanKind.Client);
            await rows.SpanAsync("back", "work", at, 4, call, failed: at == 80);
        }

        var reads = new TopologyReads(postgres.Database);
        var direct = await reads.CallersAsync(["back"], rows.Window(20, 140), default);
        Assert.Equal([new ServiceLink("front", 4, 1)], direct);
        var minute = rows.Window(60, 61).FromNs;
        await postgres.ScalarAsync($"delete from pending_minutes where minute_ns = {minute}");
        await postgres.ScalarAsync(
            $"""
            insert into edge_minutes (minute_ns, caller_service_id, callee_service_id, count, failed, sum_ns, histogram, client_count, client_failed, client_sum_ns, client_histogram)
            select {minute}, f.id, b.id, 2, 1, 0, '', 2, 1, 0, '' from services f, services b where f.name = 'front' and b.name = 'back'
            """
        );
        Assert.Equal(direct, await reads.CallersAsync(["back"], rows.Window(20, 140), default));
        Assert.Equal([new ServiceLink("back", 4, 1)], await reads.CalleesAsync(["front"], rows.Window(20, 140), default));
    }
}
