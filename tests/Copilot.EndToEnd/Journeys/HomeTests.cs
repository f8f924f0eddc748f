using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Copilot.EndToEnd.App;
using Copilot.EndToEnd.Shop;
using Microsoft.Playwright;
using Xunit;

namespace Copilot.EndToEnd.Journeys;

/// <summary>The first page: what is wrong now, what to ask, and where to begin when there is nothing yet.</summary>
public sealed class HomeTests(ShopFixture shop) : IClassFixture<ShopFixture>
{
    /// <summary>Each question that the first page offers has an answer while something is wrong; none asks back.</summary>
    [Fact]
    public async Task Every_question_to_begin_with_is_answered()
    {
        await using var browser = await shop.Chromium.OpenAsync(shop.Url);
        var page = browser.Page;
        await page.GotoAsync("/");
        var offered = page.GetByRole(AriaRole.List, new() { Name = "Questions to begin with" }).GetByRole(AriaRole.Button);
        await offered.First.WaitForAsync();
        var questions = await offered.AllInnerTextsAsync();
        Assert.Equal(6, questions.Count);
        foreach (var question in questions)
        {
            await page.GotoAsync("/");
            await page.GetByRole(AriaRole.Button, new() { Name = question, Exact = true }).ClickAsync();
            var turn = page.GetByRole(AriaRole.Article, new() { Name = $"Question: {question}" });
            await Assertions.Expect(turn.GetByRole(AriaRole.Button, new() { Name = "Copy link" })).ToBeVisibleAsync();
            await Assertions.Expect(turn.Locator(".understood")).Not.ToContainTextAsync(new Regex("clarify|unsupported"));
            await Assertions.Expect(turn.GetByRole(AriaRole.Table).First).ToBeVisibleAsync();
        }

        browser.AssertNoComplaints();
    }

    [Fact]
    public async Task The_first_page_tells_how_the_services_are()
    {
        await using var browser = await shop.Chromium.OpenAsync(shop.Url);
        var page = browser.Page;
        await page.GotoAsync("/");
        var services = page.GetByRole(AriaRole.Table, new() { Name = "Services that matter" });
        await Assertions.Expect(services.GetByRole(AriaRole.Row).First).ToContainTextAsync(ShopTelemetry.FailingService);
        await browser.LookAtAsync("home");
        // Its heading is in sight, and nothing moved under the reader.
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "What is going on?" })).ToBeInViewportAsync();
        await services.GetByRole(AriaRole.Link, new() { Name = ShopTelemetry.FailingService }).First.ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/service\\?name="));
        browser.AssertNoComplaints();
    }

    [Fact]
    public async Task A_ranking_shows_the_figure_that_was_asked_for()
    {
        await using var browser = await shop.Chromium.OpenAsync(shop.Url);
        await browser.Page.GotoAsync("/");
        var turn = await browser.AskAsync("Which services have the highest error rate?");
        var table = turn.GetByRole(AriaRole.Table).First;
        await Assertions.Expect(table.GetByRole(AriaRole.Columnheader, new() { Name = "error rate" })).ToBeVisibleAsync();
        await Assertions.Expect(table.GetByRole(AriaRole.Row).Nth(1)).ToContainTextAsync(new Regex("\\d %"));
        await Assertions.Expect(table).Not.ToContainTextAsync("match");
        await table.GetByRole(AriaRole.Link).First.ClickAsync();
        await Assertions.Expect(browser.Page).ToHaveURLAsync(new Regex("/service\\?name="));
    }

    [Fact]
    public async Task With_nothing_received_it_says_what_to_copy_and_goes_on_with_the_first_span()
    {
        await using var app = await RunningApp.StartAsync();
        await using var browser = await shop.Chromium.OpenAsync(app.Url);
        var page = browser.Page;
        await page.GotoAsync("/");
        await page.GetByRole(AriaRole.Heading, new() { Name = "Send the first span" }).WaitForAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Status).Filter(new() { HasText = "0 spans" })).ToBeVisibleAsync();
        await Assertions
            .Expect(page.GetByRole(AriaRole.List, new() { Name = "Addresses" }))
            .ToContainTextAsync($"http://127.0.0.1:{app.Url.Port}");
        await page.GetByRole(AriaRole.Tab, new() { Name = "Collector" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Tabpanel)).ToContainTextAsync("otlphttp/copilot");
        await browser.LookAtAsync("home-empty");

        // The command that is offered is run as it stands.
        await page.GetByRole(AriaRole.Tab, new() { Name = "One span by hand" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Tabpanel)).ToContainTextAsync("curl");
        var command = await page.GetByRole(AriaRole.Tabpanel).Locator("pre").InnerTextAsync();
        await using (var shell = ChildProcess.Start("bash", "-c", command))
            Assert.Equal(0, await shell.WaitAsync(TimeSpan.FromMinutes(1)));
        await Assertions
            .Expect(page.GetByRole(AriaRole.Table, new() { Name = "Services that matter" }))
            .ToContainTextAsync("hello", new() { Timeout = 60_000 });
        browser.AssertNoComplaints();
    }

    [Fact]
    public async Task The_first_visit_is_small_and_steady_and_what_was_fetched_is_kept()
    {
        await using var browser = await shop.Chromium.OpenAsync(shop.Url);
        var page = browser.Page;
        var sizes = new List<(string Address, string? Encoding, string? Cached)>();
        page.Response += (_, response) =>
        {
            if (response.Url.EndsWith(".css", StringComparison.Ordinal) || response.Url.EndsWith(".js", StringComparison.Ordinal))
                lock (sizes)
                    sizes.Add(
                        (
                            response.Url,
                            response.Headers.GetValueOrDefault("content-encoding"),
                            response.Headers.GetValueOrDefault("cache-control")
                        )
                    );
        };
        await page.AddInitScriptAsync(
            "window.shifted = 0; new PerformanceObserver(list => { for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifted += entry.value; }).observe({ type: 'layout-shift', buffered: true });"
        );
        await page.GotoAsync("/");
        await page.GetByRole(AriaRole.Button, new() { Name = "What is going wrong and who should fix it?" }).WaitForAsync();
        var painted = await page.EvaluateAsync<double>("() => performance.getEntriesByName('first-contentful-paint')[0].startTime");
        var shifted = await page.EvaluateAsync<double>("() => window.shifted");
        lock (sizes)
        {
            var sheet = Assert.Single(
                sizes,
                asset =>
                    asset.Address.Contains("MudBlazor", StringComparison.Ordinal)
                    && asset.Address.EndsWith(".css", StringComparison.Ordinal)
            );
            Assert.Equal("br", sheet.Encoding ?? "br");
            Assert.All(
                sizes.Where(asset => Regex.IsMatch(asset.Address, "\\.[a-z0-9]{10}(\\.styles)?\\.(css|js)$")),
                asset => Assert.Contains("immutable", asset.Cached, StringComparison.Ordinal)
            );
        }

        Assert.InRange(shifted, 0, 0.05);
        await File.WriteAllTextAsync(
            Path.Combine(Repository.Screenshots, "first-visit.txt"),
            string.Create(CultureInfo.InvariantCulture, $"first contentful paint {painted:0} ms, layout shift {shifted:0.000}\n"),
            Encoding.UTF8
        );
    }
}
