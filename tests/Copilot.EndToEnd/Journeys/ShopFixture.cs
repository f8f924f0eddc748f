using System.Net.Http.Json;
using System.Text;
using Copilot.EndToEnd.App;
using Copilot.EndToEnd.Browser;
using Copilot.EndToEnd.Shop;
using Xunit;

namespace Copilot.EndToEnd.Journeys;

/// <summary>The app with the small shop in trouble in it, and a browser.</summary>
public sealed class ShopFixture : IAsyncLifetime
{
    private RunningApp? _app;

    public Chromium Chromium { get; } = new();

    public Uri Url => _app!.Url;

    /// <summary>What the app has written so far.</summary>
    public string AppOutput => _app!.Output;

    internal HttpClient Http => _app!.Http;

    public async Task InitializeAsync()
    {
        await Chromium.InitializeAsync();
        _app = await RunningApp.StartAsync();
        var now = DateTimeOffset.UtcNow;
        var shop = new ShopTelemetry(now);
        await SendAsync(Http.PostAsJsonAsync("api/v1/catalog", ShopCatalogue.Files(now)));
        await SendAsync(
            Http.PostAsJsonAsync(
                "api/v1/changes",
                new
                {
                    time = shop.Broken,
                    service = ShopTelemetry.FailingService,
                    kind = "deploy",
                    version = "1.4.1",
                    previousVersion = "1.4.0",
                    summary = "New rounding rules",
                }
            )
        );
        foreach (var export in shop.Exports())
        {
            using var content = new StringContent(export, Encoding.UTF8, "application/json");
            await SendAsync(Http.PostAsync(new Uri("v1/traces", UriKind.Relative), content));
        }
    }

    public async Task DisposeAsync()
    {
        await Chromium.DisposeAsync();
        if (_app is not null)
            await _app.DisposeAsync();
    }

    private static async Task SendAsync(Task<HttpResponseMessage> sending)
    {
        using var answer = await sending;
        Assert.True(answer.IsSuccessStatusCode, $"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
    }
}
