using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Copilot.Web.Tests.Edge;

/// <summary>Whatever is sent, it is the sender who is told what is wrong: no input makes the app fail, and every refusal says
/// why.</summary>
public sealed class NoInputFailsTests(WholeApp app) : IClassFixture<WholeApp>
{
    private const int Seed = 20_260_101;
    private const int Least = 10_000;
    private const int AtOnce = 8;

    private static readonly UriCreationOptions AsWritten = new() { DangerousDisablePathAndQueryCanonicalization = true };

    [Fact]
    public async Task No_input_gives_a_server_error_on_any_route_and_every_refusal_has_a_sentence()
    {
        var routes = app.Routes;
        var (sent, wrong) = await SendAsync(app.Http, routes, (Least / routes.Count(route => !RequestMatrix.IsAsset(route))) + 1);
        Assert.Equal(HttpStatusCode.OK, (await app.Http.GetAsync(new Uri("healthz", UriKind.Relative))).StatusCode);
        Assert.True(sent >= Least, $"Only {sent} requests to {routes.Count} routes were made.");
        Assert.True(
            wrong.Count == 0,
            $"{wrong.Count} of {sent} requests were answered wrongly:\n{string.Join('\n', wrong.Order(StringComparer.Ordinal).DistinctBy(line => (line[..3], line[line.LastIndexOf('[')..])).Take(60))}\n\n{string.Join("\n\n", app.Failures.Distinct().Take(25))}"
        );
    }

    [Fact]
    public async Task A_new_route_that_fails_on_some_input_is_found_by_itself()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var small = builder.Build();
        small.MapGet(
            "/made/today/{id}",
            (string id, long? nanos) => Results.Ok(new DateTime(nanos ?? 0, DateTimeKind.Utc).AddDays(id.Length))
        );
        await small.StartAsync();
        using var http = new HttpClient { BaseAddress = new Uri(small.Urls.First()) };
        var routes = small
            .Services.GetServices<EndpointDataSource>()
            .SelectMany(source => source.Endpoints)
            .OfType<RouteEndpoint>()
            .ToList();

        var (_, wrong) = await SendAsync(http, routes, 200);

        Assert.Contains(wrong, line => line.Contains("500", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(
        "POST /v1/traces HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n"
    )]
    [InlineData(
        "POST /api/v1/ask HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n{}\r\n0\r\n\r\n"
    )]
    [InlineData(
        "POST /api/v1/causes HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFFF\r\n{}\r\n"
    )]
    [InlineData(
        "POST /api/v1/alerts/grafana HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n\r\n"
    )]
    [InlineData("GET /api/v1/slack/manifest?url=%00 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")]
    [InlineData("GET /api/v1/incidents/%00 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")]
    [InlineData("GET /tempo/api/search?q=%7B HTTP/1.1\r\nHost: 127.0.0.1\r\nX: a\0b\r\n\r\n")]
    public async Task What_no_client_would_send_is_the_senders_fault(string raw)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, app.Port);
        // The host is the app's own: what is looked at is what comes after it.
        var addressed = raw.Replace("Host: 127.0.0.1", $"Host: 127.0.0.1:{app.Port}", StringComparison.Ordinal);
        await socket.GetStream().WriteAsync(Encoding.Latin1.GetBytes(addressed));
        using var reader = new StreamReader(socket.GetStream(), Encoding.Latin1);
        var status = await reader.ReadLineAsync();
        Assert.StartsWith("HTTP/1.1 4", status, StringComparison.Ordinal);
    }

    private static async Task<(int Sent, IReadOnlyCollection<string> Wrong)> SendAsync(
        HttpClient http,
        IReadOnlyList<RouteEndpoint> routes,
        int each
    )
    {
        var wrong = new ConcurrentQueue<string>();
        var sent = 0;
        var requests = new RequestMatrix(routes, Seed).Requests(each).ToList();
        await Parallel.ForEachAsync(
            requests,
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce },
            async (entry, cancellationToken) =>
            {
                using var request = entry.Request();
                // As it is written, wrong escapes included.
                request.RequestUri = new Uri(http.BaseAddress!.GetLeftPart(UriPartial.Authority) + request.RequestUri, AsWritten);
                using var late = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
                late.CancelAfter(TimeSpan.FromSeconds(30));
                Interlocked.Increment(ref sent);
                try
                {
                    using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, late.Token);
                    if (await ComplaintAsync(entry.Route, request, answer, late.Token) is { } complaint)
                        wrong.Enqueue($"{(int)answer.StatusCode} {Told(request)} [{entry.Route.RoutePattern.RawText}]: {complaint}");
                }
                catch (HttpRequestException refused) when (refused.InnerException is IOException && request.Content is not null)
                {
                    // The answer came, and the end of the connection, while the body was still being sent.
                }
                catch (Exception failure) when (failure is HttpRequestException or OperationCanceledException)
                {
                    wrong.Enqueue(
                        $"--- {Told(request)} [{entry.Route.RoutePattern.RawText}]: {failure.Message} {failure.InnerException?.Message}"
                    );
                }
            }
        );
        return (sent, wrong);
    }

    private static string Told(HttpRequestMessage request) =>
        $"{request.Method} {(request.RequestUri!.PathAndQuery is { Length: > 300 } text ? text[..300] : request.RequestUri.PathAndQuery)} ({request.Content?.Headers.ContentType})";

    /// <summary>What is wrong with an answer; null where nothing is.</summary>
    private static async Task<string?> ComplaintAsync(
        RouteEndpoint route,
        HttpRequestMessage request,
        HttpResponseMessage answer,
        CancellationToken cancellationToken
    )
    {
        var status = (int)answer.StatusCode;
        if (status < 400)
            return null;
        var body = await answer.Content.ReadAsStringAsync(cancellationToken);
        if (status >= 500)
            return body.Length > 200 ? body[..200] : body;
        if (request.Method == HttpMethod.Head)
            return null;
        return answer.Content.Headers.ContentType?.MediaType switch
        {
            "application/problem+json" => Detail(body) is { Length: > 10 } ? null : $"the problem has no sentence: {body}",
            // Circuits are the framework's; nobody calls them but its own script.
            _ when route.Metadata.GetMetadata<HubMetadata>() is not null => null,
            // Pages take no forms: the framework refuses those that are sent, and there is nobody to read why.
            "text/html"
                when body.Length == 0
                    && request.Method == HttpMethod.Post
                    && route.Metadata.GetMetadata<ComponentTypeMetadata>() is not null => null,
            null when IsRefusedByTheServer(request, answer) || request.Content?.Headers.ContentType?.MediaType == "application/grpc" =>
                null,
            null => "nothing is said",
            _ => body.Trim().Length > 3 ? null : $"nothing is said, as {answer.Content.Headers.ContentType}",
        };
    }

    /// <summary>Kestrel reads no further in a request line or headers that are none, so that nothing of the app's is asked.</summary>
    private static bool IsRefusedByTheServer(HttpRequestMessage request, HttpResponseMessage answer) =>
        answer.StatusCode == HttpStatusCode.BadRequest
        && (
            request.RequestUri!.AbsolutePath.Contains("%00", StringComparison.Ordinal)
            || request.Headers.Any(header => header.Value.Any(value => value.Any(c => !char.IsAscii(c) || char.IsControl(c))))
        );

    private static string? Detail(string body)
    {
        using var problem = JsonDocument.Parse(body);
        return problem.RootElement.TryGetProperty("detail", out var detail) ? detail.GetString() : null;
    }
}
