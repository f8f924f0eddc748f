using Copilot.Store.Reads.Topology;
using Copilot.Store.Reads.Traces;
using Copilot.Telemetry.Spans;
using Copilot.Testing;
using Xunit;

namespace Copilot.Store.Tests.Reads;

public sealed class TraceDetailReadsTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>, IAsyncLifetime
{
    private readonly TelemetryRows _rows = new(postgres.Database, new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly TraceDetailReads _reads = new(postgres.Database, new ChangeReads(postgres.Database));

    public async Task InitializeAsync() => await postgres.ScalarAsync("truncate spans, logs, changes");

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task A_trace_comes_with_promoted_attributes_logs_metrics_and_the_changes_before_it()
    {
        var root = await _rows.SpanAsync(
            "web",
            "GET /",
            60,
            100,
            attributes: new Dictionary<string, object> { ["user.tier"] = "gold" },
            serverAddress: "shop.example",
            resource: new Dictionary<string, object> { ["k8s.pod.name"] = "web-1" }
        );
        await _rows.SpanAsync("db", "SELECT", 60.01, 50, root, SpanKind.Client, failed: true);
        await _rows.SpanAsync("other", "GET /else", 60, 10);
        await _rows.LogAsync("web", 60.02, "row not found", 17, root);
        await _rows.LogAsync("web", 60.03, "unrelated");
        await _rows.ChangeAsync("web", 0, "deploy", "2.0.0");
        await _rows.ChangeAsync("web", 120, "rollback", "1.0.0");
        await _rows.ChangeAsync("other", 0, "deploy", "9.9.9");
        await MetricAsync(at: 45, value: 0.7);
        await MetricAsync(at: 600, value: 0.1);

        var trace = await _reads.ReadAsync(root.TraceId, default);

        Assert.NotNull(trace);
        Assert.Equal(["web", "db"], trace.Spans.Select(s => s.Service));
        Assert.Equal("gold", trace.Spans[0].Attributes.GetProperty("user.tier").GetString());
        Assert.Equal("shop.example", trace.Spans[0].Attributes.GetProperty("server.address").GetString());
        Assert.Equal("web-1", trace.Spans[0].Resource.GetProperty("k8s.pod.name").GetString());
        Assert.Equal(["row not found"], trace.Logs.Select(l => l.Body));
        Assert.Equal(root.SpanId, trace.Logs[0].SpanId);
        Assert.Equal(["2.0.0"], trace.Changes.Select(c => c.Version));
        var metric = Assert.Single(trace.Metrics);
        Assert.Equal(("process.cpu.utilization", "web-1", false), (metric.Name, metric.Instance, metric.Exemplar));
        Assert.Equal([0.7], metric.Points.Select(p => p.Value));
    }

    [Fact]
    public async Task A_trace_is_found_whenever_it_was_and_an_unknown_one_is_null()
    {
        var root = await _rows.SpanAsync("web", "GET /", 5, 10);

        Assert.NotNull(await _reads.ReadAsync(root.TraceId, default));
        Assert.Null(await _reads.ReadAsync(new TraceId(1, 1), default));
    }

    [Fact]
    public async Task A_trace_over_hours_comes_whole_with_logs_that_came_much_later()
    {
        var root = await _rows.SpanAsync("web", "GET /", 5, 10);
        await _rows.SpanAsync("worker", "consume", 5 * 3600, 10, root, SpanKind.Consumer);
        await _rows.LogAsync("worker", 30 * 3600, "settled at last", 9, root);

        var trace = await _reads.ReadAsync(root.TraceId, default);

        Assert.Equal(["web", "worker"], trace!.Spans.Select(s => s.Service));
        Assert.Equal(["settled at last"], trace.Logs.Select(l => l.Body));
    }

    [Fact]
    public async Task Links_lead_there_and_back()
    {
        var sent = await _rows.SpanAsync("parcel-api", "enqueue parcels", 5, 10, kind: SpanKind.Producer);
        var taken = await _rows.SpanAsync("parcel-indexer", "index parcels", 3 * 3600, 10, kind: SpanKind.Consumer);
        var other = await _rows.SpanAsync("parcel-indexer", "index parcels", 6, 10, kind: SpanKind.Consumer);
        await LinkAsync(taken, $$$"""[{"t": "{{{sent.TraceId}}}", "s": "{{{sent.SpanId}}}", "a": {"queue": "parcels", "batch": 1}}]""");
        await LinkAsync(other, """[{"t": "11111111111111111111111111111111", "s": "2222222222222222", "a": {}}]""");

        var there = await _reads.ReadAsync(taken.TraceId, default);
        Assert.Equal(sent.SpanId.ToString(), there!.Spans[0].Links[0].GetProperty("s").GetString());
        Assert.Empty(there.LinkedFrom);
        var back = Assert.Single((await _reads.ReadAsync(sent.TraceId, default))!.LinkedFrom);
        Assert.Equal(
            (sent.SpanId, taken.TraceId, taken.SpanId, "parcel-indexer", "index parcels"),
            (back.To, back.Trace, back.Span, back.Service, back.Operation)
        );
        Assert.Equal("parcels", back.Attributes.GetProperty("queue").GetString());
    }

    [Fact]
    public async Task A_server_that_shares_its_clients_id_is_told_apart_with_what_is_below_it()
    {
        var client = await _rows.SpanAsync("shop", "get", 5, 100, kind: SpanKind.Client);
        var server = await _rows.SpanAsync("cart", "get", 5.01, 80, client);
        await postgres.ScalarAsync(
            $"update spans set span_id = {client.SpanId.ToInt64()}, parent_span_id = null where span_id = {server.SpanId.ToInt64()}"
        );
        await _rows.SpanAsync("cart", "inner", 5.02, 10, client, SpanKind.Internal);
        await _rows.SpanAsync("shop", "own", 5.02, 10, client, SpanKind.Internal);
        await _rows.LogAsync("cart", 5.03, "slow", span: client);

        var trace = await _reads.ReadAsync(client.TraceId, default);

        var spans = trace!.Spans.ToDictionary(span => $"{span.Service} {span.Operation}");
        Assert.Equal(4, trace.Spans.Select(span => span.SpanId).Distinct().Count());
        Assert.Equal(client.SpanId, spans["cart get"].ParentSpanId);
        Assert.Equal(spans["cart get"].SpanId, spans["cart inner"].ParentSpanId);
        Assert.Equal(client.SpanId, spans["shop own"].ParentSpanId);
        Assert.Equal(spans["cart get"].SpanId, Assert.Single(trace.Logs).SpanId);
    }

    private Task LinkAsync(SpanRow span, string links) =>
        postgres.ScalarAsync($"update spans set links = '{links}' where span_id = {span.SpanId.ToInt64()}");

    private Task MetricAsync(double at, double value) =>
        postgres.ScalarAsync(
            $"""
            with s as (
              insert into metric_series (hash, resource_id, service_id, name, unit, kind)
              select md5('cpu')::uuid, r.id, r.service_id, 'process.cpu.utilization', '1', 'gauge'
              from resources r where r.attributes ->> 'k8s.pod.name' = 'web-1'
              on conflict (hash) do update set unit = '1' returning id)
            insert into metric_points (series_id, time_ns, start_ns, value)
            select id, {_rows.Window(at, at).FromNs}, 0, {value.ToString(System.Globalization.CultureInfo.InvariantCulture)} from s
            """
        );
}
