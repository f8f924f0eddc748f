using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Copilot.EndToEnd.Shop;
using Microsoft.Playwright;
using Xunit;

namespace Copilot.EndToEnd.Journeys;

/// <summary>Logs, errors and changes without asking: searched, narrowed, over time.</summary>
public sealed class RecordsTests(ShopFixture shop) : IClassFixture<ShopFixture>
{
    [Fact]
    public async Task Logs_are_searched_and_their_patterns_told()
    {
        await SendLogsAsync();
        await using var browser = await shop.Chromium.OpenAsync(shop.Url);
        var page = browser.Page;
        await page.GotoAsync("/logs?last=15m");
        await Assertions.Expect(page.GetByText("order 11 was refused by the bank").First).ToBeVisibleAsync();
        // Messages that differ in a number are one pattern.
        await Assertions.Expect(page.Locator("details.patterns")).ToContainTextAsync("order … was refused by the bank");
        await Assertions.Expect(page.GetByRole(AriaRole.Figure).First).ToContainTextAsync("ERROR");
        await browser.LookAtAsync("logs");

        await page.GetByRole(AriaRole.Searchbox, new() { Name = "Find text in log records" }).FillAsync("CACHE (warm)");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("text="));
        await Assertions.Expect(page.GetByText("order 11 was refused by the bank")).ToHaveCountAsync(0);
        await Assertions.Expect(page.Locator("table").Last).ToContainTextAsync("cache (warm) is ready");
        await page.GotoAsync("/logs?last=15m&level=ERROR&service=billing");
        await Assertions.Expect(page.Locator("table").Last).ToContainTextAsync("refused by the bank");
        await Assertions.Expect(page.Locator("table").Last).Not.ToContainTextAsync("cache");
        browser.AssertNoComplaints();
    }

    [Fact]
    public async Task Errors_are_grouped_and_a_change_tells_what_it_was()
    {
        await SendLogsAsync();
        await using var browser = await shop.Chromium.OpenAsync(shop.Url);
        var page = browser.Page;
        await page.GotoAsync("/errors?last=15m");
        await Assertions.Expect(page.GetByRole(AriaRole.Table)).ToContainTextAsync("refused by the bank");
        await browser.LookAtAsync("errors");
        await page.GotoAsync("/errors?last=15m&text=no-such-error");
        await Assertions.Expect(page.GetByText("No exception and no error message is like that")).ToBeVisibleAsync();

        await page.GotoAsync("/changes");
        var row = page.GetByRole(AriaRole.Row).Filter(new() { HasText = "New rounding rules" });
        await Assertions.Expect(row).ToContainTextAsync("1.4.0 → 1.4.1");
        await browser.LookAtAsync("changes");
        await row.GetByRole(AriaRole.Link, new() { Name = ShopTelemetry.FailingService }).First.ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/service\\?name="));
        browser.AssertNoComplaints();
    }

    private async Task SendLogsAsync()
    {
        var now = DateTimeOffset.UtcNow;
        var records = Enumerable
            .Range(10, 5)
            .Select(number =>
                (Text: $"order {number} was refused by the bank", Number: 17, Name: "ERROR", At: now.AddMinutes(-number / 3.0))
            )
            .Append((Text: "cache (warm) is ready", Number: 9, Name: "INFO", At: now.AddMinutes(-2)));
        var body = JsonSerializer.Serialize(
            new
            {
                resourceLogs = new[]
                {
                    new
                    {
                        resource = new
                        {
                            attributes = new[] { new { key = "service.name", value = new { stringValue = ShopTelemetry.FailingService } } },
                        },
                        scopeLogs = new[]
                        {
                            new
                            {
                                logRecords = records.Select(record => new
                                {
                                    timeUnixNano = ((record.At.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) * 100).ToString(
                                        CultureInfo.InvariantCulture
                                    ),
                                    severityNumber = record.Number,
                                    severityText = record.Name,
                                    body = new { stringValue = record.Text },
                                }),
                            },
                        },
                    },
                },
            }
        );
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var sent = await shop.Http.PostAsync(new Uri("v1/logs", UriKind.Relative), content);
        Assert.True(sent.IsSuccessStatusCode, await sent.Content.ReadAsStringAsync());
    }
}
