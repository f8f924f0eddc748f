using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Copilot.EndToEnd.Shop;
using Microsoft.Playwright;
using Xunit;

namespace Copilot.EndToEnd.Journeys;

/// <summary>What is measured beside requests, and how long requests took.</summary>
[Collection(PagesOfTheShop.Name)]
public sealed class MetricsPageTests(ShopFixture shop)
{
    [Fact]
    public async Task Metrics_are_found_by_name_and_service_and_drawn_with_their_unit()
    {
        await using var browser = await shop.Chromium.OpenAsync(shop.Url);
        var page = browser.Page;
        await page.GotoAsync("/metric");
        await Assertions.Expect(page.GetByText("No metric has been received yet.")).ToBeVisibleAsync();
        await browser.LookAtAsync("metrics-none");

        await SendAsync();
        await page.ReloadAsync();
        var names = page.GetByRole(AriaRole.Navigation, new() { Name = "Metrics that were received" });
        await Assertions.Expect(names.GetByRole(AriaRole.Link)).ToHaveCountAsync(2);
        await page.GetByRole(AriaRole.Searchbox).FillAsync("memory");
        await Assertions.Expect(names.GetByRole(AriaRole.Link)).ToHaveCountAsync(1);
        await names.GetByRole(AriaRole.Link).ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("name=process.memory.usage"));
        var chart = page.GetByRole(AriaRole.Figure);
        await Assertions.Expect(chart).ToContainTextAsync("MiB");
        await Assertions
            .Expect(chart.GetByRole(AriaRole.Img))
            .ToHaveAttributeAsync("aria-label", new Regex("billing peaks at 2[0-9]{2} MiB"));
        await browser.LookAtAsync("metrics");
        await page.GotoAsync("/metric?name=no.such.metric");
        await Assertions.Expect(page.GetByText("was ever received")).ToBeVisibleAsync();
        browser.AssertNoComplaints();
    }

    [Fact]
    public async Task The_slow_and_failed_of_a_service_are_chosen_on_its_heat_map_and_asked_about()
    {
        await using var browser = await shop.Chromium.OpenAsync(shop.Url);
        var page = browser.Page;
        await page.GotoAsync($"/service?name={ShopTelemetry.FailingService}");
        var heat = page.GetByRole(AriaRole.Figure).Filter(new() { HasText = "How long requests took" });
        await heat.GetByRole(AriaRole.Button, new() { Name = "Choose the slow and failed" }).ClickAsync();
        await Assertions.Expect(heat.GetByRole(AriaRole.Status)).ToContainTextAsync(new Regex("[1-9][0-9]* failed"));
        await heat.GetByRole(AriaRole.Button, new() { Name = "Choose none" }).ClickAsync();
        var plot = heat.Locator("[data-heat]");
        await plot.ScrollIntoViewIfNeededAsync();
        var box = (await plot.BoundingBoxAsync())!;
        await page.Mouse.MoveAsync(box.X + 2, box.Y + 2);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(box.X + box.Width - 2, box.Y + box.Height - 2);
        await page.Mouse.UpAsync();
        await Assertions.Expect(heat.GetByRole(AriaRole.Status)).ToContainTextAsync("requests");
        await browser.LookAtAsync("service-heat");
        await heat.GetByRole(AriaRole.Link, new() { Name = "Their traces" }).ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/traceql\\?q="));
        await Assertions.Expect(page.GetByRole(AriaRole.Table).First).ToBeVisibleAsync();
        browser.AssertNoComplaints();
    }

    private async Task SendAsync()
    {
        var now = DateTimeOffset.UtcNow;
        var points = Enumerable.Range(1, 20).Select(minute => (Time: now.AddMinutes(-minute), Value: (200 + minute) * 1024.0 * 1024));
        var body = JsonSerializer.Serialize(
            new
            {
                resourceMetrics = new[]
                {
                    new
                    {
                        resource = new
                        {
                            attributes = new[] { new { key = "service.name", value = new { stringValue = ShopTelemetry.FailingService } } },
                        },
                        scopeMetrics = new[]
                        {
                            new
                            {
                                metrics = new[]
                                {
                                    Gauge("process.memory.usage", "By", points),
                                    Gauge("process.cpu.utilization", "1", points.Select(point => (point.Time, 0.5))),
                                },
                            },
                        },
                    },
                },
            }
        );
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var sent = await shop.Http.PostAsync(new Uri("v1/metrics", UriKind.Relative), content);
        Assert.True(sent.IsSuccessStatusCode, await sent.Content.ReadAsStringAsync());
    }

    private static object Gauge(string name, string unit, IEnumerable<(DateTimeOffset Time, double Value)> points) =>
        new
        {
            name,
            unit,
            gauge = new
            {
                dataPoints = points.Select(point => new
                {
                    timeUnixNano = ((point.Time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) * 100).ToString(CultureInfo.InvariantCulture),
                    asDouble = point.Value,
                }),
            },
        };
}
