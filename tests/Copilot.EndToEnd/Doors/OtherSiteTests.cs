using System.Globalization;
using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Text.RegularExpressions;
using Copilot.EndToEnd.App;
using Xunit;

namespace Copilot.EndToEnd.Doors;

/// <summary>What another website can have somebody's browser do to an app on their machine: nothing.</summary>
public sealed class OtherSiteTests(OwnMachineFixture machine) : IClassFixture<OwnMachineFixture>
{
    private readonly RunningApp _app = machine.App;

    [Fact]
    public async Task No_write_of_any_route_is_taken_from_another_site_or_as_another_type()
    {
        var before = await Writes.SnapshotAsync(_app.Http);
        var wrong = new List<string>();
        (string Name, string Value)[] foreign =
        [
            ("Sec-Fetch-Site", "cross-site"),
            ("Sec-Fetch-Site", "same-site"),
            ("Origin", "http://attacker.test"),
            ("Origin", "null"),
            ("Origin", "http://127.0.0.1:1"),
        ];
        foreach (var route in (await Route.ReadAllAsync()).Where(route => !route.IsGrpc))
        {
            string[] paths = [route.Path, route.Path.ToUpperInvariant()];
            foreach (var (method, path) in from method in route.UnsafeMethods from path in paths select (method, path))
            {
                foreach (var header in foreign)
                {
                    using var refused = await SendAsync(
                        method,
                        path,
                        route.IsWrite ? Writes.BodyOf(route) : "",
                        "application/json",
                        header
                    );
                    if (refused.StatusCode != HttpStatusCode.Forbidden)
                        wrong.Add($"{method} {path} with {header}: {(int)refused.StatusCode}");
                }

                if (route.IsPageConnection)
                    continue;
                var other = route.Body == "application/json" ? "application/x-www-form-urlencoded" : "application/xml";
                foreach (var type in new[] { "text/plain", "multipart/form-data", other, "" })
                {
                    using var refused = await SendAsync(method, path, "{}", type);
                    if (refused.StatusCode != HttpStatusCode.UnsupportedMediaType)
                        wrong.Add($"{method} {path} as '{type}': {(int)refused.StatusCode}");
                }
            }
        }

        Assert.Empty(wrong);
        Assert.Equal(before, await Writes.SnapshotAsync(_app.Http));
    }

    [Fact]
    public async Task A_program_gets_through_to_every_write()
    {
        var wrong = new List<string>();
        foreach (var route in (await Route.ReadAllAsync()).Where(route => route.IsWrite && !route.IsGrpc))
        {
            foreach (var method in route.UnsafeMethods)
            {
                using var taken = await SendAsync(method, route.Path, Writes.BodyOf(route), Type(route));
                if ((int)taken.StatusCode is 403 or 415 or 421)
                    wrong.Add($"{method} {route.Path}: {(int)taken.StatusCode}");
            }
        }

        Assert.Empty(wrong);
    }

    [Theory]
    [InlineData("http://attacker.test", false)]
    [InlineData("null", false)]
    [InlineData(null, true)]
    public async Task The_pages_socket_opens_to_its_own_pages_only(string? origin, bool opens)
    {
        using var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Origin", origin ?? _app.Url.GetLeftPart(UriPartial.Authority));
        socket.Options.CollectHttpResponseDetails = true;
        var connecting = socket.ConnectAsync(new UriBuilder(_app.Url) { Scheme = "ws", Path = "/_blazor" }.Uri, CancellationToken.None);
        if (opens)
        {
            await connecting;
        }
        else
        {
            await Assert.ThrowsAsync<WebSocketException>(() => connecting);
            Assert.Equal(HttpStatusCode.Forbidden, socket.HttpStatusCode);
        }
    }

    [Fact]
    public async Task A_listener_that_is_no_door_serves_nothing()
    {
        foreach (var path in new[] { "/", "/api/v1/conversations", "/v1/traces", "/healthz" })
        {
            using var answer = await _app.Http.GetAsync(new Uri($"http://127.0.0.1:{machine.Undeclared}{path}"));
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }
    }

    [Fact]
    public async Task A_page_of_another_site_changes_nothing_and_the_same_from_an_own_page_does()
    {
        await using var other = new ForeignPage();
        var writes = (await Route.ReadAllAsync()).Where(route => route.IsWrite && !route.IsGrpc).ToList();
        var requests =
            from route in writes
            from method in route.UnsafeMethods
            select new
            {
                method,
                path = route.Path,
                body = Writes.BodyOf(route),
                type = Type(route),
            };
        var before = await Writes.SnapshotAsync(_app.Http);

        var website = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://attacker.test:{other.Port}/"));
        await using (var browser = await machine.Chromium.OpenAsync(website))
        {
            await browser.Page.GotoAsync("/");
            // They went out, and what came back was kept from the page: it was the app that refused, not the browser.
            var (answered, all) = (0, new TaskCompletionSource());
            browser.Page.RequestFailed += (_, request) =>
            {
                if (request.Failure?.Contains("BLOCKED_BY_RESPONSE", StringComparison.Ordinal) == true && ++answered == writes.Count * 3)
                    all.TrySetResult();
            };
            var paths = writes.Select(route => new { path = route.Path, body = Writes.BodyOf(route) });
            var sent = await browser.Page.EvaluateAsync<string[]>(Attack, new { app = _app.Url.GetLeftPart(UriPartial.Authority), paths });
            Assert.Equal(writes.Count * 3, sent.Length);
            Assert.All(sent, type => Assert.Equal("kept from the page", type));
            await all.Task.WaitAsync(TimeSpan.FromMinutes(1));
            Assert.Equal("closed", await browser.Page.EvaluateAsync<string>(Socket, $"ws://127.0.0.1:{_app.Url.Port}/_blazor"));
        }

        Assert.Equal(before, await Writes.SnapshotAsync(_app.Http));

        await using (var own = await machine.Chromium.OpenAsync(_app.Url))
        {
            await own.Page.GotoAsync("/");
            Assert.Equal("open", await own.Page.EvaluateAsync<string>(Socket, $"ws://127.0.0.1:{_app.Url.Port}/_blazor"));
            var statuses = await own.Page.EvaluateAsync<int[]>(Own, requests);
            Assert.DoesNotContain(statuses, status => status is 403 or 415 or 421);
        }

        var after = await Writes.SnapshotAsync(_app.Http);
        Assert.True(Asked(after) > Asked(before), after);
    }

    [Fact]
    public async Task A_name_that_was_made_to_lead_here_is_shown_nothing()
    {
        await using var browser = await machine.Chromium.OpenAsync(new Uri($"http://rebound.test:{_app.Url.Port}/"));
        var answer = await browser.Page.GotoAsync("/");
        Assert.Equal(421, answer!.Status);
        Assert.DoesNotContain("blazor", await answer.TextAsync(), StringComparison.OrdinalIgnoreCase);
        var statuses = await browser.Page.EvaluateAsync<int[]>(
            "paths => Promise.all(paths.map(async path => (await fetch(path, { method: path.endsWith('ask') ? 'POST' : 'GET' })).status))",
            new[] { "/api/v1/conversations", "/api/v1/ask", "/tempo/api/search", "/metrics", "/_blazor/negotiate" }
        );
        Assert.All(statuses, status => Assert.Equal(421, status));
        Assert.Equal("closed", await browser.Page.EvaluateAsync<string>(Socket, $"ws://rebound.test:{_app.Url.Port}/_blazor"));
    }

    private const string Attack = """
        async ({ app, paths }) => {
          const kinds = [];
          for (const { path, body } of paths) {
            const upper = path.toUpperCase();
            for (const [address, type] of [[upper, "text/plain"], [path, "text/plain"], [upper, "application/x-www-form-urlencoded"]]) {
              try {
                const answer = await fetch(app + address, { method: "POST", mode: "no-cors", body, headers: { "content-type": type } });
                kinds.push(answer.type);
              } catch {
                kinds.push("kept from the page");
              }
            }
          }
          return kinds;
        }
        """;

    private const string Own = """
        async requests => {
          const statuses = [];
          for (const { method, path, body, type } of requests) {
            statuses.push((await fetch(path, { method, body: body || undefined, headers: body ? { "content-type": type } : {} })).status);
          }
          return statuses;
        }
        """;

    private const string Socket = """
        address => new Promise(done => {
          const socket = new WebSocket(address);
          socket.onopen = () => { done("open"); socket.close(); };
          socket.onerror = () => done("closed");
        })
        """;

    private static string Type(Route route) => route.Body == "-" ? "application/json" : route.Body;

    private static int Asked(string snapshot) => Regex.Count(snapshot, "asked by another site");

    private async Task<HttpResponseMessage> SendAsync(
        string method,
        string path,
        string body,
        string type,
        params (string Name, string Value)[] headers
    )
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (body.Length > 0)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
            if (type.Length > 0)
                request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        }

        foreach (var (name, value) in headers)
            request.Headers.Add(name, value);
        return await _app.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }
}
