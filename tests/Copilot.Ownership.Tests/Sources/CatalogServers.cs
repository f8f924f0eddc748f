using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Copilot.Ownership.Tests.Sources;

/// <summary>Backstage's catalogue API and PagerDuty's REST API, strict about tokens, headers and paging.</summary>
internal sealed class CatalogServers : IAsyncDisposable
{
    public const string BackstageToken = "backstage-token";
    public const string PagerDutyToken = "pagerduty-token";

    private readonly WebApplication _app;

    private CatalogServers(WebApplication app) => this._app = app;

    public Uri Url => new(_app.Urls.First());

    public List<JsonNode> Entities { get; } = [];

    public List<JsonNode> OnCalls { get; } = [];

    public List<JsonNode> Schedules { get; } = [];

    /// <summary>Given instead of any answer.</summary>
    public string? Garbage { get; set; }

    public int Pages { get; private set; }

    public static async Task<CatalogServers> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var servers = new CatalogServers(app);
        app.MapGet("/api/catalog/entities/by-query", servers.Backstage);
        app.MapGet("/oncalls", (HttpContext http) => servers.PagerDuty(http, "oncalls", servers.OnCalls));
        app.MapGet("/schedules", (HttpContext http) => servers.PagerDuty(http, "schedules", servers.Schedules));
        app.MapGet("/schedules/{id}", (HttpContext http, string id) => servers.Schedule(http, id));
        await app.StartAsync();
        return servers;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private IResult Backstage(HttpContext http)
    {
        if (http.Request.Headers.Authorization != $"Bearer {BackstageToken}")
            return Results.Json(new { error = new { name = "AuthenticationError" } }, statusCode: 401);
        Pages++;
        if (Garbage is not null)
            return Results.Text(Garbage, "application/json");
        // The real server's cursor is opaque and carries the query; a request with one needs no more.
        var from = http.Request.Query["cursor"].ToString() is { Length: > 0 } cursor
            ? int.Parse(cursor["c-".Length..], CultureInfo.InvariantCulture)
            : 0;
        var limit = int.Parse(http.Request.Query["limit"].ToString(), CultureInfo.InvariantCulture);
        var items = new JsonArray([.. Entities.Skip(from).Take(limit).Select(entity => entity.DeepClone())]);
        var info = new JsonObject();
        if (from + limit < Entities.Count)
            info["nextCursor"] = string.Create(CultureInfo.InvariantCulture, $"c-{from + limit}");
        return Results.Text(
            new JsonObject
            {
                ["items"] = items,
                ["totalItems"] = Entities.Count,
                ["pageInfo"] = info,
            }.ToJsonString(),
            "application/json"
        );
    }

    private IResult PagerDuty(HttpContext http, string list, List<JsonNode> all)
    {
        if (Refused(http) is { } refused)
            return refused;
        var (offset, limit) = (Number(http, "offset", 0), Number(http, "limit", 25));
        if (limit > 100)
            return Results.Json(new { error = new { message = "Invalid Input Provided", code = 2001 } }, statusCode: 400);
        if (
            list == "oncalls"
            && (
                !DateTimeOffset.TryParse(http.Request.Query["since"], CultureInfo.InvariantCulture, out var since)
                || !DateTimeOffset.TryParse(http.Request.Query["until"], CultureInfo.InvariantCulture, out var until)
                || until <= since
            )
        )
            return Results.Json(new { error = new { message = "Invalid Input Provided", code = 2001 } }, statusCode: 400);
        var page = new JsonObject
        {
            [list] = new JsonArray([.. all.Skip(offset).Take(limit).Select(item => item.DeepClone())]),
            ["limit"] = limit,
            ["offset"] = offset,
            ["more"] = offset + limit < all.Count,
            ["total"] = null,
        };
        return Results.Text(page.ToJsonString(), "application/json");
    }

    private IResult Schedule(HttpContext http, string id) =>
        Refused(http)
        ?? (
            Schedules.Find(schedule => schedule["id"]!.ToString() == id) is { } found
                ? Results.Text(new JsonObject { ["schedule"] = found.DeepClone() }.ToJsonString(), "application/json")
                : Results.NotFound()
        );

    private static IResult? Refused(HttpContext http) =>
        http.Request.Headers.Authorization != $"Token token={PagerDutyToken}" ? Results.StatusCode(401)
        : http.Request.Headers.Accept != "application/vnd.pagerduty+json; version=2"
        && http.Request.Headers.Accept != "application/vnd.pagerduty+json;version=2"
            ? Results.StatusCode(406)
        : null;

    private static int Number(HttpContext http, string name, int usual) =>
        int.TryParse(http.Request.Query[name], CultureInfo.InvariantCulture, out var value) ? value : usual;
}
