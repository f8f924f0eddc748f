using System.Globalization;
using System.Net;
using Copilot.EndToEnd.App;
using Copilot.EndToEnd.Browser;
using Microsoft.Playwright;
using Xunit;

namespace Copilot.EndToEnd.Journeys;

/// <summary>Postgres goes away while people look, and comes back: pages say so, and are there again by themselves.</summary>
public sealed class StoreAwayTests : IAsyncLifetime
{
    private readonly Chromium _chromium = new();
    private RunningApp _app = null!;

    public async Task InitializeAsync()
    {
        await _chromium.InitializeAsync();
        _app = await RunningApp.StartAsync();
    }

    public async Task DisposeAsync()
    {
        await _chromium.DisposeAsync();
        await _app.DisposeAsync();
    }

    [Fact]
    public async Task Pages_tell_that_the_store_is_away_and_come_back_by_themselves()
    {
        await using var browser = await _chromium.OpenAsync(_app.Url);
        var page = browser.Page;
        await page.GotoAsync("/");
        await Assertions.Expect(browser.Question).ToBeVisibleAsync();
        using (await DownAsync())
        {
            // From the page that was open, and with a fresh connection.
            await page.GetByRole(AriaRole.Link, new() { Name = "Incidents" }).ClickAsync();
            await ExpectAwayAsync(page);
            foreach (
                var address in new[]
                {
                    "/investigations",
                    "/owners",
                    "/traceql",
                    "/conversations",
                    "/c/c_unknown",
                    "/incidents/measures",
                    "/trace/0af7651916cd43dd8448eb211c80319c",
                    "/incidents",
                }
            )
            {
                await page.GotoAsync(address);
                await ExpectAwayAsync(page);
            }

            await browser.ShootAsync("store-away");
            using var refused = await _app.Http.GetAsync(new Uri("api/v1/incidents", UriKind.Relative));
            Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
            Assert.NotNull(refused.Headers.RetryAfter);
            using var health = await _app.Http.GetAsync(new Uri("healthz", UriKind.Relative));
            Assert.Equal(HttpStatusCode.ServiceUnavailable, health.StatusCode);
            Assert.Contains("store", await refused.Content.ReadAsStringAsync(), StringComparison.OrdinalIgnoreCase);
        }

        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Incidents" })).ToBeVisibleAsync();
        browser.AssertNoComplaints();
    }

    private static async Task ExpectAwayAsync(IPage page)
    {
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "The store cannot be reached" })).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("#blazor-error-ui")).ToBeHiddenAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "New question" })).ToBeVisibleAsync();
    }

    /// <summary>Ends Postgres, and takes away what it cannot start without until the result is disposed.</summary>
    private async Task<IDisposable> DownAsync()
    {
        var cluster = Path.Combine(_app.Folder, "postgres");
        var (needed, aside) = (Path.Combine(cluster, "PG_VERSION"), Path.Combine(cluster, "PG_VERSION.aside"));
        var server = int.Parse((await File.ReadAllLinesAsync(Path.Combine(cluster, "postmaster.pid")))[0], CultureInfo.InvariantCulture);
        File.Move(needed, aside);
        await using var kill = ChildProcess.Start("kill", "-QUIT", server.ToString(CultureInfo.InvariantCulture));
        Assert.Equal(0, await kill.WaitAsync(TimeSpan.FromSeconds(10)));
        return new Restored(() => File.Move(aside, needed));
    }

    private sealed class Restored(Action restore) : IDisposable
    {
        public void Dispose() => restore();
    }
}
