using System.Net;
using Copilot.Web.Tests.Edge;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Copilot.Web.Tests.Access;

/// <summary>The whole app behind OpenID Connect, and a browser for each who signs in.</summary>
public sealed class SignedInApp : IAsyncLifetime
{
    private readonly LocalIssuer _issuer = new();
    private WholeApp? _app;

    internal LocalIssuer Issuer => _issuer;

    internal WholeApp App => _app ?? throw new InvalidOperationException("It is not running yet.");

    public T Service<T>()
        where T : notnull => App.Services.GetRequiredService<T>();

    public async Task InitializeAsync()
    {
        await _issuer.StartAsync();
        _app = new WholeApp(
            new Dictionary<string, string>
            {
                ["SignIn:Oidc:Authority"] = _issuer.Address.ToString(),
                ["SignIn:Oidc:ClientId"] = LocalIssuer.ClientId,
                ["SignIn:Oidc:ClientSecret"] = LocalIssuer.ClientSecret,
                ["SignIn:Admins:0"] = "sre-admins",
                ["SignIn:Responders:0"] = "on-call",
                ["SignIn:Viewers:0"] = "everybody",
                ["SignIn:RequestsPerMinute"] = "100000",
                ["SignIn:QuestionsPerMinute"] = "1000",
            }
        );
        await _app.InitializeAsync();
    }

    public async Task DisposeAsync()
    {
        if (_app is not null)
            await _app.DisposeAsync();
        await _issuer.DisposeAsync();
    }

    /// <summary>A browser with cookies of its own.</summary>
    /// <param name="follow">It goes where it is redirected to.</param>
    internal HttpClient Browser(bool follow = true) =>
        new(new SocketsHttpHandler { AllowAutoRedirect = follow, CookieContainer = new CookieContainer() })
        {
            BaseAddress = App.Http.BaseAddress,
        };

    /// <summary>A browser in which this person has signed in.</summary>
    internal async Task<HttpClient> SignInAsync(string subject, string name, params string[] groups)
    {
        var browser = Browser();
        using var page = await OpenAsync(browser, subject, name, groups);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        return browser;
    }

    /// <summary>Opens a page of the app, signing in on the way.</summary>
    internal Task<HttpResponseMessage> OpenAsync(HttpClient browser, string subject, string name, params string[] groups)
    {
        _issuer.Next = (subject, name, groups);
        return PageAsync(browser, "/services");
    }

    internal static async Task<HttpResponseMessage> PageAsync(HttpClient browser, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("Accept", "text/html");
        return await browser.SendAsync(request);
    }
}
