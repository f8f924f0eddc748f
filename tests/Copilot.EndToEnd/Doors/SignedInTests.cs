using Copilot.EndToEnd.App;
using Copilot.EndToEnd.Browser;
using Microsoft.Playwright;
using Xunit;

namespace Copilot.EndToEnd.Doors;

/// <summary>The app as a team has it: people sign in at their identity provider, in a browser.</summary>
public sealed class SignedInTests : IAsyncLifetime
{
    private readonly Chromium _chromium = new();
    private readonly LocalIssuer _issuer = new();
    private RunningApp _app = null!;

    public async Task InitializeAsync()
    {
        await _chromium.InitializeAsync();
        await _issuer.StartAsync();
        _app = await RunningApp.StartAsync(
            settings:
            [
                $"--SignIn:Oidc:Authority={_issuer.Address}",
                $"--SignIn:Oidc:ClientId={LocalIssuer.ClientId}",
                $"--SignIn:Oidc:ClientSecret={LocalIssuer.ClientSecret}",
                "--SignIn:Admins:0=sre",
                "--SignIn:Viewers:0=everybody",
            ]
        );
    }

    public async Task DisposeAsync()
    {
        if (_app is not null)
            await _app.DisposeAsync();
        await _issuer.DisposeAsync();
        await _chromium.DisposeAsync();
    }

    [Fact]
    public async Task A_viewer_looks_is_called_by_name_and_leaves_in_every_tab()
    {
        _issuer.Next = ("s-1", "Ada Viewer", ["everybody"]);
        await using var browser = await _chromium.OpenAsync(_app.Url);
        var page = browser.Page;
        await page.GotoAsync("/services");
        await Assertions.Expect(page.GetByText("Ada Viewer")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "Audit log" })).ToHaveCountAsync(0);
        var refused = await page.GotoAsync("/audit");
        Assert.Equal(403, refused!.Status);

        // From page to page no request is made that could be refused: the circuit has to.
        await page.GotoAsync("/services");
        await Assertions.Expect(page.GetByText("Ada Viewer")).ToBeVisibleAsync();
        await page.EvaluateAsync("Blazor.navigateTo('/keys')");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Not for your role" })).ToBeVisibleAsync();

        var other = await page.Context.NewPageAsync();
        await other.GotoAsync("/incidents");
        await Assertions.Expect(other.GetByText("Ada Viewer")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await Assertions.Expect(other.GetByRole(AriaRole.Heading, new() { Name = "You are signed out" })).ToBeVisibleAsync();
        Assert.Equal(1, _issuer.Ended);
    }

    [Fact]
    public async Task An_admin_makes_a_key_that_a_program_uses_and_finds_it_in_the_audit_log()
    {
        _issuer.Next = ("s-2", "Bo Admin", ["sre"]);
        await using var browser = await _chromium.OpenAsync(_app.Url);
        var page = browser.Page;
        await page.GotoAsync("/keys");
        await page.GetByLabel("Name of the program").FillAsync("dashboards");
        await page.GetByLabel("read", new() { Exact = true }).CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Make a key" }).ClickAsync();
        var key = await page.GetByRole(AriaRole.Status).Locator("code").InnerTextAsync();

        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/status");
        Assert.Equal(401, (int)(await _app.Http.GetAsync(new Uri("/api/v1/status", UriKind.Relative))).StatusCode);
        request.Headers.Authorization = new("Bearer", key);
        Assert.Equal(200, (int)(await _app.Http.SendAsync(request)).StatusCode);

        await page.EvaluateAsync("Blazor.navigateTo('/audit')");
        var row = page.GetByRole(AriaRole.Row).Filter(new() { HasText = "key.create" });
        await Assertions.Expect(row).ToContainTextAsync("Bo Admin (s-2)");
        await Assertions.Expect(row).ToContainTextAsync("dashboards: read");
        await Accessibility.AssertReadableAsync(page);
        browser.AssertNoComplaints();
    }
}
