using Copilot.Store.Reads.Filters;
using Copilot.Store.Reads.Requests;
using Copilot.Store.Reads.Traces;
using Copilot.Testing;
using Xunit;

namespace Copilot.Store.Tests.Reads;

/// <summary>Windows of which not every span is stored: what was kept stands for what was not.</summary>
public sealed class WeighedReadsTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>, IAsyncLifetime
{
    private readonly TelemetryRows _rows = new(postgres.Database, new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    /// <summary>A failed request that is there itself, and a fine one that stands for a hundred.</summary>
    public async Task InitializeAsync()
    {
        await postgres.ScalarAsync("truncate spans, logs");
        await _rows.SpanAsync("web", "GET /", 1, 90, failed: true, attributes: new Dictionary<string, object> { ["plan"] = "gold" });
        await _rows.SpanAsync("web", "GET /", 2, 10, attributes: new Dictionary<string, object> { ["plan"] = "free" });
        await postgres.ScalarAsync("update spans set weight = 100 where status <> 2");
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task A_break_down_counts_what_the_kept_requests_stand_for()
    {
        var counts = await new BreakdownReads(postgres.Database).CountAsync(
            SpanFilter.OfService("web"),
            _rows.Window(0, 60),
            BadRequests.Failed,
            ["plan"],
            default
        );
        Assert.Equal((1, 100), (counts.Bad, counts.Good));
        var gold = Assert.Single(counts.Values, value => value.Key == "plan");
        Assert.Equal(("gold", 1, 0), (gold.Value, gold.Bad, gold.Good));
    }

    [Fact]
    public async Task A_selection_says_how_many_traces_there_were()
    {
        var page = await new TraceReads(postgres.Database).SelectAsync(new WantedTraces { Window = _rows.Window(0, 60) }, default);
        Assert.Equal((2, 101), (page.Traces.Count, page.Total));
    }

    [Fact]
    public async Task Slow_is_above_the_mean_of_all_requests_not_of_the_kept_ones()
    {
        // 11 ms is above the mean of all, about 10.8 ms, and far below that of the kept spans.
        await _rows.SpanAsync("web", "GET /", 3, 11);
        var page = await new TraceReads(postgres.Database).SelectAsync(
            new WantedTraces
            {
                Window = _rows.Window(0, 60),
                Selection = new() { Slow = true },
            },
            default
        );
        Assert.Equal([11.0, 90.0], page.Traces.Select(trace => trace.DurationMs).Order());
    }
}
