using System.Net.Http.Json;
using System.Text.Json;
using Copilot.EndToEnd.Browser;
using Microsoft.Playwright;
using Xunit;

namespace Copilot.EndToEnd.Journeys;

/// <summary>The pages that tell how the copilot and the teams are doing.</summary>
public sealed class FiguresTests(ShopFixture shop) : IClassFixture<ShopFixture>
{
    [Fact]
    public async Task The_status_tells_what_came_in_and_where_it_is()
    {
        await using var browser = await shop.Chromium.OpenAsync(shop.Url);
        var page = browser.Page;
        await page.GotoAsync("/status");
        var intake = page.GetByRole(AriaRole.Region, new() { Name = "Intake" });
        await Assertions.Expect(intake).ToContainTextAsync("keeping everything");
        var spans = intake
            .GetByRole(AriaRole.Row)
            .Filter(new() { Has = page.GetByRole(AriaRole.Rowheader, new() { Name = "Spans" }) })
            .GetByRole(AriaRole.Cell);
        // All that was received is stored.
        Assert.NotEqual("0", await spans.Nth(1).InnerTextAsync());
        Assert.Equal(await spans.Nth(1).InnerTextAsync(), await spans.Nth(2).InnerTextAsync());
        await Assertions.Expect(page.GetByRole(AriaRole.Region, new() { Name = "Partitions" })).ToContainTextAsync("metric points");
        await Assertions
            .Expect(page.GetByRole(AriaRole.Region, new() { Name = "Last trouble" }))
            .ToContainTextAsync("None since the copilot started");
        await LookAtAsync(browser, "status");
    }

    [Fact]
    public async Task The_measures_count_an_incident_and_the_change_that_caused_it()
    {
        var now = DateTimeOffset.UtcNow;
        var proposal = await PostAsync("api/v1/proposals", new { from = now.AddMinutes(-5), to = now });
        var incident = await PostAsync(
            "api/v1/incidents",
            new { proposalId = proposal.GetProperty("id").GetString(), digest = proposal.GetProperty("digest").GetString() }
        );
        await PostAsync($"api/v1/incidents/{incident.GetProperty("id").GetString()}/resolve", new { });

        await using var browser = await shop.Chromium.OpenAsync(shop.Url);
        var page = browser.Page;
        await page.GotoAsync("/incidents/measures?weeks=4");
        var totals = page.GetByRole(AriaRole.List, new() { Name = "In all" });
        await Assertions.Expect(totals).ToContainTextAsync("1 in all");
        await Assertions.Expect(totals).ToContainTextAsync("1 of 1");
        await Assertions.Expect(page.GetByRole(AriaRole.Region, new() { Name = "By team" })).ToContainTextAsync("money");
        await LookAtAsync(browser, "measures");
        await page.GetByRole(AriaRole.Combobox, new() { Name = "Team" }).SelectOptionAsync("pages");
        await Assertions.Expect(totals).ToContainTextAsync("0 in all");
    }

    private static async Task LookAtAsync(BrowserPage browser, string name)
    {
        await browser.ShootAsync(name);
        await Accessibility.AssertReadableAsync(browser.Page);
        browser.AssertNoComplaints();
    }

    private async Task<JsonElement> PostAsync(string address, object body)
    {
        using var answer = await shop.Http.PostAsJsonAsync(address, body);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }
}
