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

        await TabToAsync(page, page.Locator("p.traces a[href^='/trace/']").Last, backwards: false);
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
    public async Task Keys_lead_to_the_search_to_any_page_and_to_the_last_question()
    {
        await using var browser = await shop.Chromium.OpenAsync(shop.Url);
        var page = browser.Page;
        await page.GotoAsync("/services");
        await page.GetByRole(AriaRole.Searchbox).First.WaitForAsync();
        await page.Keyboard.PressAsync("/");
        await Assertions.Expect(page.Locator("#find")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Escape");
        await page.Locator("#find").BlurAsync();

        await page.Keyboard.PressAsync("?");
        var keys = page.GetByRole(AriaRole.Dialog, new() { Name = "Keys" });
        await Assertions.Expect(keys).ToBeVisibleAsync();
        await Browser.Accessibility.AssertReadableAsync(page);
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(keys).ToBeHiddenAsync();

        await page.Keyboard.PressAsync("Control+k");
        await page.Keyboard.TypeAsync(ShopTelemetry.FailingService);
        var palette = page.Locator("dialog#palette");
        await Assertions.Expect(palette.GetByRole(AriaRole.Link).First).ToContainTextAsync(ShopTelemetry.FailingService);
        await Browser.Accessibility.AssertReadableAsync(page);
        await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/service\\?name="));
        await Assertions.Expect(palette).ToBeHiddenAsync();

        await page.GotoAsync("/");
        const string Question = "What changed in the last hour?";
        await browser.AskAsync(Question);
        await Assertions.Expect(browser.Question).ToHaveValueAsync("");
        await browser.Question.FocusAsync();
        await page.Keyboard.PressAsync("ArrowUp");
        await Assertions.Expect(browser.Question).ToHaveValueAsync(Question);
        browser.AssertNoComplaints();
    }

    [Fact]
    public async Task A_server_that_says_nothing_is_told_within_seconds()
    {
        await using var browser = await shop.Chromium.OpenAsync(shop.Url);
        var page = browser.Page;
        // What the page sends is lost, as with a server that hangs: the connection stands.
        await page.AddInitScriptAsync(
            "const send = WebSocket.prototype.send; WebSocket.prototype.send = function (data) { if (!window.deaf) send.call(this, data); };"
        );
        await page.GotoAsync("/");
        await Assertions.Expect(browser.Question).ToBeFocusedAsync();
        await page.EvaluateAsync("() => { window.deaf = true; }");
        await browser.Question.FillAsync("Is anybody there?");
        await page.Keyboard.PressAsync("Enter");
        await Assertions
            .Expect(page.Locator("#server-silent"))
            .ToContainTextAsync("The server has not answered for", new() { Timeout = 8_000 });
        await Assertions.Expect(browser.Question).ToHaveValueAsync("Is anybody there?");
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
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "theme" })).ToContainTextAsync("Light");
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
