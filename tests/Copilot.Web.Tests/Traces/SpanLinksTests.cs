using System.Text.Json;
using Bunit;
using Copilot.Store.Reads.Traces;
using Copilot.Telemetry.Records;
using Copilot.Telemetry.Spans;
using Copilot.Web.Display;
using Copilot.Web.Tests.Display;
using Copilot.Web.Traces;
using Xunit;

namespace Copilot.Web.Tests.Traces;

/// <summary>A span's links are told with ids and attributes, and lead there and back.</summary>
public sealed class SpanLinksTests : ComponentTest
{
    private const string Sent = "b09a0000000000000000000000000001";

    private static readonly DateTimeOffset Now = new(2026, 11, 28, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_link_shows_its_ids_and_attributes_and_leads_to_the_span()
    {
        var panel = Panel(
            """[{"t":"b09a0000000000000000000000000001","s":"b09a000000000002","a":{"queue":"parcels","batch":1}},{"t":"0a","s":"","a":{}}]"""
        );
        var link = panel.FindAll(".links a")[0];
        Assert.Equal($"trace {Sent}, span b09a000000000002", link.TextContent);
        Assert.Contains($"/trace/{Sent}?at=", link.GetAttribute("href"), StringComparison.Ordinal);
        Assert.EndsWith("&span=b09a000000000002", link.GetAttribute("href"), StringComparison.Ordinal);
        Assert.Equal(["batch", "queue"], panel.FindAll(".links dt").Select(key => key.TextContent));
        Assert.Equal(["1", "parcels"], panel.FindAll(".links dd").Select(value => value.TextContent));
    }

    [Fact]
    public void What_links_to_a_span_is_told_with_its_service()
    {
        var incoming = new IncomingLink(
            new SpanId(1),
            new TraceId(7, 8),
            new SpanId(9),
            "parcel-indexer",
            "index parcels",
            UnixNanos.From(Now),
            Json("""{"queue":"parcels"}""")
        );
        var panel = Panel("[]", incoming);
        var link = panel.Find(".links a");
        Assert.Equal("parcel-indexer index parcels", link.TextContent);
        Assert.EndsWith("&span=0000000000000009", link.GetAttribute("href"), StringComparison.Ordinal);
        Assert.Contains(incoming.Trace.ToString(), panel.Find(".links").TextContent, StringComparison.Ordinal);
    }

    private IRenderedComponent<SpanPanel> Panel(string links, params IncomingLink[] incoming)
    {
        var span = new SpanDetail
        {
            SpanId = new SpanId(1),
            Service = "parcel-api",
            Operation = "enqueue parcels",
            Kind = SpanKind.Producer,
            Status = SpanStatus.Unset,
            Failed = false,
            StartNs = UnixNanos.From(Now),
            DurationNs = 5,
            Scope = "",
            Attributes = Json("{}"),
            Resource = Json("{}"),
            Events = Json("[]"),
            Links = Json(links),
            ResourceId = 1,
        };
        var trace = new TraceDetail(new TraceId(1, 1), new TimeWindow(span.StartNs, span.EndNs + 1), [span], [], [], []);
        return Render<SpanPanel>(panel =>
            panel
                .Add(p => p.Row, WaterfallModel.Of(trace).Rows(new HashSet<SpanId>())[0])
                .Add(p => p.TraceStartNs, span.StartNs)
                .Add(p => p.LinkedFrom, incoming)
                .Add(p => p.Clock, LocalTime.Utc(Now))
        );
    }

    private static JsonElement Json(string json) => JsonDocument.Parse(json).RootElement;
}
