using Copilot.Store.Reads.Logs;
using Copilot.Telemetry.Records;
using Copilot.Testing;
using Copilot.TraceQL;
using Copilot.TraceQL.Syntax;
using Xunit;

namespace Copilot.Store.Tests.Reads;

public sealed class LogTableReadsTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>, IAsyncLifetime
{
    private readonly TelemetryRows _rows = new(postgres.Database, new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    private LogTableReads Reads => new(postgres.Database);

    public async Task InitializeAsync()
    {
        await postgres.ScalarAsync("truncate spans, logs, changes");
        var order = await _rows.SpanAsync("cart", "POST /order", 0, 1, attributes: Attributes(("tenant", "blue"), ("size", 5)));
        var other = await _rows.SpanAsync("web", "GET /", 0, 1);
        await _rows.LogAsync("cart", 1, "order 4711 took 12.5 ms", 9, order, Attributes(("ms", 10), ("kind", "a")));
        await _rows.LogAsync("cart", 2, "order 4712 took 3 ms", 9, null, Attributes(("ms", 30), ("kind", "b")));
        await _rows.LogAsync("cart", 3, "order \"ab-12\" refused", 17, null, Attributes(("ms", "20"), ("kind", "a")), "Error");
        await _rows.LogAsync("web", 31, "Connection refused\nby 10.0.0.1:443", 13, other);
        await _rows.LogAsync("web", 60, "too late", 17);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Theory]
    [InlineData(".severity >= 17", 1)]
    [InlineData(".severity = 13", 1)]
    [InlineData(".body =~ \"(?i).*refused.*\"", 2)]
    [InlineData("!(.body =~ \".*refused.*\")", 2)]
    [InlineData("resource.service.name = \"cart\" && .kind = \"a\"", 2)]
    [InlineData("resource.service.name = \"cart\" && .kind != \"a\"", 1)]
    [InlineData(".ms > 15 || .severity = 13", 2)]
    [InlineData(".kind != nil", 3)]
    [InlineData(".kind = nil", 1)]
    [InlineData(".severity_text = \"Error\"", 1)]
    [InlineData("span.tenant = \"blue\"", 1)]
    [InlineData("span.tenant = nil", 3)]
    [InlineData("name = \"POST /order\"", 1)]
    [InlineData(".none = \"it's; drop table logs\"", 0)]
    [InlineData("true", 4)]
    public async Task A_condition_holds_of_the_record_s_own_fields(string condition, long count) =>
        Assert.Equal(count, (await MeasureAsync(Rows(condition), [new LogMeasure(MeasureKind.Count)], []))[0].Count);

    [Fact]
    public async Task A_numeric_attribute_is_measured_also_where_it_is_written_as_text()
    {
        var ms = Field.Any("ms");
        var row = Assert.Single(
            await MeasureAsync(
                Rows("true"),
                [
                    new LogMeasure(MeasureKind.Mean) { Of = ms },
                    new LogMeasure(MeasureKind.Maximum) { Of = ms },
                    new LogMeasure(MeasureKind.Minimum) { Of = ms },
                    new LogMeasure(MeasureKind.Sum) { Of = ms },
                    new LogMeasure(MeasureKind.Percentile) { Of = ms, Percent = 50 },
                    new LogMeasure(MeasureKind.Percentile) { Of = ms, Percent = 99 },
                    new LogMeasure(MeasureKind.Last) { Of = ms },
                    new LogMeasure(MeasureKind.Distinct) { Of = Field.Any("kind") },
                    new LogMeasure(MeasureKind.Share) { Part = Where(".severity >= 17") },
                    new LogMeasure(MeasureKind.Mean) { Of = Field.Any("none") },
                ],
                []
            )
        );
        Assert.Equal([20, 30, 10, 60, 20, 30, 20, 2, 0.25, null], row.Measures);
    }

    [Fact]
    public async Task Rows_are_services_severities_attributes_and_messages_without_their_numbers()
    {
        Assert.Equal([("cart", 3L), ("web", 1L)], await CountsAsync(new LogGroup(LogGroupKind.Service)));
        Assert.Equal(
            [("INFO", 2L), ("Error", 1L), ("WARN", 1L)],
            await CountsAsync(new LogGroup(LogGroupKind.Field, Field.Any("severity")))
        );
        Assert.Equal([("a", 2L), ("b", 1L), (null, 1L)], await CountsAsync(new LogGroup(LogGroupKind.Field, Field.Any("kind"))));
        Assert.Equal(
            [("order … took … ms", 2L), ("Connection refused\nby …", 1L), ("order … refused", 1L)],
            await CountsAsync(new LogGroup(LogGroupKind.Field, Field.Any("body")))
        );
        Assert.Equal([(null, 2L), ("GET /", 1L), ("POST /order", 1L)], await CountsAsync(new LogGroup(LogGroupKind.Operation)));
    }

    [Fact]
    public async Task Steps_count_from_the_beginning_of_the_window()
    {
        var steps = await Reads.MeasureAsync(Rows("true"), [new LogMeasure(MeasureKind.Count)], [], TimeSpan.FromSeconds(30), default);
        Assert.Equal([(_rows.Start, 3), (_rows.Start.AddSeconds(30), 1)], steps.Select(s => (s.Time!.Value, (int)s.Count)));
    }

    [Fact]
    public async Task Records_are_listed_from_either_end_with_their_attributes_and_how_many_there_are()
    {
        var newest = await Reads.ListAsync(Rows("true"), false, 2, 0, default);
        Assert.Equal((4, 31d), (newest.Total, (newest.Lines[0].Time - _rows.Start).TotalSeconds));
        var third = Assert.Single((await Reads.ListAsync(Rows("true"), true, 1, 2, default)).Lines);
        Assert.Equal(("order \"ab-12\" refused", "20"), (third.Body, third.Attributes?.GetProperty("ms").GetString()));
        Assert.Equal(4, (await Reads.ListAsync(Rows("true"), false, 2, 100, default)).Total);
        Assert.Equal(0, (await Reads.ListAsync(Rows(".none = 1"), false, 2, 0, default)).Total);
    }

    [Fact]
    public async Task Records_of_traces_that_hold_a_span_and_of_named_services_are_found()
    {
        var inTrace = Rows("true") with { InTrace = [Where("span.size > 3")] };
        Assert.Equal(1, (await Reads.ListAsync(inTrace, false, 9, 0, default)).Total);
        Assert.Equal(1, (await Reads.ListAsync(Rows("true") with { Services = ["web"] }, false, 9, 0, default)).Total);
        Assert.True(await Reads.AnyAsync(["web"], _rows.Window(0, 60), default));
        Assert.False(await Reads.AnyAsync(["web"], _rows.Window(0, 30), default));
    }

    private async Task<IEnumerable<(string?, long)>> CountsAsync(LogGroup group) =>
        (await MeasureAsync(Rows("true"), [], [group])).Select(row => (row.Values[0], row.Count));

    private Task<IReadOnlyList<LogTableRow>> MeasureAsync(LogRows rows, IReadOnlyList<LogMeasure> measures, IReadOnlyList<LogGroup> by) =>
        Reads.MeasureAsync(rows, measures, by, null, default);

    private LogRows Rows(string condition) => new() { Window = _rows.Window(0, 60), Where = Where(condition) };

    private static FieldExpression Where(string condition) => TraceQlParser.ParseFilter($"{{ {condition} }}").Condition;

    private static Dictionary<string, object> Attributes(params (string Key, object Value)[] pairs) =>
        pairs.ToDictionary(p => p.Key, p => p.Value);
}
