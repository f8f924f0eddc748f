using System.Text.RegularExpressions;
using Copilot.EndToEnd.Shop;
using Microsoft.Playwright;
using Xunit;

namespace Copilot.EndToEnd.Journeys;

/// <summary>What was asked is kept, whatever becomes of the page, and can be put in order.</summary>
[Collection(PagesOfTheShop.Name)]
public sealed class ConversationsTests(ShopFixture shop)
{
    [Fact]
    public async Task A_question_is_kept_when_it_is_asked_and_tabs_agree()
    {
        await using var browser = await shop.Chromium.OpenAsync(shop.Url);
        var page = browser.Page;
        await page.GotoAsync("/");
        await browser.Question.FillAsync($"error rate of {ShopTelemetry.FailingService}");
        await browser.Question.PressAsync("Enter");
        // Loaded again the moment it has an address: before, while or after it is answered.
        await page.WaitForURLAsync(new Regex("asking=|/c/"));
        await page.ReloadAsync();
        var turns = page.GetByRole(AriaRole.Article);
        await Assertions.Expect(turns).ToHaveCountAsync(1);
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/c/c_[0-9a-f]+$"));
        await Assertions.Expect(turns.First).ToContainTextAsync("%");

        // Asked in one tab, read in both.
        await using var other = await shop.Chromium.OpenAsync(shop.Url);
        await other.Page.GotoAsync(page.Url);
        await Assertions.Expect(other.Page.GetByRole(AriaRole.Article)).ToHaveCountAsync(1);
        await other.AskAsync("error rate of orders");
        await Assertions.Expect(turns).ToHaveCountAsync(2);

        // Left in mid-answer, found among the conversations.
        await browser.Question.FillAsync("error rate of web");
        await browser.Question.PressAsync("Enter");
        await page.GetByRole(AriaRole.Link, new() { Name = "Owners", Exact = true }).ClickAsync();
        await Assertions.Expect(other.Page.GetByRole(AriaRole.Article)).ToHaveCountAsync(3);
        browser.AssertNoComplaints();
        other.AssertNoComplaints();
    }

    [Fact]
    public async Task Conversations_are_renamed_pinned_and_deleted()
    {
        await using var browser = await shop.Chromium.OpenAsync(shop.Url);
        var page = browser.Page;
        foreach (var question in new[] { "error rate of bookshelf", "error rate of users" })
        {
            await page.GotoAsync("/");
            await browser.AskAsync(question);
        }

        await page.GotoAsync("/conversations");
        var items = page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Listitem);
        var first = items.Filter(new() { HasText = "error rate of bookshelf" });
        await first.GetByRole(AriaRole.Button, new() { Name = "Rename" }).ClickAsync();
        await first.GetByLabel("Its name").FillAsync("The night of the books");
        await first.GetByRole(AriaRole.Button, new() { Name = "Keep the name" }).ClickAsync();
        await Assertions.Expect(first).ToContainTextAsync("called “The night of the books”");
        await first.GetByRole(AriaRole.Button, new() { Name = "Pin", Exact = true }).ClickAsync();
        await Assertions.Expect(items.First).ToContainTextAsync("The night of the books");
        // The list beside follows by itself.
        await Assertions
            .Expect(page.GetByRole(AriaRole.Navigation, new() { Name = "Recent questions" }).GetByRole(AriaRole.Link).Nth(1))
            .ToContainTextAsync("★ The night of the books");
        await browser.LookAtAsync("conversations");
        var before = await items.CountAsync();
        await first.GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
        await first.GetByRole(AriaRole.Alert).GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
        await Assertions.Expect(items).ToHaveCountAsync(before - 1);

        // Who changed what is there to be read.
        var log = await page.APIRequest.GetAsync(shop.Url + "api/v1/audit-log");
        var recorded = await log.TextAsync();
        Assert.All(
            ["conversation.rename", "conversation.pin", "conversation.delete"],
            action => Assert.Contains(action, recorded, StringComparison.Ordinal)
        );
        browser.AssertNoComplaints();
    }
}
