using System.Net;
using Copilot.Access;
using Copilot.Access.Audit;
using Copilot.Access.Keys;
using Copilot.Access.Sessions;
using Copilot.Web.SignIn;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Copilot.Web.Tests.Access;

/// <summary>Signing in at a real identity provider, with the app's real cookies; and what becomes of pages that are open meanwhile.</summary>
[Trait("needs", "postgres")]
public sealed class SignInTests(SignedInApp app) : IClassFixture<SignedInApp>
{
    [Fact]
    public async Task Somebody_who_comes_by_a_link_signs_in_and_is_where_they_wanted_to_be()
    {
        using var browser = app.Browser();
        using var page = await app.OpenAsync(browser, "s-1", "Ada", "everybody");
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Equal("/services", page.RequestMessage!.RequestUri!.AbsolutePath);
        using var again = await SignedInApp.PageAsync(browser, "/incidents");
        Assert.Equal("/incidents", again.RequestMessage!.RequestUri!.AbsolutePath);
    }

    [Fact]
    public async Task The_code_comes_with_proof_and_the_cookie_is_out_of_reach_of_scripts_and_other_sites()
    {
        using var browser = app.Browser(follow: false);
        using var way = await SignedInApp.PageAsync(browser, "/sign-in?to=/services");
        var asked = way.Headers.Location!.Query;
        Assert.Contains("code_challenge_method=S256", asked, StringComparison.Ordinal);
        Assert.Contains("response_type=code", asked, StringComparison.Ordinal);
        app.Issuer.Next = ("s-2", "Bo", ["everybody"]);
        using var issued = await browser.GetAsync(way.Headers.Location);
        using var back = await browser.GetAsync(issued.Headers.Location);
        var cookie = back.Headers.GetValues("Set-Cookie").Single(set => set.StartsWith("copilot.session=", StringComparison.Ordinal));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
        // The same answer again, as somebody who read along would send it.
        using var replayed = await app.Browser(follow: false).GetAsync(issued.Headers.Location);
        Assert.Equal("/sign-in/refused", replayed.Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task Whoever_is_in_no_group_is_told_so_and_gets_no_session()
    {
        using var browser = app.Browser();
        using var page = await app.OpenAsync(browser, "s-3", "Cy", "strangers");
        Assert.Equal(HttpStatusCode.Forbidden, page.StatusCode);
        Assert.Contains("none of your groups", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var api = await browser.GetAsync(new Uri("/api/v1/status", UriKind.Relative));
        Assert.Equal(HttpStatusCode.Unauthorized, api.StatusCode);
    }

    [Fact]
    public async Task When_the_provider_changes_its_keys_people_go_on_signing_in()
    {
        using (await app.SignInAsync("s-4", "Di", "everybody"))
            await app.Issuer.StartAsync();
        using var browser = app.Browser();
        using var page = await app.OpenAsync(browser, "s-4", "Di", "everybody");
        Assert.Equal("/services", page.RequestMessage!.RequestUri!.AbsolutePath);
    }

    [Fact]
    public async Task Signing_out_ends_the_session_in_every_tab_and_at_the_provider()
    {
        using var browser = await app.SignInAsync("s-5", "Ed", "on-call");
        var secret = await app.Service<SessionStore>().BeginAsync(new SignedIn("s-5", "Ed", ["on-call"]), CancellationToken.None);
        using var tab = Circuit(await app.Service<SessionStore>().FindAsync(secret, CancellationToken.None));
        var told = new TaskCompletionSource<Caller>();
        tab.AuthenticationStateChanged += state => told.TrySetResult(Caller.Of(state.GetAwaiter().GetResult().User));
        await app.Service<SessionStore>().EndAsync(secret, CancellationToken.None);
        Assert.Equal(CallerKind.Nobody, (await told.Task.WaitAsync(TimeSpan.FromSeconds(30))).Kind);

        var before = app.Issuer.Ended;
        using var left = await browser.PostAsync(new Uri("/sign-out", UriKind.Relative), new FormUrlEncodedContent([]));
        Assert.Equal(before + 1, app.Issuer.Ended);
        using var api = await browser.GetAsync(new Uri("/api/v1/status", UriKind.Relative));
        Assert.Equal(HttpStatusCode.Unauthorized, api.StatusCode);
    }

    [Fact]
    public async Task A_cookie_that_was_kept_is_worth_nothing_after_the_sign_out()
    {
        using var browser = app.Browser(follow: false);
        using var way = await SignedInApp.PageAsync(browser, "/sign-in");
        app.Issuer.Next = ("s-6", "Fy", ["everybody"]);
        using var issued = await browser.GetAsync(way.Headers.Location);
        using var back = await browser.GetAsync(issued.Headers.Location);
        var kept = string.Join(
            "; ",
            back.Headers.GetValues("Set-Cookie")
                .Select(set => set.Split(';')[0])
                .Where(set => set.StartsWith("copilot.session", StringComparison.Ordinal))
        );
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(kept));
        using var left = await browser.PostAsync(new Uri("/sign-out", UriKind.Relative), new FormUrlEncodedContent([]));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(kept));
    }

    [Fact]
    public async Task An_open_page_is_closed_once_its_session_has_expired()
    {
        var secret = await app.Service<SessionStore>().BeginAsync(new SignedIn("s-7", "Gi", ["on-call"]), CancellationToken.None);
        using var tab = Circuit(
            await app.Service<SessionStore>().FindAsync(secret, CancellationToken.None),
            new SignInOptions { CheckEvery = TimeSpan.FromMilliseconds(20), Responders = ["on-call"] }
        );
        var told = new TaskCompletionSource<Caller>();
        tab.AuthenticationStateChanged += state => told.TrySetResult(Caller.Of(state.GetAwaiter().GetResult().User));
        await app.App.ExecuteAsync("delete from sign_in_sessions where subject = 's-7'");
        Assert.Equal(CallerKind.Nobody, (await told.Task.WaitAsync(TimeSpan.FromSeconds(30))).Kind);
    }

    [Fact]
    public async Task Who_signed_in_asked_and_was_refused_is_in_the_audit_log()
    {
        using var browser = await app.SignInAsync("s-8", "Hy", "everybody");
        using var asked = await browser.PostAsync(
            new Uri("/api/v1/ask", UriKind.Relative),
            new StringContent("""{"question":"which services are slow?"}""", System.Text.Encoding.UTF8, "application/json")
        );
        using var refused = await browser.GetAsync(new Uri("/api/v1/keys", UriKind.Relative));
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        // What is awaited is written after what was noted before it.
        await app.Service<AuditLog>().RecordAsync(new AuditEvent("test", "api", "test.end", ""), CancellationToken.None);
        var entries = await app.Service<AuditReads>().NewestAsync(100, null, "Hy (s-8)", CancellationToken.None);
        Assert.Equal(
            ["GET /api/v1/keys/: refused: needs admin", "question.ask: allowed", "session.begin: allowed"],
            entries.Where(entry => entry.Action != "GET,POST /services").Select(entry => $"{entry.Action}: {entry.Outcome}")
        );
    }

    [Theory]
    [InlineData("/incidents?id=1", "/incidents?id=1")]
    [InlineData("https://evil.example/", "/")]
    [InlineData("//evil.example/", "/")]
    [InlineData("/\\evil.example", "/")]
    [InlineData("/\t/evil.example", "/")]
    [InlineData("javascript:alert(1)", "/")]
    [InlineData("", "/")]
    [InlineData(null, "/")]
    public void After_a_sign_in_the_way_leads_nowhere_else(string? asked, string goes) => Assert.Equal(goes, OwnAddress.Of(asked));

    private async Task<HttpStatusCode> StatusAsync(string cookie)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/status");
        request.Headers.Add("Cookie", cookie);
        using var answer = await app.App.Http.SendAsync(request);
        return answer.StatusCode;
    }

    private CircuitSession Circuit(Caller? caller, SignInOptions? options = null)
    {
        var tab = new CircuitSession(
            NullLoggerFactory.Instance,
            app.Service<SessionStore>(),
            app.Service<SessionEnds>(),
            app.Service<KeyRing>(),
            options ?? app.Service<SignInOptions>(),
            TimeProvider.System
        );
        tab.SetAuthenticationState(Task.FromResult(new AuthenticationState(caller!.ToPrincipal("test"))));
        return tab;
    }
}
