using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;
using Copilot.Access;
using Copilot.Access.Keys;
using Copilot.Ingest;
using Copilot.Web.SignIn;
using Copilot.Web.Tests.Edge;
using Microsoft.AspNetCore.Routing;
using Xunit;

namespace Copilot.Web.Tests.Access;

/// <summary>Every endpoint and page of the app × everybody who may come: what is tested is what the app has, and each has its row in
/// <c>access-table.tsv</c>, which people read and this follows.</summary>
[Trait("needs", "postgres")]
public sealed partial class AccessTableTests(SignedInApp app) : IClassFixture<SignedInApp>
{
    private static readonly string[] Columns =
    [
        "nobody",
        "viewer",
        "responder",
        "admin",
        .. Enum.GetValues<Permission>().Select(p => "key:" + p.Word()),
    ];

    private static string File => Path.Combine(AppContext.BaseDirectory, "Access", "access-table.tsv");

    [Fact]
    public async Task Everybody_gets_to_what_their_row_says_and_nowhere_else()
    {
        var rows = Rows();
        var routes = app.App.Routes.Where(route => !RequestMatrix.IsAsset(route) && !IsGrpc(route)).ToList();
        var names = routes.Select(AccessRules.NameOf).Distinct(StringComparer.Ordinal).ToList();
        Assert.Equal("", string.Join('\n', names.Except(rows.Keys).Select(name => $"{name} has no row in access-table.tsv")));
        Assert.Equal("", string.Join('\n', rows.Keys.Except(names).Select(name => $"{name} has a row and is gone")));

        var clients = await ClientsAsync();
        var wrong = new List<string>();
        // Whoever signs out is signed out: that comes last.
        foreach (var route in routes.OrderBy(route => AccessRules.NameOf(route).Contains("/sign-out", StringComparison.Ordinal)))
        {
            var row = rows[AccessRules.NameOf(route)];
            foreach (var method in route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET", "POST"])
            {
                // All at once: what one is told has nothing to do with the others.
                var told = await Task.WhenAll(
                    Columns.Zip(row).Select(async cell => await WrongAsync(clients[cell.First], cell.First, cell.Second, method, route))
                );
                wrong.AddRange(told.OfType<string>());
            }
        }

        foreach (var client in clients.Values)
            client.Dispose();
        Assert.Equal("", string.Join('\n', wrong));
    }

    [Fact]
    public void No_endpoint_is_left_to_the_rule_for_unknown_ones()
    {
        var unknown = app.App.Routes.Where(route => AccessRules.Known(route) is null).Select(AccessRules.NameOf);
        Assert.Equal("", string.Join('\n', unknown));
        var names = app.App.Routes.Select(AccessRules.NameOf).ToHashSet(StringComparer.Ordinal);
        Assert.Equal("", string.Join('\n', AccessRules.Rows.Where(row => !names.Contains(row))));
    }

    private static Dictionary<string, string[]> Rows() =>
        System
            .IO.File.ReadLines(File)
            .Where(line => line.Length > 0 && line[0] != '#')
            .Select(line => line.Split('\t'))
            .ToDictionary(cells => cells[0], cells => cells[1..], StringComparer.Ordinal);

    private async Task<Dictionary<string, HttpClient>> ClientsAsync()
    {
        var clients = new Dictionary<string, HttpClient>
        {
            ["nobody"] = app.Browser(),
            ["viewer"] = await app.SignInAsync("v", "Vi Viewer", "everybody"),
            ["responder"] = await app.SignInAsync("r", "Re Responder", "everybody", "on-call"),
            ["admin"] = await app.SignInAsync("a", "Ad Admin", "sre-admins"),
        };
        foreach (var permission in Enum.GetValues<Permission>())
        {
            var made = await app.Service<KeyStore>().CreateAsync(permission.Word(), [permission], null, "test", CancellationToken.None);
            var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
            {
                BaseAddress = app.App.Http.BaseAddress,
            };
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", made.Text);
            clients["key:" + permission.Word()] = client;
        }

        return clients;
    }

    private static async Task<string?> WrongAsync(HttpClient client, string column, string expected, string method, RouteEndpoint route)
    {
        using var answer = await SendAsync(client, method, route);
        var told = answer.StatusCode switch
        {
            HttpStatusCode.Unauthorized => "401",
            HttpStatusCode.Forbidden => "403",
            _ => "ok",
        };
        return told == expected ? null : $"{method} {AccessRules.NameOf(route)} by {column}: {(int)answer.StatusCode}, not {expected}";
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpClient client, string method, RouteEndpoint route)
    {
        var template = "/" + route.RoutePattern.RawText?.TrimStart('/');
        var path = Parameter().Replace(template, match => match.Value.Contains(":int", StringComparison.Ordinal) ? "1" : "grafana");
        // Out to the identity provider and back is another test's.
        if (path == "/sign-in")
            path = "/sign-in/refused";
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (method is not ("GET" or "HEAD"))
        {
            var form = template.StartsWith("/slack", StringComparison.Ordinal) || template == "/sign-out";
            request.Content =
                form && template != "/slack/events"
                    ? new FormUrlEncodedContent([])
                    : new StringContent("{}", Encoding.UTF8, "application/json");
        }

        var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        // The page that says that nobody is signed in has this status for everybody.
        if (path == "/sign-in/refused" && answer.StatusCode == HttpStatusCode.Forbidden)
            answer.StatusCode = HttpStatusCode.OK;
        return answer;
    }

    private static bool IsGrpc(RouteEndpoint route) => route.Metadata.GetMetadata<IntakeMetadata>() is { Transport: IntakeTransport.Grpc };

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Parameter();
}
