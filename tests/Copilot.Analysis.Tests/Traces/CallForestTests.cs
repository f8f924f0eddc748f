using Copilot.Analysis.Traces;
using Copilot.Telemetry.Spans;
using Xunit;

namespace Copilot.Analysis.Tests.Traces;

public sealed class CallForestTests
{
    private const int Shop = 1;
    private const int Cart = 2;

    [Fact]
    public void A_server_that_shares_its_clients_id_is_below_it_and_its_work_below_the_server()
    {
        var forest = CallForest.Build([
            Span(1, 0, Shop, SpanKind.Client),
            Span(1, 0, Cart, SpanKind.Server),
            Span(2, 1, Cart, SpanKind.Internal),
            Span(3, 1, Shop, SpanKind.Internal),
        ]);
        Assert.Equal([-1, 0, 1, 0], forest.Parent);
    }

    [Fact]
    public void Ids_that_were_made_to_collide_do_no_harm()
    {
        var other = SharedSpanIds.OfServer(new SpanId(1)).Value;
        var forest = CallForest.Build([
            Span(1, 0, Shop, SpanKind.Client),
            Span(1, 0, Cart, SpanKind.Server),
            Span(other, 0, Shop, SpanKind.Client),
            Span(other, 0, Cart, SpanKind.Server),
        ]);
        Assert.Equal(4, forest.TopDown.Distinct().Count());
    }

    private static SampleSpan Span(ulong id, ulong parent, int service, SpanKind kind) =>
        new()
        {
            Trace = 0,
            Id = new SpanId(id),
            Parent = new SpanId(parent),
            Service = service,
            Operation = 0,
            Kind = kind,
            StartNs = 0,
            DurationNs = 1,
        };
}
