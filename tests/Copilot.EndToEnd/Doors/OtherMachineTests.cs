using System.Net;
using System.Net.Http.Headers;
using Xunit;

namespace Copilot.EndToEnd.Doors;

/// <summary>From another machine, every route of the app is asked for at every one of its ports.</summary>
public sealed class OtherMachineTests(OpenAppFixture app) : IClassFixture<OpenAppFixture>
{
    private static readonly (string Door, int Port)[] Ports = [("Browser", 5080), ("TelemetryHttp", 4318), ("TelemetryGrpc", 4317)];

    [NamespaceFact]
    public async Task Behind_a_door_is_what_it_serves_and_nothing_else()
    {
        var routes = await Route.ReadAllAsync();
        var before = await Writes.SnapshotAsync(app.Clients[5080]);
        var wrong = new List<string>();
        var all = from route in routes from port in Ports from method in route.AllMethods select (route, port, method);
        foreach (var (route, (door, port), method) in all)
        {
            if (door == "Browser" && route.IsBehind(door))
                continue;
            using var answer = await SendAsync(port, method, route);
            var text = await answer.Content.ReadAsStringAsync();
            var expected =
                !route.IsBehind(door) ? answer.StatusCode == HttpStatusCode.NotFound
                : route.IsGrpc ? GrpcStatus(answer) is "12" or "16"
                : answer.StatusCode == HttpStatusCode.Unauthorized;
            if (!expected)
                wrong.Add($"{method} {route.Path} at {door}: {(int)answer.StatusCode} {text}");
        }

        Assert.Empty(wrong);
        Assert.Equal(before, await Writes.SnapshotAsync(app.Clients[5080]));
        Assert.Contains(
            "Open: 0.0.0.0:4317 (telemetry by OTLP/gRPC) to senders with a key (collector, those made here).",
            app.Output,
            StringComparison.Ordinal
        );
    }

    [NamespaceFact]
    public async Task Only_senders_reach_the_ports_of_telemetry()
    {
        string[] senders =
        [
            "POST /v1/traces",
            "POST /v1/logs",
            "POST /v1/metrics",
            "POST /api/v2/spans",
            "POST /api/traces",
            "POST /api/v1/changes",
            "POST /api/v1/import/complete",
        ];
        var routes = await Route.ReadAllAsync();
        Assert.Equal(senders.Order(), routes.Where(route => route.IsBehind("TelemetryHttp")).Select(route => route.ToString()).Order());
        Assert.DoesNotContain(
            routes,
            route =>
                route.IsGrpc
                && !route.Template.StartsWith("/opentelemetry.proto.collector.", StringComparison.Ordinal)
                && !route.Template.Contains("unimplemented", StringComparison.Ordinal)
        );
        var spans = Writes.BodyOf(routes.Single(route => route.Template == "/v1/traces"));
        foreach (var port in (int[])[4318, 5080])
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/traces") { Content = Json(spans) };
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", OpenAppFixture.Key);
            // A Collector calls the copilot by whatever name its network has for it.
            if (port == 4318)
                request.Headers.Host = "observability.internal:4318";
            using var taken = await app.Clients[port].SendAsync(request);
            Assert.True(taken.IsSuccessStatusCode, await taken.Content.ReadAsStringAsync());
        }
    }

    [NamespaceFact]
    public async Task Under_a_foreign_name_nothing_is_served_and_nothing_changed()
    {
        string[] hosts = ["evil.example", "evil.example:5080", "10.9.9.9.evil.example", "10.9.9.8", "xn--a"];
        var before = await Writes.SnapshotAsync(app.Clients[5080]);
        var wrong = new List<string>();
        foreach (var route in await Route.ReadAllAsync())
        {
            foreach (var (method, host) in from method in route.AllMethods from host in hosts select (method, host))
            {
                using var answer = await SendAsync(5080, method, route, host);
                if (answer.StatusCode != HttpStatusCode.MisdirectedRequest)
                    wrong.Add($"{method} {route.Path} as {host}: {(int)answer.StatusCode}");
            }
        }

        Assert.Empty(wrong);
        Assert.Equal(before, await Writes.SnapshotAsync(app.Clients[5080]));
    }

    private static ByteArrayContent Json(string text) => new StringContent(text, System.Text.Encoding.UTF8, "application/json");

    private static string? GrpcStatus(HttpResponseMessage answer) =>
        answer.Headers.TryGetValues("grpc-status", out var status) || answer.TrailingHeaders.TryGetValues("grpc-status", out status)
            ? status.Single()
            : null;

    private async Task<HttpResponseMessage> SendAsync(int port, string method, Route route, string? host = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), route.Path);
        if (port == 4317)
        {
            request.Version = HttpVersion.Version20;
            request.VersionPolicy = HttpVersionPolicy.RequestVersionExact;
        }

        if (host is not null)
            request.Headers.Host = host;
        if (route.IsGrpc)
        {
            request.Content = new ByteArrayContent([0, 0, 0, 0, 0]);
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/grpc");
            request.Headers.TE.Add(new TransferCodingWithQualityHeaderValue("trailers"));
        }
        else if (route.IsWrite && Writes.BodyOf(route) is { Length: > 0 } body)
        {
            request.Content = new StringContent(body, System.Text.Encoding.UTF8, route.Body == "-" ? "application/json" : route.Body);
        }

        return await app.Clients[port].SendAsync(request);
    }
}
