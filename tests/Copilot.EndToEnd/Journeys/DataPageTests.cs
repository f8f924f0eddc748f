using System.Text;
using System.Text.RegularExpressions;
using Copilot.EndToEnd.Browser;
using Microsoft.Playwright;
using Xunit;

namespace Copilot.EndToEnd.Journeys;

/// <summary>How large it gets and what is to go of it, and the page that lists the endpoints.</summary>
[Collection(PagesOfTheShop.Name)]
public sealed class DataPageTests(ShopFixture shop)
{
    [Fact]
    public async Task What_would_go_is_told_and_goes_when_somebody_says_so()
    {
        await SendAsync("playground", 3);
        await using var browser = await shop.Chromium.OpenAsync(shop.Url);
        var page = browser.Page;
        await page.GotoAsync("/data");
        await page.GetByLabel("Spans a second").FillAsync("1000");
        await page.GetByLabel("Spans a second").PressAsync("Tab");
        await Assertions
            .Expect(page.GetByRole(AriaRole.Status).Filter(new() { HasText = "once as much goes as comes" }))
            .ToContainTextAsync("GiB");

        await page.GetByLabel("Service", new() { Exact = true }).FillAsync("playground");
        await page.GetByRole(AriaRole.Button, new() { Name = "What would go?" }).ClickAsync();
        var told = page.GetByRole(AriaRole.Status, new() { Name = "What would go" });
        await Assertions.Expect(told).ToContainTextAsync("3 spans of 3 traces, 0 log records");
        await Accessibility.AssertReadableAsync(page);
        await told.GetByRole(AriaRole.Button, new() { Name = "Delete it" }).ClickAsync();
        await Assertions
            .Expect(page.GetByRole(AriaRole.Row).Filter(new() { HasText = "of playground" }))
            .ToContainTextAsync(new Regex("\\b3\\b[\\s\\S]*done"));

        await page.GetByRole(AriaRole.Button, new() { Name = "What would go?" }).ClickAsync();
        await Assertions.Expect(told).ToContainTextAsync("Nothing is stored of that.");
        browser.AssertNoComplaints();
    }

    [Fact]
    public async Task The_endpoints_are_found_by_words_with_what_each_needs()
    {
        await using var browser = await shop.Chromium.OpenAsync(shop.Url);
        var page = browser.Page;
        await page.GotoAsync("/reference");
        await page.GetByLabel("Words of the address or of what it does").FillAsync("deletions preview");
        await Assertions.Expect(page.GetByRole(AriaRole.Status).Filter(new() { HasText = "1 endpoint" })).ToBeVisibleAsync();
        var row = page.GetByRole(AriaRole.Row).Filter(new() { HasText = "/api/v1/data/deletions/preview" });
        await Assertions.Expect(row).ToContainTextAsync("admin");
        await Accessibility.AssertReadableAsync(page);
        browser.AssertNoComplaints();
    }

    private async Task SendAsync(string service, int spans)
    {
        var start = DateTimeOffset.UtcNow.AddMinutes(-3).ToUnixTimeMilliseconds();
        var items = Enumerable
            .Range(1, spans)
            .Select(i =>
                $$"""{"traceId":"{{0xDA7A0000 + i:x32}}","spanId":"{{i:x16}}","name":"play","kind":2,"startTimeUnixNano":"{{start}}000000","endTimeUnixNano":"{{start + 5}}000000"}"""
            );
        var resource = $$$"""{"attributes":[{"key":"service.name","value":{"stringValue":"{{{service}}}"}}]}""";
        using var content = new StringContent(
            $$$"""{"resourceSpans":[{"resource":{{{resource}}},"scopeSpans":[{"spans":[{{{string.Join(',', items)}}}]}]}]}""",
            Encoding.UTF8,
            "application/json"
        );
        using var sent = await shop.Http.PostAsync(new Uri("v1/traces", UriKind.Relative), content);
        Assert.True(sent.IsSuccessStatusCode, await sent.Content.ReadAsStringAsync());
    }
}
