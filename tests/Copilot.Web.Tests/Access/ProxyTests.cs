using System.Net;
using Copilot.Web.Hosting;
using Copilot.Web.Tests.Edge;
using Xunit;

namespace Copilot.Web.Tests.Access;

/// <summary>The app behind a proxy that says who somebody is; the test is that proxy, since it comes from its address.</summary>
public sealed class BehindProxy : IAsyncLifetime
{
    private readonly WholeApp _app = new(
        new Dictionary<string, string>
        {
            ["SignIn:Proxy:UserHeader"] = "X-Forwarded-User",
            ["SignIn:Proxy:GroupsHeader"] = "X-Forwarded-Groups",
            ["SignIn:Admins:0"] = "sre",
            ["SignIn:Responders:0"] = "user:bo",
            ["SignIn:Viewers:0"] = "staff",
            ["SignIn:RequestsPerMinute"] = "60",
            ["SignIn:QuestionsPerMinute"] = "5",
            ["Hosting:Proxies:0"] = "127.0.0.0/8",
        }
    );

    internal HttpClient Http => _app.Http;

    public Task InitializeAsync() => _app.InitializeAsync();

    public Task DisposeAsync() => _app.DisposeAsync();
}

[Trait("needs", "postgres")]
public sealed class ProxyTests(BehindProxy app) : IClassFixture<BehindProxy>
{
    [Theory]
    [InlineData("ada", "sre, staff", "/settings", HttpStatusCode.OK)]
    [InlineData("cy", "staff", "/services", HttpStatusCode.OK)]
    [InlineData("cy", "staff", "/settings", HttpStatusCode.Forbidden)]
    [InlineData("bo", "", "/settings", HttpStatusCode.Forbidden)]
    [InlineData("bo", "", "/services", HttpStatusCode.OK)]
    [InlineData("eve", "strangers", "/services", HttpStatusCode.Unauthorized)]
    [InlineData("eve", "user:bo", "/services", HttpStatusCode.Unauthorized)]
    [InlineData("sre", "", "/services", HttpStatusCode.Unauthorized)]
    [InlineData("", "sre", "/services", HttpStatusCode.Unauthorized)]
    public async Task Whom_it_names_gets_what_their_groups_give(string user, string groups, string path, HttpStatusCode status)
    {
        using var answer = await SendAsync(path, ("X-Forwarded-User", user), ("X-Forwarded-Groups", groups));
        Assert.Equal(status, answer.StatusCode);
    }

    [Fact]
    public async Task Two_names_are_none()
    {
        using var answer = await SendAsync(
            "/services",
            ("X-Forwarded-User", "ada"),
            ("X-Forwarded-User", "bo"),
            ("X-Forwarded-Groups", "sre")
        );
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Theory]
    [InlineData("10.0.0.1", true)]
    [InlineData("::ffff:10.0.0.1", true)]
    [InlineData("192.168.7.9", true)]
    [InlineData("10.0.0.2", false)]
    [InlineData("192.169.0.1", false)]
    [InlineData("::1", false)]
    public void Only_the_proxies_own_addresses_are_believed(string address, bool known) =>
        Assert.Equal(known, new KnownProxies(["10.0.0.1", "192.168.0.0/16"]).Knows(IPAddress.Parse(address)));

    [Fact]
    public async Task What_was_passed_on_from_elsewhere_is_not_of_this_machine()
    {
        using var direct = await SendTracesAsync();
        Assert.Equal(HttpStatusCode.OK, direct.StatusCode);
        using var passedOn = await SendTracesAsync(("X-Forwarded-For", "203.0.113.7"));
        Assert.Equal(HttpStatusCode.Unauthorized, passedOn.StatusCode);
    }

    [Fact]
    public async Task Behind_TLS_browsers_are_told_to_stay_there()
    {
        (string, string)[] ada = [("X-Forwarded-User", "ada"), ("X-Forwarded-Groups", "sre")];
        using var plain = await SendAsync("/services", ada);
        Assert.False(plain.Headers.Contains("Strict-Transport-Security"));
        using var secure = await SendAsync("/services", [.. ada, ("X-Forwarded-Proto", "https")]);
        Assert.Equal("max-age=31536000", secure.Headers.GetValues("Strict-Transport-Security").Single());
        var policies = secure.Headers.GetValues("Content-Security-Policy").ToList();
        Assert.Contains(policies, policy => policy.Contains("script-src 'self';", StringComparison.Ordinal));
        Assert.DoesNotContain(policies, policy => policy.Contains("unsafe-eval", StringComparison.Ordinal));
        Assert.Equal("nosniff", secure.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.True(secure.Headers.CacheControl!.NoStore);
    }

    [Fact]
    public async Task Whoever_asks_too_much_is_told_when_to_go_on_and_nobody_else_is()
    {
        for (var i = 0; i < 60; i++)
            (await SendAsync("/api/v1/changes", ("X-Forwarded-User", "greedy"), ("X-Forwarded-Groups", "staff"))).Dispose();
        using var answer = await SendAsync("/api/v1/changes", ("X-Forwarded-User", "greedy"), ("X-Forwarded-Groups", "staff"));
        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        Assert.InRange(answer.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
        using var other = await SendAsync("/api/v1/changes", ("X-Forwarded-User", "modest"), ("X-Forwarded-Groups", "staff"));
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
    }

    private async Task<HttpResponseMessage> SendAsync(string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return await app.Http.SendAsync(request);
    }

    private async Task<HttpResponseMessage> SendTracesAsync(params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/traces")
        {
            Content = new StringContent("{}", System.Text.Encoding.UTF8, "application/json"),
        };
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return await app.Http.SendAsync(request);
    }
}
