using System.Net;
using Copilot.Web.Api;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Copilot.Web.Tests.Api;

/// <summary>A website that somebody has open beside the app cannot make their browser change anything in it.</summary>
public sealed class CrossSiteGuardTests : IAsyncLifetime
{
    private readonly HttpClient client = new();
    private WebApplication app = null!;

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        app = builder.Build();
        app.UseCrossSiteGuard();
        app.MapMethods("/{**rest}", ["GET", "POST", "DELETE"], () => Results.NoContent());
        await app.StartAsync();
        client.BaseAddress = new Uri(app.Urls.First());
    }

    public async Task DisposeAsync()
    {
        client.Dispose();
        await app.DisposeAsync();
    }

    [Theory]
    [InlineData("POST", "/api/v1/incidents/i_1/resolve", "Origin", "https://evil.example", HttpStatusCode.Forbidden)]
    [InlineData("POST", "/api/v1/incidents/i_1/resolve", "Origin", "null", HttpStatusCode.Forbidden)]
    [InlineData("DELETE", "/api/v1/incidents/i_1/ticks/0", "Sec-Fetch-Site", "cross-site", HttpStatusCode.Forbidden)]
    [InlineData("POST", "/api/v1/incidents/i_1/resolve", "Sec-Fetch-Site", "same-origin", HttpStatusCode.NoContent)]
    [InlineData("POST", "/api/v1/incidents/i_1/resolve", "X-Nothing", "a program", HttpStatusCode.NoContent)]
    [InlineData("GET", "/api/v1/incidents", "Origin", "https://evil.example", HttpStatusCode.NoContent)]
    [InlineData("POST", "/v1/traces", "Origin", "https://shop.example", HttpStatusCode.NoContent)]
    public async Task Only_foreign_changes_to_the_api_are_refused(string method, string path, string header, string value, HttpStatusCode expected)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Headers.Add(header, value);
        Assert.Equal(expected, (await client.SendAsync(request)).StatusCode);
    }

    [Fact]
    public async Task Its_own_pages_may()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/incidents/i_1/resolve");
        request.Headers.Add("Origin", client.BaseAddress!.GetLeftPart(UriPartial.Authority));
        Assert.Equal(HttpStatusCode.NoContent, (await client.SendAsync(request)).StatusCode);
    }
}
