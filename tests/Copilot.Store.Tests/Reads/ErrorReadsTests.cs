using System.Text.Json;
using Copilot.Store.Reads.Errors;
using Copilot.Telemetry.Records;
using Copilot.Testing;
using Copilot.TraceQL;
using Xunit;

namespace Copilot.Store.Tests.Reads;

public sealed class ErrorReadsTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>, IAsyncLifetime
{
    private readonly TelemetryRows _rows = new(postgres.Database, new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    public async Task InitializeAsync() => await postgres.ScalarAsync("truncate spans, logs, changes");

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task Messages_that_differ_in_numbers_and_ids_are_one_group_with_its_newest_traces()
    {
        var traces = new List<SpanRow>();
        for (var i = 0; i < 7; i++)
        {
            var message = $"order {4711 + i} of 'c-{i}f3' not found";
            traces.Add(
                await _rows.SpanAsync("cart", "POST /order", i, 1, failed: true, events: Exception("NotFound", message, "at Cart.Find"))
            );
        }

        await _rows.SpanAsync("cart", "POST /order", 8, 1, failed: true, events: Exception("NotFound", "basket is empty"));
        var (groups, total) = await FindAsync();
        Assert.Equal(2, total);
        Assert.Equal(("cart", "NotFound", 7L, "at Cart.Find"), (groups[0].Service, groups[0].Type, groups[0].Count, groups[0].StackTrace));
        Assert.Equal("order 4711 of 'c-0f3' not found", groups[0].Message);
        Assert.Equal(traces.AsEnumerable().Reverse().Take(5).Select(t => t.TraceId), groups[0].Traces);
        // Recorded half a second after the beginning of the span.
        Assert.Equal((_rows.Start.AddSeconds(0.5), _rows.Start.AddSeconds(6.5)), (groups[0].FirstSeen, groups[0].LastSeen));
    }

    [Fact]
    public async Task An_exception_and_the_log_of_it_on_the_same_span_count_once()
    {
        var span = await _rows.SpanAsync(
            "cart",
            "POST /order",
            1,
            1,
            failed: true,
            statusMessage: "no route",
            events: Exception("IOError", "no route")
        );
        await _rows.LogAsync("cart", 1, "failed: no route to host", 17, span);
        await _rows.LogAsync("cart", 1, "gave up", 17, span, Attributes(("exception.type", "IOError"), ("exception.message", "no route")));
        await _rows.LogAsync("cart", 1, "cannot charge", 17, span, Attributes(("exception.type", "IOError")));
        await _rows.LogAsync("cart", 1, "another thing went wrong", 17, span);
        await _rows.LogAsync("cart", 2, "no route", 17, null, Attributes(("exception.type", "IOError")));
        await _rows.LogAsync("cart", 2, "only a warning", 13, span);
        var (groups, _) = await FindAsync();
        Assert.Equal(["2 IOError no route", "1  another thing went wrong"], groups.Select(g => $"{g.Count} {g.Type} {g.Message}"));
    }

    [Fact]
    public async Task A_failed_span_s_message_counts_where_nothing_else_tells()
    {
        await _rows.SpanAsync("web", "GET /", 1, 1, failed: true, statusMessage: "upstream timed out after 3000 ms");
        await _rows.SpanAsync("web", "GET /", 2, 1, failed: true, statusMessage: "upstream timed out after 3001 ms");
        await _rows.SpanAsync("web", "GET /", 3, 1, failed: true);
        await _rows.SpanAsync("web", "GET /", 4, 1, statusMessage: "fine");
        var logged = await _rows.SpanAsync("web", "GET /", 5, 1, failed: true, statusMessage: "broken pipe");
        await _rows.LogAsync("web", 5, "broken pipe while writing", 17, logged);
        var (groups, _) = await FindAsync();
        Assert.Equal(["2 upstream timed out after 3000 ms", "1 broken pipe while writing"], groups.Select(g => $"{g.Count} {g.Message}"));
    }

    [Fact]
    public async Task What_a_service_tells_again_of_one_trace_counts_once()
    {
        var request = await _rows.SpanAsync("web", "GET /", 1, 1, failed: true, events: Exception("LockTimeout", "ERROR: lock timeout"));
        await _rows.SpanAsync("web", "SELECT", 1, 1, request, failed: true, statusMessage: "ERROR: lock timeout");
        await _rows.LogAsync("web", 1, "Store.find failed: lock timeout", 17, request);
        await _rows.SpanAsync("cart", "GET /", 1, 1, request, failed: true, statusMessage: "ERROR: lock timeout");
        var (groups, _) = await FindAsync();
        Assert.Equal(["cart 1 ", "web 1 LockTimeout"], groups.Select(g => $"{g.Service} {g.Count} {g.Type}").Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("exception.type = \"A\"", 1)]
    [InlineData("exception.message =~ \".*refused.*\"", 2)]
    [InlineData(".body =~ \"(?i).*REFUSED.*\"", 2)]
    [InlineData("span.tenant = \"blue\"", 1)]
    [InlineData("name = \"POST /order\"", 1)]
    public async Task They_are_filtered_by_what_they_say_and_by_the_span(string where, long count)
    {
        await _rows.SpanAsync(
            "cart",
            "POST /order",
            1,
            1,
            failed: true,
            events: Exception("A", "refused"),
            attributes: Attributes(("tenant", "blue"))
        );
        await _rows.SpanAsync("cart", "GET /", 2, 1, failed: true, events: Exception("B", "timed out"));
        await _rows.LogAsync("cart", 3, "connection refused", 17);
        var condition = TraceQlParser
            .ParseFilter($"{{ {(where.StartsWith("exc", StringComparison.Ordinal) ? "." : "")}{where} }}")
            .Condition;
        Assert.Equal(count, (await FindAsync(new ErrorSelection { Window = _rows.Window(0, 60), Where = condition })).Total);
    }

    [Fact]
    public async Task Services_the_window_the_trace_and_whether_the_span_failed_narrow_them()
    {
        var root = await _rows.SpanAsync("web", "GET /basket", 1, 1);
        await _rows.SpanAsync("cart", "read", 1, 1, root, failed: false, events: Exception("Handled", "cache miss"));
        await _rows.SpanAsync("cart", "read", 2, 1, failed: true, events: Exception("Fatal", "no memory"));
        await _rows.SpanAsync("cart", "read", 59.8, 1, failed: true, events: Exception("Late", "after the window"));
        var all = new ErrorSelection { Window = _rows.Window(0, 60) };
        Assert.Equal(["Fatal", "Handled"], await TypesAsync(all));
        Assert.Equal(["Fatal"], await TypesAsync(all with { Failed = true }));
        Assert.Equal(["Handled"], await TypesAsync(all with { Failed = false }));
        Assert.Empty(await TypesAsync(all with { Services = ["web"] }));
        Assert.Equal(
            ["Handled"],
            await TypesAsync(all with { InTrace = [TraceQlParser.ParseFilter("{ name = \"GET /basket\" }").Condition] })
        );
    }

    private async Task<IEnumerable<string?>> TypesAsync(ErrorSelection wanted) =>
        (await FindAsync(wanted)).Groups.Select(g => g.Type).Order(StringComparer.Ordinal);

    private Task<(IReadOnlyList<ErrorOccurrences> Groups, long Total)> FindAsync(ErrorSelection? wanted = null) =>
        new ErrorReads(postgres.Database).FindAsync(wanted ?? new ErrorSelection { Window = _rows.Window(0, 60) }, 50, default);

    private static string Exception(string type, string message, string? stack = null)
    {
        var attributes = new Dictionary<string, object?> { ["exception.type"] = type, ["exception.message"] = message };
        if (stack is not null)
            attributes["exception.stacktrace"] = stack;
        return JsonSerializer.Serialize(
            new[]
            {
                new
                {
                    t = UnixNanos.PerSecond / 2,
                    n = "exception",
                    a = attributes,
                },
            }
        );
    }

    private static Dictionary<string, object> Attributes(params (string Key, object Value)[] pairs) =>
        pairs.ToDictionary(p => p.Key, p => p.Value);
}
