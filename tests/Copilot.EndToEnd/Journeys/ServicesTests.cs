using System.Text.RegularExpressions;
using Copilot.EndToEnd.Shop;
using Microsoft.Playwright;
using Xunit;

namespace Copilot.EndToEnd.Journeys;

/// <summary>The whole system at a glance, and each service's own page.</summary>
public sealed class ServicesTests(ShopFixture shop) : IClassFixture<ShopFixture>
{
    [Fact]
    public async Task The_list_tells_how_each_service_is_and_leads_to_its_page()
    {
        await using var browser = await shop.Chromium.OpenAsync(shop.Url);
        var page = browser.Page;
        await page.GotoAsync("/services");
        var rows = page.GetByRole(AriaRole.Table, new() { Name = "Services" }).GetByRole(AriaRole.Row);
        var failing = rows.Filter(new() { HasText = ShopTelemetry.FailingService });
        // What fails stands first, with its owner and its figures.
        await Assertions.Expect(rows.Nth(1)).ToContainTextAsync(ShopTelemetry.FailingService);
        await Assertions.Expect(failing).ToContainTextAsync("money");
        await Assertions.Expect(failing).ToContainTextAsync("%");
        await Assertions.Expect(failing.GetByRole(AriaRole.Img)).ToBeVisibleAsync();
        await browser.LookAtAsync("services");

        await page.GetByRole(AriaRole.Button, new() { Name = "Service" }).ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("sort=name"));
        await Assertions.Expect(rows.Nth(1)).ToContainTextAsync(ShopTelemetry.FailingService);
        await Assertions.Expect(rows.Nth(2)).ToContainTextAsync("bookshelf");
        await page.GetByRole(AriaRole.Searchbox).FillAsync("shelf");
        await Assertions.Expect(rows).ToHaveCountAsync(2);
        await page.GetByRole(AriaRole.Searchbox).FillAsync("");
        await page.GetByRole(AriaRole.Checkbox, new() { Name = "by team" }).CheckAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Rowheader, new() { Name = "money", Exact = true })).ToBeVisibleAsync();
        // Calls to what sends no spans are counted a little later; the page reads again by itself.
        await page.GotoAsync("/services?show=peers&refresh=5");
        await Assertions.Expect(rows.Filter(new() { HasText = "api.bank.example" })).ToContainTextAsync("sends no spans");

        await page.GotoAsync("/services");
        await failing.GetByRole(AriaRole.Link, new() { Name = ShopTelemetry.FailingService }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(ShopTelemetry.FailingService);
        browser.AssertNoComplaints();
    }

    [Fact]
    public async Task A_services_page_has_its_charts_its_neighbours_and_its_people()
    {
        await using var browser = await shop.Chromium.OpenAsync(shop.Url);
        var page = browser.Page;
        await page.GotoAsync($"/service?name={ShopTelemetry.FailingService}");
        var charts = page.GetByRole(AriaRole.Region, new() { Name = "Requests, errors and latency" });
        await Assertions.Expect(charts.GetByRole(AriaRole.Figure)).ToHaveCountAsync(3);
        await Assertions.Expect(charts.GetByRole(AriaRole.Figure).Nth(1)).ToContainTextAsync("deploy 1.4.1");
        await Assertions
            .Expect(page.GetByRole(AriaRole.Region, new() { Name = "Its operations" }))
            .ToContainTextAsync(ShopTelemetry.FailingOperation);
        var dependencies = page.GetByRole(AriaRole.Region, new() { Name = "Dependencies" });
        await Assertions.Expect(dependencies).ToContainTextAsync("orders");
        await Assertions.Expect(dependencies).ToContainTextAsync("api.bank.example");
        await Assertions
            .Expect(page.GetByRole(AriaRole.Region, new() { Name = "Owner and on-call" }))
            .ToContainTextAsync(ShopCatalogue.OnCall);
        await Assertions
            .Expect(page.GetByRole(AriaRole.Region, new() { Name = "Changes and versions" }))
            .ToContainTextAsync("New rounding rules");
        await Assertions.Expect(page.GetByRole(AriaRole.Region, new() { Name = "Runbooks" })).ToContainTextAsync("billing-charges-fail.md");
        await browser.LookAtAsync("service");

        // The time is in the address, and another one is a click away.
        await page.Locator("summary").Filter(new() { HasText = "Last hour" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Last 15 minutes" }).ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("last=15m"));
        await Assertions.Expect(charts.GetByRole(AriaRole.Figure)).ToHaveCountAsync(3);

        // A stretch that is dragged on a chart becomes the page's time.
        var plot = charts.Locator("[data-brush]").First;
        // Charts of the new time take the place of the old ones: a hover waits until they stand still.
        await plot.HoverAsync();
        var box = await plot.BoundingBoxAsync();
        while (box is null)
        {
            await plot.HoverAsync();
            box = await plot.BoundingBoxAsync();
        }

        await page.Mouse.MoveAsync(box.X + (box.Width * 0.25f), box.Y + (box.Height / 2));
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(box.X + (box.Width * 0.75f), box.Y + (box.Height / 2));
        await page.Mouse.UpAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("from=.*to="));

        await dependencies.GetByRole(AriaRole.Link, new() { Name = "api.bank.example" }).ClickAsync();
        await Assertions.Expect(page.GetByText("No spans of its own were ever received")).ToBeVisibleAsync();
        browser.AssertNoComplaints();
    }
}
