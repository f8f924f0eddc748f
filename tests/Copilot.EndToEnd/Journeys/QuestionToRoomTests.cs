using System.Text.RegularExpressions;
using Copilot.EndToEnd.Browser;
using Copilot.EndToEnd.Shop;
using Microsoft.Playwright;
using Xunit;

namespace Copilot.EndToEnd.Journeys;

/// <summary>What somebody woken at three does: ask, look, call people together.</summary>
public sealed class QuestionToRoomTests(ShopFixture shop) : IClassFixture<ShopFixture>
{
    private const string Question = "What is going wrong and who should fix it?";

    [Fact]
    public async Task From_the_question_to_the_cause_its_traces_and_the_room()
    {
        await using var browser = await shop.Chromium.OpenAsync(shop.Url);
        var page = browser.Page;
        await page.GotoAsync("/");
        await page.GetByRole(AriaRole.Button, new() { Name = Question }).WaitForAsync();
        await LookAtAsync(browser, "welcome");

        var turn = await browser.AskAsync(Question);
        await Assertions.Expect(turn).ToContainTextAsync(ShopTelemetry.FailingService);
        await Assertions.Expect(turn).ToContainTextAsync(ShopTelemetry.FailingOperation);
        await Assertions.Expect(turn.Locator(".understood")).ToBeVisibleAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/c/c_"));
        // The way to the cause is open, the rest of the explanation a key away.
        await Assertions.Expect(turn.GetByRole(AriaRole.Region, new() { Name = "Path" })).ToContainTextAsync(ShopTelemetry.FailingService);
        var checks = turn.GetByRole(AriaRole.Region, new() { Name = "Checks" });
        await Assertions.Expect(checks.Locator("li").First).ToBeHiddenAsync();
        await checks.Locator("summary").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(checks.Locator("li").First).ToBeVisibleAsync();
        await LookAtAsync(browser, "chat");
        await turn.Locator("details.queries summary").ClickAsync();
        await Assertions.Expect(turn.Locator("details.queries li")).Not.ToHaveCountAsync(0);

        await turn.Locator("a[href^='/trace/']").First.ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Row).First).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Next failure" }).ClickAsync();
        await Assertions.Expect(page.Locator(".panel")).ToContainTextAsync("error");
        await LookAtAsync(browser, "waterfall");

        // Back closes the span, and then leads to the answer.
        await page.GoBackAsync();
        await Assertions.Expect(page.Locator(".panel")).ToHaveCountAsync(0);
        await page.GoBackAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Create incident room" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await Assertions.Expect(dialog).ToContainTextAsync(ShopCatalogue.OnCall);
        await Assertions.Expect(dialog).ToContainTextAsync("inc-");
        await LookAtAsync(browser, "preview");

        // What will not happen is said before the click, and nobody acts without a name.
        await Assertions.Expect(dialog).ToContainTextAsync("Nobody is notified: no chat is connected");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Create the room" }).ClickAsync();
        await Assertions.Expect(dialog.GetByRole(AriaRole.Alert)).ToContainTextAsync("Say your name first");
        await dialog.GetByLabel("Your name").FillAsync("Ana");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Create the room" }).ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/incidents/i_"));
        await Assertions.Expect(page.GetByRole(AriaRole.Region, new() { Name = "People" })).ToContainTextAsync(ShopCatalogue.OnCall);
        await Assertions.Expect(page.GetByRole(AriaRole.Region, new() { Name = "Guide" })).ToContainTextAsync(ShopTelemetry.FailingService);
        await LookAtAsync(browser, "room");
        var room = page.Url;

        // The times of the guide are data, told by the reader's clock.
        await Assertions.Expect(page.GetByRole(AriaRole.Region, new() { Name = "Guide" }).Locator("time").First).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Region, new() { Name = "Timeline" })).ToContainTextAsync("New rounding rules");

        // What one ticks, another sees without loading anything.
        await using var colleague = await shop.Chromium.OpenAsync(shop.Url);
        await colleague.Page.GotoAsync(room);
        var box = page.GetByRole(AriaRole.Checkbox).First;
        await box.CheckAsync();
        await Assertions.Expect(colleague.Page.GetByRole(AriaRole.Checkbox).First).ToBeCheckedAsync();

        await Assertions.Expect(page.GetByRole(AriaRole.Region, new() { Name = "Timeline" })).ToContainTextAsync("Ana did “");
        await ResolveAndReopenAsync(browser);

        // Who asks the same again is led to the room that there is.
        await page.GotoAsync("/");
        await browser.AskAsync(Question);
        await page.GetByRole(AriaRole.Link, new() { Name = "Join the incident" }).ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(room);
        browser.AssertNoComplaints();
        colleague.AssertNoComplaints();
    }

    /// <summary>While it fails, an end is asked about twice; what fixed it is kept; it can be taken back.</summary>
    private static async Task ResolveAndReopenAsync(BrowserPage browser)
    {
        var page = browser.Page;
        var over = page.GetByRole(AriaRole.Region, new() { Name = "Is it over?" });
        await Assertions.Expect(over).ToContainTextAsync("not yet");
        await Assertions.Expect(over.Locator("svg[role=img]").First).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Resolve" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await Assertions.Expect(dialog).ToContainTextAsync("not hold yet");
        await LookAtAsync(browser, "resolve");
        await dialog.GetByLabel("What fixed it?").FillAsync("Rolled back to 1.4.0");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Resolve anyway" }).ClickAsync();
        var timeline = page.GetByRole(AriaRole.Region, new() { Name = "Timeline" });
        await Assertions.Expect(timeline).ToContainTextAsync("Ana resolved. What fixed it: Rolled back to 1.4.0");
        await Assertions.Expect(over).ToContainTextAsync("As it was when it was resolved");
        await page.GetByRole(AriaRole.Button, new() { Name = "Reopen" }).ClickAsync();
        await Assertions.Expect(timeline).ToContainTextAsync("Ana reopened");
        await page.GetByRole(AriaRole.Button, new() { Name = "Resolve" }).WaitForAsync();
        await browser.LookAtAsync("incident");
        await page.SetViewportSizeAsync(1280, 860);
    }

    /// <summary>A picture of the page and what can be told of its accessibility, light and dark.</summary>
    private static async Task LookAtAsync(BrowserPage browser, string name)
    {
        foreach (var scheme in (ColorScheme[])[ColorScheme.Dark, ColorScheme.Light])
        {
            await browser.Page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = scheme });
            await browser.ShootAsync($"{name}-{(scheme == ColorScheme.Dark ? "dark" : "light")}");
            await Accessibility.AssertReadableAsync(browser.Page);
        }
    }
}
