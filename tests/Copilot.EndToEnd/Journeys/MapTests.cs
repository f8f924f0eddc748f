using System.Text.RegularExpressions;
using Copilot.EndToEnd.Shop;
using Microsoft.Playwright;
using Xunit;

namespace Copilot.EndToEnd.Journeys;

/// <summary>The system as a picture, and the same in a table beside it.</summary>
[Collection(PagesOfTheShop.Name)]
public sealed class MapTests(ShopFixture shop)
{
    [Fact]
    public async Task The_map_shows_who_calls_whom_and_leads_to_what_is_around_a_service()
    {
        await using var browser = await shop.Chromium.OpenAsync(shop.Url);
        var page = browser.Page;
        await page.GotoAsync("/map?refresh=5");
        var table = page.GetByRole(AriaRole.Table, new() { Name = "Services of the map" });
        var rows = table.GetByRole(AriaRole.Row);
        await Assertions.Expect(rows.Nth(1)).ToContainTextAsync(ShopTelemetry.FailingService);
        // Calls are counted a little later than they come in; the page reads again by itself.
        await Assertions.Expect(rows.Filter(new() { HasText = "api.bank.example" })).ToContainTextAsync("sends no spans");
        await Assertions.Expect(page.Locator(".canvas[data-drawn] canvas").First).ToBeVisibleAsync();
        await page.GotoAsync("/map");
        await Assertions.Expect(page.Locator(".canvas[data-drawn] canvas").First).ToBeVisibleAsync();
        await browser.LookAtAsync("map");

        await table.GetByRole(AriaRole.Link, new() { Name = ShopTelemetry.FailingService, Exact = true }).ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new Regex($"around={ShopTelemetry.FailingService}"));
        await Assertions.Expect(rows.Filter(new() { HasText = "orders" })).ToContainTextAsync("calls it");
        await Assertions.Expect(rows.Filter(new() { HasText = "api.bank.example" })).ToContainTextAsync("called by it");
        await Assertions.Expect(page.GetByRole(AriaRole.Status).Filter(new() { HasText = "neither call" })).ToBeVisibleAsync();
        await browser.LookAtAsync("map-around");

        await page.GetByRole(AriaRole.Searchbox).FillAsync("bank");
        await Assertions.Expect(rows).ToHaveCountAsync(2);
        await page.GetByRole(AriaRole.Searchbox).FillAsync("nothing like it");
        await Assertions.Expect(page.GetByText("No service is called like that.")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "The whole system" }).ClickAsync();
        await Assertions.Expect(page).Not.ToHaveURLAsync(new Regex("around="));
        browser.AssertNoComplaints();
    }
}
