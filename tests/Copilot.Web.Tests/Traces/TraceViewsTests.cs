using System.Text.Json;
using Copilot.Store.Reads.Traces;
using Copilot.Telemetry.Spans;
using Copilot.Web.Tempo;
using Copilot.Web.Traces;
using Copilot.Web.Traces.Views;
using Xunit;
using static Copilot.Web.Tests.Traces.MadeUpSpans;

namespace Copilot.Web.Tests.Traces;

public sealed class TraceViewsTests
{
    [Fact]
    public void A_flame_graph_adds_up_spans_of_one_name_and_is_as_wide_as_their_own_time()
    {
        var rows = Rows(
            Span(1, null, "GET /", 0, 100),
            Span(2, 1, "query", 10, 20),
            Span(3, 1, "query", 40, 20),
            Span(4, 1, "render", 70, 10)
        );
        var flame = FlameModel.Of(rows);
        Assert.Equal(["GET /", "query", "render"], flame.Bars.Select(bar => bar.First.Span.Operation));
        Assert.Equal((0d, 100d, 100d, 50d), (flame.Bars[0].Left, flame.Bars[0].Width, flame.Bars[0].TotalMs, flame.Bars[0].SelfMs));
        Assert.Equal((0d, 40d, 2), (flame.Bars[1].Left, flame.Bars[1].Width, flame.Bars[1].Spans));
        Assert.Equal((40d, 10d), (flame.Bars[2].Left, flame.Bars[2].Width));
        Assert.Equal(2, flame.Depth);
    }

    [Fact]
    public void What_is_too_narrow_to_be_drawn_is_counted()
    {
        var flame = FlameModel.Of(Rows(Span(1, null, "GET /", 0, 100_000), Span(2, 1, "tick", 10, 1)));
        Assert.Single(flame.Bars);
        Assert.Equal(1, flame.Hidden);
    }

    [Fact]
    public void Two_traces_differ_in_what_fails_is_missing_or_takes_longer()
    {
        var here = Rows(Span(1, null, "GET /", 0, 100), Span(2, 1, "charge", 10, 80, failed: true));
        var usual = Rows(Span(1, null, "GET /", 0, 60), Span(2, 1, "charge", 10, 30), Span(3, 1, "mail", 45, 5));
        var rows = OperationDifference.Of(here, usual);
        Assert.Equal("charge", rows[0].Either.Operation);
        Assert.Equal(50, rows[0].MoreMs, 6);
        Assert.True(rows[0].IsOther);
        Assert.Null(rows.Single(row => row.Either.Operation == "mail").Here);
    }

    [Fact]
    public void Ten_thousand_spans_are_a_flame_graph_within_a_moment()
    {
        var spans = Enumerable
            .Range(1, 10_000)
            .Select(i => Span((ulong)i, i == 1 ? null : (ulong)(i / 2), $"op {i % 97}", i, 20_000 - i))
            .ToArray();
        var rows = Rows(spans);
        var clock = System.Diagnostics.Stopwatch.StartNew();
        Assert.NotEmpty(FlameModel.Of(rows).Bars);
        Assert.InRange(clock.ElapsedMilliseconds, 0, 2_000);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_is_downloaded_is_read_back_as_it_was(bool jaeger)
    {
        var trace = Trace(Span(1, null, "GET /", 1, 100), Span(2, 1, "charge", 10, 80, failed: true));
        var json = jaeger
            ? JaegerTraceJson.Of(trace).ToJsonString()
            : new System.Text.Json.Nodes.JsonObject
            {
                ["resourceSpans"] = new OtlpTraceJson(Tempo: false).ResourceSpans(trace),
            }.ToJsonString();
        using var read = JsonDocument.Parse(json);
        Assert.DoesNotContain("SPAN_KIND", json, StringComparison.Ordinal);
        if (!jaeger)
        {
            var span = read.RootElement.GetProperty("resourceSpans")[0].GetProperty("scopeSpans")[0].GetProperty("spans")[1];
            Assert.Equal("0000000000000002", span.GetProperty("spanId").GetString());
            Assert.Equal("0000000000000001", span.GetProperty("parentSpanId").GetString());
            Assert.Equal(2, span.GetProperty("kind").GetInt32());
            Assert.Equal(2, span.GetProperty("status").GetProperty("code").GetInt32());
            return;
        }

        var own = read.RootElement.GetProperty("data")[0];
        Assert.Equal("00000000000000010000000000000001", own.GetProperty("traceID").GetString());
        var charge = own.GetProperty("spans")[1];
        Assert.Equal(80_000, charge.GetProperty("duration").GetInt64());
        Assert.Equal("0000000000000001", charge.GetProperty("references")[0].GetProperty("spanID").GetString());
        Assert.Contains(
            charge.GetProperty("tags").EnumerateArray(),
            tag => tag.GetProperty("key").GetString() == "error" && tag.GetProperty("value").GetBoolean()
        );
        Assert.Equal(
            "shop",
            own.GetProperty("processes").GetProperty(charge.GetProperty("processID").GetString()!).GetProperty("serviceName").GetString()
        );
    }

    private static IReadOnlyList<WaterfallLine> Rows(params SpanDetail[] spans) =>
        WaterfallModel.Of(Trace(spans)).Rows(new HashSet<SpanId>());
}
