using System.Text.RegularExpressions;
using Copilot.EndToEnd.Shop;
using Microsoft.Playwright;
using Xunit;

namespace Copilot.EndToEnd.Journeys;

/// <summary>The same without a mouse.</summary>
public sealed class KeyboardTests(ShopFixture shop) : IClassFixture<ShopFixture>
{
    [Fact]
    public async Task Everything_is_reached_and_left_by_keys()
    {
        await using var browser = await shop.Chromium.OpenAsync(shop.Url);
        var page = browser.Page;
        await page.GotoAsync("/");
        await Assertions.Expect(browser.Question).ToBeFocusedAsync();

        await page.Keyboard.TypeAsync("What is the root cause?");
        await page.Keyboard.PressAsync("Enter");
        var proposal = page.GetByRole(AriaRole.Button, new() { Name = "Create incident room" });
        await proposal.WaitForAsync();
        await Assertions.Expect(browser.Question).ToBeFocusedAsync();

        await TabToAsync(page, proposal, backwards: true);
        await page.Keyboard.PressAsync("Enter");
        var dialog = page.GetByRole(AriaRole.Dialog);
        await Assertions.Expect(dialog.Locator(":focus")).ToHaveCountAsync(1);
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(dialog).ToHaveCountAsync(0);

        await TabToAsync(page, page.Locator("a[href^='/trace/']").Last, backwards: true);
        await page.Keyboard.PressAsync("Enter");
        var spans = page.GetByRole(AriaRole.Treegrid);
        await spans.WaitForAsync();
        await TabToAsync(page, spans, backwards: false);
        await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("ArrowDown");
        await Assertions.Expect(page.Locator("[role=row][aria-selected=true]")).ToHaveCountAsync(1);
        var before = await page.GetByRole(AriaRole.Row).CountAsync();
        await page.Keyboard.PressAsync("Home");
        await page.Keyboard.PressAsync("ArrowLeft");
        await Assertions.Expect(page.GetByRole(AriaRole.Row)).ToHaveCountAsync(1);
        await page.Keyboard.PressAsync("ArrowRight");
        await Assertions.Expect(page.GetByRole(AriaRole.Row)).ToHaveCountAsync(before);
        browser.AssertNoComplaints();
    }

    [Fact]
    public async Task The_first_stop_skips_to_the_content_and_focus_is_always_seen()
    {
        await using var browser = await shop.Chromium.OpenAsync(shop.Url);
        var page = browser.Page;
        await page.GotoAsync("/incidents");
        await page.GetByRole(AriaRole.Heading, new() { Name = "Incidents" }).WaitForAsync();

        await page.Keyboard.PressAsync("Tab");
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "Skip to the content" })).ToBeFocusedAsync();
        for (var i = 0; i < 5; i++)
        {
            await page.Keyboard.PressAsync("Tab");
            Assert.True(
                await page.EvaluateAsync<bool>(
                    "() => { const style = getComputedStyle(document.activeElement); return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1; }"
                )
            );
        }
    }

    [Fact]
    public async Task A_chosen_theme_stays_chosen()
    {
        await using var browser = await shop.Chromium.OpenAsync(shop.Url);
        var page = browser.Page;
        await page.GotoAsync("/");
        await page.GetByRole(AriaRole.Button, new() { Name = "theme" }).ClickAsync();
        await Assertions.Expect(page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");
        await page.ReloadAsync();
        await Assertions.Expect(page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "theme" })).ToHaveAttributeAsync("aria-pressed", "true");
    }

    [Fact]
    public async Task A_conversation_is_still_there_after_loading_the_page_again()
    {
        await using var browser = await shop.Chromium.OpenAsync(shop.Url);
        await browser.Page.GotoAsync("/");
        await browser.AskAsync($"What is the error rate of {ShopTelemetry.FailingService}?");
        await Assertions.Expect(browser.Page).ToHaveURLAsync(new Regex("/c/c_"));
        await browser.Page.ReloadAsync();
        await Assertions.Expect(browser.Page.GetByRole(AriaRole.Article)).ToContainTextAsync("error rate");
    }

    private static async Task TabToAsync(IPage page, ILocator target, bool backwards)
    {
        for (var i = 0; i < 60; i++)
        {
            await page.Keyboard.PressAsync(backwards ? "Shift+Tab" : "Tab");
            if (await target.EvaluateAsync<bool>("element => element === document.activeElement"))
                return;
        }

        Assert.Fail("Sixty stops of Tab do not lead there.");
    }
}
