using System.Text.RegularExpressions;
using Copilot.EndToEnd.App;
using Copilot.EndToEnd.Shop;
using Microsoft.Playwright;
using Xunit;

namespace Copilot.EndToEnd.Journeys;

/// <summary>The query page and the query commands, against a running app.</summary>
public sealed class TraceQlTests(ShopFixture shop) : IClassFixture<ShopFixture>
{
    [Fact]
    public async Task From_a_broken_query_to_traces_and_series()
    {
        await using var browser = await shop.Chromium.OpenAsync(shop.Url);
        var page = browser.Page;
        await page.GotoAsync("/traceql");
        var query = page.GetByLabel("Query", new() { Exact = true });
        var run = page.GetByRole(AriaRole.Button, new() { Name = "Run" });

        await query.FillAsync("{ status = eror }");
        await run.ClickAsync();
        var alert = page.GetByRole(AriaRole.Alert);
        await Assertions.Expect(alert).ToContainTextAsync("eror");
        await Assertions.Expect(alert.Locator("mark")).ToBeVisibleAsync();

        await query.FillAsync($"{{ resource.service.name = \"{ShopTelemetry.FailingService}\" && status = error }}");
        await run.ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new Regex(@"/traceql\?q=.*status.*&from=.*&to="));
        await page.Locator("a[href^='/trace/']").First.WaitForAsync();
        var address = page.Url;
        await page.Locator("a[href^='/trace/']").First.ClickAsync();
        await page.GetByRole(AriaRole.Treegrid).WaitForAsync();

        // The address alone brings query, window and results back.
        await page.GotoAsync(address);
        await page.Locator("a[href^='/trace/']").First.WaitForAsync();
        await Assertions.Expect(query).ToHaveValueAsync(new Regex(ShopTelemetry.FailingService));

        await query.FillAsync("{ } | rate() by (resource.service.name)");
        await run.ClickAsync();
        await Assertions.Expect(page.Locator("p[role=status]").Filter(new() { HasTextRegex = new(@"^\s*\d+ series") })).ToBeVisibleAsync();
        await page.Locator("svg").First.WaitForAsync();
        browser.AssertNoComplaints();
    }

    [Fact]
    public async Task Words_become_a_query_and_what_is_not_understood_is_named()
    {
        await using var browser = await shop.Chromium.OpenAsync(shop.Url);
        var page = browser.Page;
        await page.GotoAsync("/traceql");
        var words = page.GetByLabel("Describe it in words");
        var translate = page.GetByRole(AriaRole.Button, new() { Name = "To TraceQL" });
        var query = page.GetByLabel("Query", new() { Exact = true });

        await words.FillAsync("traces with more than one failed span in billing");
        await translate.ClickAsync();
        await Assertions.Expect(query).ToHaveValueAsync("{ status = error && resource.service.name = \"billing\" } | count() > 1");

        await words.FillAsync("failed spans of the wobbly frobnicator");
        await translate.ClickAsync();
        await Assertions.Expect(page.GetByText("“wobbly”")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task An_answer_of_the_chat_opens_as_TraceQL()
    {
        await using var browser = await shop.Chromium.OpenAsync(shop.Url);
        var page = browser.Page;
        await page.GotoAsync("/");
        var turn = await browser.AskAsync("show me client spans of billing with an error");
        await turn.Locator("details.queries summary").ClickAsync();
        await turn.GetByRole(AriaRole.Link, new() { Name = "Open as TraceQL" }).First.ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new Regex(@"/traceql\?q="));
        await Assertions.Expect(page.GetByLabel("Query", new() { Exact = true })).ToHaveValueAsync(new Regex("billing"));
    }

    [Theory]
    [InlineData(0, "traces", "traceql", "run", "{ status = error }")]
    [InlineData(0, "series", "traceql", "run", "{ } | rate()")]
    [InlineData(1, "line 1, column 12", "traceql", "run", "{ status = eror }")]
    [InlineData(0, "spans are looked at", "traceql", "explain", "{ status = error }")]
    [InlineData(0, "kind = server", "traceql", "from-english", "server spans slower than 2 s")]
    [InlineData(2, "wobbly", "traceql", "from-english", "server spans of the wobbly thing")]
    public async Task The_commands_ask_the_running_app(int exitCode, string told, params string[] arguments)
    {
        await using var command = ChildProcess.Start("dotnet", [Repository.CommandLine, .. arguments, "--url", shop.Url.ToString()]);
        var ended = await command.WaitAsync(TimeSpan.FromMinutes(2));
        Assert.True(ended == exitCode, command.Output);
        Assert.Contains(told, command.Output, StringComparison.Ordinal);
    }
}
