using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Copilot.EndToEnd.Browser;
using Copilot.EndToEnd.Shop;
using Microsoft.Playwright;
using Xunit;

namespace Copilot.EndToEnd.Journeys;

/// <summary>An alert is looked into before anybody asks: whoever opens the browser finds the answer there.</summary>
public sealed class SuggestedInvestigationTests(ShopFixture shop) : IClassFixture<ShopFixture>
{
    [Fact]
    public async Task An_alert_becomes_an_answered_investigation_with_a_way_to_a_room()
    {
        await using var browser = await shop.Chromium.OpenAsync(shop.Url);
        var page = browser.Page;
        await page.GotoAsync("/investigations");
        await page.GetByRole(AriaRole.Heading, new() { Name = "Suggested investigations" }).WaitForAsync();

        var since = DateTimeOffset.UtcNow.AddMinutes(-4).ToString("O", CultureInfo.InvariantCulture);
        using var taken = await shop.Http.PostAsJsonAsync(
            "api/v1/alerts/alertmanager",
            new
            {
                version = "4",
                status = "firing",
                alerts = new[]
                {
                    new
                    {
                        status = "firing",
                        labels = new Dictionary<string, string> { ["alertname"] = "OrdersFail" },
                        annotations = new Dictionary<string, string> { ["summary"] = "Orders fail" },
                        startsAt = since,
                        endsAt = "0001-01-01T00:00:00Z",
                        fingerprint = "orders",
                    },
                },
            }
        );
        Assert.True(taken.IsSuccessStatusCode, await taken.Content.ReadAsStringAsync());

        // Nobody asked, and nobody loads the page again.
        var found = page.GetByRole(AriaRole.Link, new() { Name = ShopTelemetry.FailingService });
        await found.First.WaitForAsync();
        await Assertions.Expect(page.GetByLabel("1 open")).ToBeVisibleAsync();
        await browser.ShootAsync("investigations");

        // Programs read the same.
        var open = await shop.Http.GetFromJsonAsync<JsonElement>("api/v1/investigations?open=true");
        var told = await shop.Http.GetFromJsonAsync<JsonElement>(
            $"api/v1/investigations/{open.GetProperty("items")[0].GetProperty("id").GetString()}"
        );
        Assert.Equal(ShopTelemetry.FailingService, told.GetProperty("cause").GetString());
        Assert.NotEqual(0, told.GetProperty("path").GetArrayLength());
        using var unknown = await shop.Http.GetAsync(new Uri("api/v1/investigations/none", UriKind.Relative));
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);

        // Whoever is woken and opens the app meets it before asking anything.
        await page.GotoAsync("/");
        await Assertions
            .Expect(page.GetByRole(AriaRole.Region, new() { Name = "Going on now" }))
            .ToContainTextAsync(ShopTelemetry.FailingService);
        await browser.ShootAsync("going-on");
        await Accessibility.AssertReadableAsync(page);
        await found.First.ClickAsync();

        await page.GetByRole(AriaRole.Heading, new() { Name = ShopTelemetry.FailingService }).First.WaitForAsync();
        await Assertions
            .Expect(page.GetByRole(AriaRole.Region, new() { Name = "Evidence" }))
            .ToContainTextAsync(ShopTelemetry.FailingService);
        await Assertions.Expect(page.GetByRole(AriaRole.Region, new() { Name = "Path" })).ToContainTextAsync("web");
        await Assertions.Expect(page.GetByRole(AriaRole.Region, new() { Name = "Checks" })).ToContainTextAsync("New rounding rules");
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Create incident room" })).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Region, new() { Name = "Affected services" })).ToContainTextAsync("orders");
        await browser.ShootAsync("investigation");
        await Accessibility.AssertReadableAsync(page);
        var investigation = page.Url;
        await page.Locator("a[href^='/trace/']").First.ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Treegrid)).ToBeVisibleAsync();

        await page.GotoAsync(investigation);
        await page.GetByRole(AriaRole.Link, new() { Name = "Open as TraceQL" }).ClickAsync();
        await page.Locator("a[href^='/trace/']").First.WaitForAsync();

        // The reader's zone is not UTC: the question that the link asks must be about the time of the trouble all the same.
        await page.GotoAsync(investigation);
        await page.GetByRole(AriaRole.Link, new() { Name = "Ask about this time" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Article)).ToContainTextAsync("Likely cause");
        await Assertions.Expect(page.GetByRole(AriaRole.Region, new() { Name = "Path" })).ToContainTextAsync(ShopTelemetry.FailingService);
        browser.AssertNoComplaints();
    }
}
