using Copilot.Store.Reads.Filters;
using Copilot.Store.Reads.Requests;
using Copilot.Store.Reads.Topology;
using Copilot.Store.Reads.Traces;
using Copilot.Store.Samples;
using Copilot.Telemetry.Spans;
using Copilot.Testing;
using Copilot.TraceQL.Syntax;
using Xunit;

namespace Copilot.Store.Tests.Reads;

public sealed class RecordReadsTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>, IAsyncLifetime
{
    private readonly TelemetryRows _rows = new(postgres.Database, new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    public async Task InitializeAsync() => await postgres.ScalarAsync("truncate spans, logs, changes");

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task Logs_are_searched_counted_and_bounded()
    {
        await _rows.SpanAsync("web", "GET /", 0, 1);
        await _rows.SpanAsync("cart", "GET /", 0, 1);
        await _rows.LogAsync("web", 1, "Cannot connect", 17);
        await _rows.LogAsync("web", 2, "cannot connect again", 13);
        await _rows.LogAsync("cart", 3, "all fine");
        var reads = new LogReads(postgres.Database);
        var window = _rows.Window(0, 60);
        var page = await reads.SearchAsync(new LogFilter { Window = window, Text = "CANNOT" }, 1, default);
        Assert.Equal((2, "cannot connect again"), (page.Total, Assert.Single(page.Lines).Body));
        Assert.Equal([("web", 1L)], await reads.CountByServiceAsync(new LogFilter { Window = window, MinSeverity = 17 }, default));
        Assert.Equal(
            [("web", 1L)],
            await reads.CountByServiceAsync(
                new LogFilter
                {
                    Window = window,
                    MinSeverity = 13,
                    BelowSeverity = 17,
                },
                default
            )
        );
        Assert.Empty(
            await reads.CountByServiceAsync(
                new LogFilter
                {
                    Window = window,
                    Services = ["cart"],
                    Text = "cannot",
                },
                default
            )
        );
    }

    [Fact]
    public async Task Errors_of_no_trace_are_read_for_analysis_one_for_each_second_and_beginning()
    {
        var span = await _rows.SpanAsync("web", "GET /", 0, 1);
        await _rows.LogAsync("web", 1, "Ledger is behind", 17);
        await _rows.LogAsync("web", 1.4, "Ledger is behind", 18);
        await _rows.LogAsync("web", 2.2, "Ledger is behind", 17);
        await _rows.LogAsync("web", 3, "of a trace", 17, span);
        await _rows.LogAsync("web", 4, "of a trace that nobody sent", 17, new SpanRow(new TraceId(9, 9), SpanId.FromInt64(9)));
        await _rows.LogAsync("web", 3, "only a warning", 13);
        await _rows.LogAsync("web", 61, "too late", 17);
        var logs = await new SampleLogReads(postgres.Database).WithoutTraceAsync(_rows.Window(0, 60), default);
        Assert.Equal(
            [
                ("Ledger is behind", (short)18, default(TraceId)),
                ("Ledger is behind", (short)17, default),
                ("of a trace that nobody sent", (short)17, default),
            ],
            logs.Select(l => (l.Body, l.Severity, l.Trace))
        );
    }

    [Fact]
    public async Task Changes_are_found_newest_first_by_part_of_their_kind()
    {
        await _rows.ChangeAsync("web", 1, "feature_flag");
        await _rows.ChangeAsync("web", 2, "deploy", "2.0");
        await _rows.ChangeAsync("cart", 3, "deploy", "1.0");
        var reads = new ChangeReads(postgres.Database);
        Assert.Equal(["cart", "web", "web"], (await reads.FindAsync(new ChangeFilter(), default)).Select(c => c.Service));
        Assert.Equal(["feature_flag"], (await reads.FindAsync(new ChangeFilter { Kinds = ["flag"] }, default)).Select(c => c.Kind));
        Assert.Equal(
            ["2.0"],
            (await reads.FindAsync(new ChangeFilter { Services = ["web"], Kinds = ["deploy"] }, default)).Select(c => c.Version)
        );
        Assert.Empty(await reads.FindAsync(new ChangeFilter { To = _rows.Start.AddSeconds(1) }, default));
    }

    [Fact]
    public async Task A_break_down_counts_each_value_once_a_request_also_from_inner_spans_and_resources()
    {
        for (var i = 0; i < 6; i++)
        {
            var bad = i < 2;
            var root = await _rows.SpanAsync(
                "pay",
                "charge",
                i,
                10,
                failed: bad,
                attributes: new Dictionary<string, object> { ["currency"] = bad ? "CHF" : "EUR" },
                resource: new Dictionary<string, object> { ["k8s.pod.name"] = bad ? "a" : "b" }
            );
            for (var k = 0; k < 2; k++)
                await _rows.SpanAsync(
                    "pay",
                    "inner",
                    i,
                    1,
                    root,
                    SpanKind.Internal,
                    attributes: new Dictionary<string, object> { ["flag"] = bad }
                );
        }

        var counts = await new BreakdownReads(postgres.Database).CountAsync(
            SpanFilter.OfService("pay"),
            _rows.Window(0, 60),
            BadRequests.Failed,
            default
        );
        Assert.Equal((2, 4), (counts.Bad, counts.Good));
        Assert.Contains(new AttributeCount(AttributeScope.Span, "currency", "CHF", 2, 0), counts.Values);
        Assert.Contains(new AttributeCount(AttributeScope.Span, "flag", "true", 2, 0), counts.Values);
        Assert.Contains(new AttributeCount(AttributeScope.Resource, "k8s.pod.name", "a", 2, 0), counts.Values);
        Assert.DoesNotContain(counts.Values, value => value.Value == "EUR");
    }

    [Fact]
    public async Task Requests_that_a_condition_tells_are_counted_against_the_others()
    {
        for (var i = 0; i < 5; i++)
            await _rows.SpanAsync(
                "pay",
                "charge",
                i,
                i < 2 ? 900 : 10,
                attributes: new Dictionary<string, object> { ["currency"] = i < 2 ? "CHF" : "EUR" }
            );
        var slow = SpanFilter.All with { Conditions = [new SpanCondition(Field.SlowerThan(TimeSpan.FromMilliseconds(500)))] };

        var counts = await new BreakdownReads(postgres.Database).CountAsync(
            SpanFilter.OfService("pay"),
            _rows.Window(0, 60),
            BadRequests.Of(slow),
            default
        );

        Assert.Equal((2, 3), (counts.Bad, counts.Good));
        Assert.Contains(new AttributeCount(AttributeScope.Span, "currency", "CHF", 2, 0), counts.Values);
    }

    [Fact]
    public async Task Chosen_spans_and_resources_tell_their_attributes_in_the_order_asked_for()
    {
        var web = await _rows.SpanAsync(
            "web",
            "GET /",
            1,
            10,
            attributes: new Dictionary<string, object>
            {
                ["tenant"] = "acme",
                ["beta"] = true,
                ["tags"] = new[] { "a" },
            },
            serverAddress: "db"
        );
        var pay = await _rows.SpanAsync(
            "pay",
            "charge",
            2,
            10,
            resource: new Dictionary<string, object> { ["host.name"] = "n7", ["note"] = new string('x', 300) }
        );
        var late = await _rows.SpanAsync("pay", "charge", 600, 10, attributes: new Dictionary<string, object> { ["tenant"] = "late" });
        var reads = new SpanAttributeReads(postgres.Database);
        var found = await reads.OfSpansAsync(
            [(pay.TraceId, pay.SpanId), (web.TraceId, web.SpanId), (late.TraceId, late.SpanId)],
            _rows.Window(0, 60),
            default
        );
        Assert.Empty(found[0]);
        Assert.Equal([("beta", "true"), ("server.address", "db"), ("tenant", "acme")], found[1].Order());
        Assert.Empty(found[2]);
        var resource = Convert.ToInt32(
            await postgres.ScalarAsync(
                "select max(resource_id) from spans s join services v on v.id = s.service_id where v.name = 'pay' and start_ns < (select max(start_ns) from spans)"
            ),
            System.Globalization.CultureInfo.InvariantCulture
        );
        Assert.Equal([("host.name", "n7"), ("service.name", "pay")], (await reads.OfResourcesAsync([resource], default))[resource].Order());
    }

    [Fact]
    public async Task What_was_received_is_known()
    {
        var reads = new ServiceReads(postgres.Database);
        Assert.Null(await reads.ReceivedUntilAsync(default));
        await _rows.SpanAsync("web", "GET /", 5, 1);
        Assert.Equal(_rows.Start.AddSeconds(5), await reads.ReceivedUntilAsync(default));
        Assert.True(await reads.AnySpanAsync(["web"], _rows.Window(0, 60), default));
        Assert.False(await reads.AnySpanAsync(["web"], _rows.Window(6, 60), default));
        Assert.Contains("web", await reads.NamesAsync(default));
    }

    [Theory]
    [InlineData("1970-01-01T00:00:07Z")]
    [InlineData("2262-02-06T23:45:38Z")]
    public async Task What_an_older_version_took_of_a_foolish_clock_is_no_sign_of_life(string time)
    {
        var at = (DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture) - _rows.Start).TotalSeconds;
        await _rows.SpanAsync("web", "GET /", at, 1);
        var reads = new ServiceReads(postgres.Database);
        Assert.Null(await reads.ReceivedUntilAsync(default));
        Assert.Equal((null, null), await reads.AroundAsync(_rows.Window(0, 60), default));

        await _rows.SpanAsync("web", "GET /", 5, 1);
        await _rows.SpanAsync("web", "GET /", 90, 1);
        Assert.Equal(_rows.Start.AddSeconds(90), await reads.ReceivedUntilAsync(default));
        Assert.Equal((_rows.Start.AddSeconds(90), _rows.Start.AddSeconds(5)), await reads.AroundAsync(_rows.Window(10, 60), default));
    }

    [Fact]
    public async Task A_clock_that_runs_ahead_does_not_hide_that_nothing_arrives()
    {
        await _rows.SpanAsync("web", "GET /", 5, 1);
        await _rows.SpanAsync("web", "GET /", 1500, 1);
        await _rows.SpanAsync(OwnService.Name, "tick", 1600, 1);
        var arrived = (await postgres.ScalarAsync($"select string_agg(id::text, ',') from services where name = 'web'"))!;
        await postgres.ScalarAsync($"insert into service_arrivals select {arrived}, '{_rows.Start.AddSeconds(60):O}'");
        await postgres.ScalarAsync($"insert into service_arrivals select id, now() from services where name = '{OwnService.Name}'");
        Assert.Equal(_rows.Start.AddSeconds(5), await new ServiceReads(postgres.Database).ReceivedUntilAsync(default));
        await postgres.ScalarAsync("truncate service_arrivals");
    }
}
