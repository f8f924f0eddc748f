using System.Net;
using Copilot.Incidents;
using Copilot.Web.Api;
using Copilot.Web.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Copilot.Web.Tests.Api;

/// <summary>A website that somebody has open beside the app cannot make their browser change anything in it.</summary>
public sealed class CrossSiteGuardTests : IAsyncLifetime
{
    private readonly HttpClient _client = new();
    private WebApplication _app = null!;
    private Uri _telemetry = null!;

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0);
            kestrel.Listen(
                IPAddress.Loopback,
                0,
                listener =>
                    listener.Use(next =>
                        connection =>
                        {
                            connection.Features.Set(new Door(DoorKind.TelemetryHttp, IPAddress.Loopback, 0));
                            return next(connection);
                        }
                    )
            );
        });
        builder.Services.AddSingleton(new HostNames(new HostingOptions { Hosts = ["copilot.example"] }, new IncidentsOptions()));
        _app = builder.Build();
        _app.UseRouting();
        _app.UseCrossSiteGuard();
        _app.MapPost("/form", () => Results.NoContent()).WithMetadata(BodyType.Form);
        _app.MapMethods("/{**rest}", ["GET", "POST", "DELETE"], () => Results.NoContent());
        await _app.StartAsync();
        _client.BaseAddress = new Uri(_app.Urls.First());
        _telemetry = new Uri(_app.Urls.Last());
    }

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _app.DisposeAsync();
    }

    [Theory]
    [InlineData("POST", "/api/v1/incidents/i_1/resolve", "Origin", "https://evil.example", HttpStatusCode.Forbidden)]
    [InlineData("POST", "/API/v1/incidents/i_1/resolve", "Origin", "https://evil.example", HttpStatusCode.Forbidden)]
    [InlineData("POST", "/api/v1/incidents/i_1/resolve", "Origin", "null", HttpStatusCode.Forbidden)]
    [InlineData("DELETE", "/api/v1/incidents/i_1/ticks/0", "Sec-Fetch-Site", "cross-site", HttpStatusCode.Forbidden)]
    [InlineData("POST", "/v1/traces", "Origin", "https://shop.example", HttpStatusCode.Forbidden)]
    [InlineData("POST", "/added/later", "Sec-Fetch-Site", "same-site", HttpStatusCode.Forbidden)]
    [InlineData("POST", "/api/v1/incidents/i_1/resolve", "Sec-Fetch-Site", "same-origin", HttpStatusCode.NoContent)]
    [InlineData("POST", "/api/v1/incidents/i_1/resolve", "Origin", "https://copilot.example", HttpStatusCode.NoContent)]
    [InlineData("POST", "/api/v1/incidents/i_1/resolve", "X-Nothing", "a program", HttpStatusCode.NoContent)]
    [InlineData("GET", "/api/v1/incidents", "Origin", "https://evil.example", HttpStatusCode.NoContent)]
    public async Task Only_foreign_changes_are_refused(string method, string path, string header, string value, HttpStatusCode expected)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Headers.Add(header, value);
        Assert.Equal(expected, (await _client.SendAsync(request)).StatusCode);
    }

    [Fact]
    public async Task Its_own_pages_may()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/incidents/i_1/resolve");
        request.Headers.Add("Origin", _client.BaseAddress!.GetLeftPart(UriPartial.Authority));
        Assert.Equal(HttpStatusCode.NoContent, (await _client.SendAsync(request)).StatusCode);
    }

    [Fact]
    public async Task No_page_is_at_home_at_the_ports_of_telemetry()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_telemetry, "/v1/traces"));
        request.Headers.Add("Origin", _telemetry.GetLeftPart(UriPartial.Authority));
        Assert.Equal(HttpStatusCode.Forbidden, (await _client.SendAsync(request)).StatusCode);
    }

    [Theory]
    [InlineData("/write", "application/json", HttpStatusCode.NoContent)]
    [InlineData("/write", "Application/JSON; charset=\"UTF-8\"", HttpStatusCode.NoContent)]
    [InlineData("/write", "application/json; charset=utf-7", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("/write", "application/json, text/plain", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("/write", "text/plain", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("/WRITE", "text/plain; application/json", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("/write", "application/x-www-form-urlencoded", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("/write", null, HttpStatusCode.UnsupportedMediaType)]
    [InlineData("/form", "application/x-www-form-urlencoded", HttpStatusCode.NoContent)]
    [InlineData("/form", "application/json", HttpStatusCode.UnsupportedMediaType)]
    public async Task A_body_is_of_the_type_that_the_endpoint_names(string path, string? type, HttpStatusCode expected)
    {
        using var content = new ByteArrayContent("{}"u8.ToArray());
        if (type is not null)
            content.Headers.TryAddWithoutValidation("Content-Type", type);
        Assert.Equal(expected, (await _client.PostAsync(new Uri(path, UriKind.Relative), content)).StatusCode);
    }
}
