using Copilot.EndToEnd.Browser;
using Copilot.EndToEnd.Shop;
using Microsoft.Playwright;
using Xunit;

namespace Copilot.EndToEnd.Journeys;

/// <summary>What somebody woken at three does: ask, look, call people together.</summary>
public sealed class QuestionToRoomTests(ShopFixture shop) : IClassFixture<ShopFixture>
{
    private const string Question = "What is going wrong and who should fix it?";

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task From_the_question_to_the_cause_its_traces_and_the_room(ColorScheme scheme)
    {
        var theme = scheme == ColorScheme.Dark ? "dark" : "light";
        await using var browser = await shop.Chromium.OpenAsync(shop.Url, scheme);
        var page = browser.Page;
        await page.GotoAsync("/");
        await page.GetByRole(AriaRole.Button, new() { Name = Question }).WaitForAsync();
        await Accessibility.AssertReadableAsync(page);

        var turn = await browser.AskAsync(Question);
        await Assertions.Expect(turn).ToContainTextAsync(ShopTelemetry.FailingService);
        await Assertions.Expect(turn).ToContainTextAsync(ShopTelemetry.FailingOperation);
        await Assertions.Expect(turn.Locator(".understood")).ToBeVisibleAsync();
        await turn.Locator("details.queries summary").ClickAsync();
        await Assertions.Expect(turn.Locator("details.queries li")).Not.ToHaveCountAsync(0);
        await Assertions.Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/c/c_"));
        await browser.ShootAsync($"chat-{theme}");
        await Accessibility.AssertReadableAsync(page);

        await turn.Locator("a[href^='/trace/']").First.ClickAsync();
        var rows = page.GetByRole(AriaRole.Row);
        await Assertions.Expect(rows.First).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Next failure" }).ClickAsync();
        await Assertions.Expect(page.Locator(".panel")).ToContainTextAsync("error");
        await browser.ShootAsync($"waterfall-{theme}");
        await Accessibility.AssertReadableAsync(page);

        await page.GoBackAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Create incident room" }).Last.WaitForAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Create incident room" }).Last.ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await Assertions.Expect(dialog).ToContainTextAsync(ShopCatalogue.OnCall);
        await Assertions.Expect(dialog).ToContainTextAsync("inc-");
        await browser.ShootAsync($"preview-{theme}");
        await Accessibility.AssertReadableAsync(page);

        await dialog.GetByRole(AriaRole.Button, new() { Name = "Create it and invite" }).ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/incidents/i_"));
        await Assertions.Expect(page.GetByRole(AriaRole.Region, new() { Name = "People" })).ToContainTextAsync(ShopCatalogue.OnCall);
        await Assertions.Expect(page.GetByRole(AriaRole.Region, new() { Name = "Guide" })).ToContainTextAsync(ShopTelemetry.FailingService);
        await browser.ShootAsync($"room-{theme}");
        await Accessibility.AssertReadableAsync(page);
        browser.AssertNoComplaints();
    }
}
