using Copilot.Instrument.Propagation;
using Copilot.Store.Instrumentation;
using Copilot.Telemetry.Spans;

namespace Copilot.Instrument.Tests.Propagation;

public sealed class RouteFitTests
{
    [Theory]
    [InlineData("/orders/17", "/orders/:id", "Same")]
    [InlineData("/orders/17", "/orders/{id}", "Same")]
    [InlineData("/orders/17/", "/orders/<int:id>", "Same")]
    [InlineData("/orders/17", "/orders/[id]", "Same")]
    [InlineData("/orders", "/orders", "Same")]
    [InlineData("/", "/", "Same")]
    [InlineData("/orders/17", "/orders", "No")]
    [InlineData("/orders/17", "/carts/:id", "No")]
    [InlineData("/files/a/b/c", "/files/**", "Same")]
    [InlineData("/anything/at/all", "/{*path}", "Unknown")]
    [InlineData("/api/v2/orders/17/lines", "/orders/:id/lines", "Shortened")]
    [InlineData("/shop/health", "/health", "No")]
    public void A_path_fits_its_route(string path, string route, string fit) =>
        Assert.Equal(fit, RouteFits.Of(Of(path, null), Of(null, route)).ToString());

    [Fact]
    public void Another_method_is_another_call() =>
        Assert.Equal(RouteFit.No, RouteFits.Of(Of("/orders", null), Of(null, "/orders") with { Method = "PUT" }));

    [Theory]
    [InlineData("billing", true, "billing")]
    [InlineData("billing.prod.svc.cluster.local", true, "billing")]
    [InlineData("billing.prod.svc", true, "billing")]
    [InlineData("api.example.com", false, "api.example.com")]
    [InlineData("10.0.0.7", false, "10.0.0.7")]
    [InlineData("::1", false, "::1")]
    public void Of_a_private_name_the_first_word_is_the_service(string host, bool isPrivate, string service) =>
        Assert.Equal((isPrivate, service), (HostName.IsPrivate(host), HostName.ServicePart(host)));

    private static CallSide Of(string? path, string? route) =>
        new()
        {
            TraceId = new TraceId(1, 1),
            SpanId = new SpanId(1),
            Service = "a",
            Kind = SpanKind.Client,
            Operation = "GET",
            StartNs = 0,
            DurationNs = 1,
            Method = "GET",
            Path = path,
            Route = route,
        };
}
