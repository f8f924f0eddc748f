using Copilot.Store.Reads.Filters;
using Copilot.Store.Reads.Traces;
using Copilot.Telemetry.Records;
using Copilot.Telemetry.Spans;
using Copilot.Testing;
using Xunit;

namespace Copilot.Store.Tests.Reads;

public sealed class TraceReadsTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>, IAsyncLifetime
{
    private readonly TelemetryRows _rows = new(postgres.Database, new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly TraceReads _reads = new(postgres.Database);

    public async Task InitializeAsync() => await postgres.ScalarAsync("truncate spans, logs");

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task Slow_is_above_the_mean_of_its_own_root_operation()
    {
        await _rows.SpanAsync("web", "GET /fast", 1, 10);
        var slow = await _rows.SpanAsync("web", "GET /fast", 2, 30);
        await _rows.SpanAsync("web", "GET /heavy", 3, 900);
        await _rows.SpanAsync("web", "GET /fast", 100, 5000);
        var page = await _reads.SelectAsync(
            new WantedTraces
            {
                Window = _rows.Window(0, 60),
                Selection = new() { Slow = true },
            },
            default
        );
        Assert.Equal([slow.TraceId], page.Traces.Select(t => t.TraceId));
        Assert.Equal(1, page.Total);
    }

    [Fact]
    public async Task Slow_with_a_service_named_is_about_that_services_requests()
    {
        var first = await _rows.SpanAsync("web", "GET /", 1, 1000);
        await _rows.SpanAsync("db", "query", 1, 10, first);
        var second = await _rows.SpanAsync("web", "GET /", 2, 20);
        await _rows.SpanAsync("db", "query", 2, 15, second);
        var page = await _reads.SelectAsync(
            new WantedTraces
            {
                Window = _rows.Window(0, 60),
                Selection = new() { Slow = true },
                Filter = SpanFilter.OfService("db"),
            },
            default
        );
        Assert.Equal([second.TraceId], page.Traces.Select(t => t.TraceId));
        Assert.Equal(("web", 20.0), (page.Traces[0].RootService, page.Traces[0].DurationMs));
    }

    [Fact]
    public async Task Failed_is_any_span_and_root_fine_is_told_apart()
    {
        var below = await _rows.SpanAsync("web", "GET /", 1, 10);
        await _rows.SpanAsync("web", "POST", 1, 5, below, SpanKind.Client, failed: true);
        var above = await _rows.SpanAsync("web", "GET /", 2, 10, failed: true);
        await _rows.SpanAsync("web", "GET /", 3, 10);
        var window = _rows.Window(0, 60);
        Assert.Equal(
            2,
            (
                await _reads.SelectAsync(
                    new WantedTraces
                    {
                        Window = window,
                        Selection = new() { Failed = true },
                    },
                    default
                )
            ).Total
        );
        Assert.Equal(
            1,
            (
                await _reads.SelectAsync(
                    new WantedTraces
                    {
                        Window = window,
                        Selection = new() { Succeeded = true },
                    },
                    default
                )
            ).Total
        );
        var fine = await _reads.SelectAsync(
            new WantedTraces
            {
                Window = window,
                Selection = new() { RootFineButFailedBelow = true },
            },
            default
        );
        Assert.Equal([below.TraceId], fine.Traces.Select(t => t.TraceId));
        Assert.Equal(1, fine.Traces[0].ErrorSpans);
        var request = await _reads.SelectAsync(
            new WantedTraces
            {
                Window = window,
                Selection = new() { FailedAtService = true },
                Filter = SpanFilter.OfService("web"),
            },
            default
        );
        Assert.Equal([above.TraceId], request.Traces.Select(t => t.TraceId));
    }

    [Fact]
    public async Task A_trace_belongs_to_the_window_of_its_root_or_of_the_named_services_request()
    {
        var root = await _rows.SpanAsync("web", "GET /", 59, 5000);
        await _rows.SpanAsync("db", "query", 61, 10, root);
        Assert.Equal(0, (await _reads.SelectAsync(new WantedTraces { Window = _rows.Window(60, 120) }, default)).Total);
        var page = await _reads.SelectAsync(
            new WantedTraces { Window = _rows.Window(60, 120), Filter = SpanFilter.OfService("db") },
            default
        );
        Assert.Equal("web", Assert.Single(page.Traces).RootService);
    }

    [Fact]
    public async Task A_missing_root_is_told_and_the_earliest_span_stands_for_it()
    {
        var lost = new SpanRow(new TraceId(9, 9), new SpanId(99));
        await _rows.SpanAsync("db", "query", 1, 10, lost);
        await _rows.SpanAsync("db", "later", 1.5, 20, lost);
        var trace = Assert.Single(
            (
                await _reads.SelectAsync(new WantedTraces { Window = _rows.Window(0, 60), Filter = SpanFilter.OfService("db") }, default)
            ).Traces
        );
        Assert.True(trace.RootMissing);
        Assert.Equal(("query", 520.0), (trace.RootOperation, trace.DurationMs));
    }

    [Fact]
    public async Task Durations_attributes_and_log_texts_select()
    {
        var told = await _rows.SpanAsync("web", "GET /", 1, 1500);
        await _rows.SpanAsync("cart", "add", 1, 5, told, attributes: new Dictionary<string, object> { ["terms"] = "Blue 50% [x]" });
        await _rows.LogAsync("cart", 1, "Checksum FAILED", 17, told);
        await _rows.SpanAsync("web", "GET /", 2, 1000);
        var window = _rows.Window(0, 60);
        async Task<IEnumerable<TraceId>> Found(WantedTraces wanted) =>
            (await _reads.SelectAsync(wanted, default)).Traces.Select(t => t.TraceId);
        Assert.Equal(
            [told.TraceId],
            await Found(
                new()
                {
                    Window = window,
                    Selection = new() { LongerThan = TimeSpan.FromSeconds(1) },
                }
            )
        );
        Assert.Equal(
            [told.TraceId],
            await Found(
                new()
                {
                    Window = window,
                    Selection = new() { LogText = "checksum failed" },
                }
            )
        );
        Assert.Empty(
            await Found(
                new()
                {
                    Window = window,
                    Selection = new() { LogText = "checksum failed", LogSeverity = 21 },
                }
            )
        );
        var terms = SpanCondition.Parse("""span.terms =~ "(?i).*50% \\[x.*" """);
        Assert.Equal(
            [told.TraceId],
            await Found(
                new()
                {
                    Window = window,
                    Filter = new() { Conditions = [terms] },
                }
            )
        );
        Assert.Equal(
            [told.TraceId],
            await Found(
                new()
                {
                    Window = window,
                    Filter = new() { Services = ["web"], Conditions = [terms with { AnywhereInTrace = true }] },
                }
            )
        );
    }

    [Fact]
    public async Task Orders_and_limits_but_counts_all()
    {
        for (var i = 1; i <= 5; i++)
            await _rows.SpanAsync("web", "GET /", i, (i * 7) % 5 * 10);
        var page = await _reads.SelectAsync(
            new WantedTraces
            {
                Window = _rows.Window(0, 60),
                Selection = new() { Order = TraceOrder.Slowest, Limit = 2 },
            },
            default
        );
        Assert.Equal([40.0, 30.0], page.Traces.Select(t => t.DurationMs));
        Assert.Equal(5, page.Total);
    }

    [Fact]
    public async Task One_trace_is_found_wherever_it_is()
    {
        var root = await _rows.SpanAsync("web", "GET /", 1, 10);
        await _rows.SpanAsync("web", "call", 1, 5, root, SpanKind.Client, serverAddress: "db.example");
        var spans = await _reads.SpansAsync(root.TraceId, _rows.Window(90000, 90001), default);
        Assert.Equal(["GET /", "call"], spans.Select(s => s.Operation));
        Assert.Equal("db.example", spans[1].PeerAddress);
        Assert.Empty(await _reads.SpansAsync(new TraceId(1, 2), null, default));
    }
}
