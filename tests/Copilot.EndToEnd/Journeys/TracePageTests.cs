using System.Text.RegularExpressions;
using Copilot.EndToEnd.Shop;
using Microsoft.Playwright;
using Xunit;

namespace Copilot.EndToEnd.Journeys;

/// <summary>A trace's tools: its spans are searched, one of them is in the address, and its attributes lead on.</summary>
public sealed class TracePageTests(ShopFixture shop) : IClassFixture<ShopFixture>
{
    [Fact]
    public async Task Spans_are_searched_and_the_chosen_one_is_in_the_address()
    {
        await using var browser = await shop.Chromium.OpenAsync(shop.Url);
        var page = browser.Page;
        await page.GotoAsync("/");
        var turn = await browser.AskAsync("Show me failed traces of the last 15 minutes");
        await turn.Locator("a[href^='/trace/']").First.ClickAsync();
        await page.GetByRole(AriaRole.Treegrid).WaitForAsync();
        // A client span tells whom it calls.
        await Assertions.Expect(page.GetByRole(AriaRole.Treegrid)).ToContainTextAsync("orders.shop.example");

        await page.GetByRole(AriaRole.Searchbox, new() { Name = "Find spans" }).FillAsync(ShopTelemetry.FailingOperation);
        await Assertions.Expect(page.GetByRole(AriaRole.Status).Filter(new() { HasText = "1 span holds it" })).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Enter");
        var panel = page.GetByRole(AriaRole.Region, new() { Name = "Span", Exact = true });
        await Assertions.Expect(panel).ToContainTextAsync("payment.currency");
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("span=[0-9a-f]{16}"));
        await browser.LookAtAsync("trace");

        // Whoever gets the address sees the same span; Escape and Back close it.
        var address = page.Url;
        await page.GotoAsync("/services");
        await page.GotoAsync(address);
        await Assertions.Expect(panel).ToContainTextAsync("payment.currency");
        await page.GetByRole(AriaRole.Treegrid).FocusAsync();
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(panel).ToHaveCountAsync(0);
        await page.GetByRole(AriaRole.Row).Nth(1).ClickAsync();
        await Assertions.Expect(panel).ToBeVisibleAsync();
        await page.GoBackAsync();
        await Assertions.Expect(panel).ToHaveCountAsync(0);

        var views = page.GetByRole(AriaRole.Navigation, new() { Name = "Views of the trace" });
        await views.GetByRole(AriaRole.Link, new() { Name = "Flame graph" }).ClickAsync();
        await Assertions
            .Expect(page.GetByRole(AriaRole.Region, new() { Name = "Flame graph" }))
            .ToContainTextAsync(ShopTelemetry.FailingService);
        await browser.LookAtAsync("trace-flame");
        await views.GetByRole(AriaRole.Link, new() { Name = "Time by service" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Table)).ToContainTextAsync(ShopTelemetry.FailingOperation);
        await views.GetByRole(AriaRole.Link, new() { Name = "Errors and logs" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Region, new() { Name = "Errors and logs" })).ToContainTextAsync("failed span");
        await browser.LookAtAsync("trace-records");
        await views.GetByRole(AriaRole.Link, new() { Name = "Compare with a usual one" }).ClickAsync();
        var compared = page.GetByRole(AriaRole.Region, new() { Name = "Compared with a usual trace" });
        await Assertions.Expect(compared.GetByRole(AriaRole.Row).Nth(1)).ToContainTextAsync("fails");
        await browser.LookAtAsync("trace-compare");

        // What is downloaded is what other tools read, and this one too.
        var trace = new Uri(page.Url).AbsolutePath["/trace/".Length..];
        foreach (var format in new[] { "otlp", "jaeger" })
        {
            var body = await shop.Http.GetStringAsync(new Uri($"api/v1/traces/{trace}/{format}", UriKind.Relative));
            Assert.Contains(trace, body, StringComparison.Ordinal);
            Assert.Contains(ShopTelemetry.FailingOperation, body, StringComparison.Ordinal);
        }

        await views.GetByRole(AriaRole.Link, new() { Name = "Waterfall" }).ClickAsync();
        await page.GetByRole(AriaRole.Row).Filter(new() { HasText = ShopTelemetry.FailingOperation }).ClickAsync();
        await panel.GetByRole(AriaRole.Link, new() { Name = "Traces with payment.currency = CHF" }).ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/traceql\\?q="));
        await page.Locator("a[href^='/trace/']").First.WaitForAsync();
        browser.AssertNoComplaints();
    }
}
