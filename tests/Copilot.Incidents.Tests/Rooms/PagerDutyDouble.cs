using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Copilot.Incidents.Tests.Rooms;

/// <summary>PagerDuty's Events API v2 as documented: required members, lengths, actions, one alert a dedup_key, throttling on
/// demand.</summary>
internal sealed class PagerDutyDouble : IAsyncDisposable
{
    public const string Key = "0123456789abcdef0123456789abcdef";

    private static readonly string[] Actions = ["trigger", "acknowledge", "resolve"];
    private static readonly string[] Severities = ["critical", "error", "warning", "info"];
    private static readonly HashSet<string> Known =
    [
        "routing_key",
        "event_action",
        "dedup_key",
        "payload",
        "images",
        "links",
        "client",
        "client_url",
    ];
    private static readonly HashSet<string> KnownInside =
    [
        "summary",
        "source",
        "severity",
        "timestamp",
        "component",
        "group",
        "class",
        "custom_details",
    ];

    private readonly WebApplication _app;

    private PagerDutyDouble(WebApplication app) => this._app = app;

    public Uri EventsUrl => new($"{_app.Urls.First()}/v2/enqueue");

    /// <summary>People woken: each trigger that made an alert, by its key. The same key again while it is open wakes nobody.</summary>
    public List<(string DedupKey, JsonElement Event)> Pages { get; } = [];

    public List<string> Resolved { get; } = [];

    /// <summary>Every request that came, also those refused.</summary>
    public int Requests { get; private set; }

    /// <summary>How many of the next requests are throttled.</summary>
    public int Throttle { get; set; }

    /// <summary>Takes the next event, then answers nothing.</summary>
    public bool CutAfter { get; set; }

    /// <summary>Told of each event before it has its effect (false) and after (true).</summary>
    public Action<string, bool>? OnCall { get; set; }

    public static async Task<PagerDutyDouble> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var pagerDuty = new PagerDutyDouble(app);
        app.MapPost("/v2/enqueue", pagerDuty.TakeAsync);
        await app.StartAsync();
        return pagerDuty;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task TakeAsync(HttpContext http)
    {
        Requests++;
        if (Throttle > 0)
        {
            Throttle--;
            http.Response.StatusCode = StatusCodes.Status429TooManyRequests;
            await http.Response.WriteAsJsonAsync(
                new { status = "throttle exceeded", message = "Requests for this service are arriving too quickly.  Please retry later." }
            );
            return;
        }

        using var body = await JsonDocument.ParseAsync(http.Request.Body);
        var errors = Errors(body.RootElement, http.Request.ContentType).ToArray();
        if (errors.Length > 0)
        {
            http.Response.StatusCode = StatusCodes.Status400BadRequest;
            await http.Response.WriteAsJsonAsync(
                new
                {
                    status = "invalid event",
                    message = "Event object is invalid",
                    errors,
                }
            );
            return;
        }

        var action = body.RootElement.GetProperty("event_action").GetString()!;
        var key = Text(body.RootElement, "dedup_key") ?? Guid.NewGuid().ToString("N");
        OnCall?.Invoke(action, false);
        lock (Pages)
        {
            if (action == "trigger" && (!Pages.Exists(page => page.DedupKey == key) || Resolved.Contains(key)))
                Pages.Add((key, body.RootElement.Clone()));
            else if (action == "resolve")
                Resolved.Add(key);
        }

        OnCall?.Invoke(action, true);
        if (CutAfter)
        {
            CutAfter = false;
            http.Abort();
            return;
        }

        http.Response.StatusCode = StatusCodes.Status202Accepted;
        await http.Response.WriteAsJsonAsync(
            new
            {
                status = "success",
                message = "Event processed",
                dedup_key = key,
            }
        );
    }

    private static IEnumerable<string> Errors(JsonElement body, string? contentType)
    {
        if (contentType?.StartsWith("application/json", StringComparison.Ordinal) != true)
            yield return "Content-Type must be application/json";
        foreach (var member in body.EnumerateObject().Where(member => !Known.Contains(member.Name)))
            yield return $"'{member.Name}' is not a permitted field";
        if (Text(body, "routing_key") is not { } routing)
            yield return "'routing_key' is missing or blank";
        else if (routing.Length != 32)
            yield return "Length of 'routing_key' is incorrect (should be 32 characters)";
        else if (routing != Key)
            yield return "'routing_key' is not known";
        if (!Actions.Contains(Text(body, "event_action")))
            yield return "'event_action' is invalid (must be one of: trigger, acknowledge, resolve)";
        if (Text(body, "dedup_key") is { Length: > 255 })
            yield return "Length of 'dedup_key' is incorrect (should be at most 255 characters)";
        if (Text(body, "event_action") is "acknowledge" or "resolve")
        {
            if (Text(body, "dedup_key") is null)
                yield return "'dedup_key' is missing or blank";
            yield break;
        }

        if (!body.TryGetProperty("payload", out var payload) || payload.ValueKind != JsonValueKind.Object)
        {
            yield return "'payload' is missing or blank";
            yield break;
        }

        foreach (var member in payload.EnumerateObject().Where(member => !KnownInside.Contains(member.Name)))
            yield return $"'payload.{member.Name}' is not a permitted field";
        if (Text(payload, "summary") is not { Length: <= 1024 })
            yield return "'payload.summary' is missing or blank, or longer than 1024 characters";
        if (Text(payload, "source") is null)
            yield return "'payload.source' is missing or blank";
        if (!Severities.Contains(Text(payload, "severity")))
            yield return "'payload.severity' is invalid (must be one of: critical, warning, error, info)";
        if (Text(payload, "timestamp") is { } at && !DateTimeOffset.TryParse(at, CultureInfo.InvariantCulture, out _))
            yield return "'payload.timestamp' is no ISO 8601 time";
        if (
            body.TryGetProperty("links", out var links)
            && links.EnumerateArray().Any(link => !Uri.IsWellFormedUriString(Text(link, "href"), UriKind.Absolute))
        )
            yield return "'links' need an absolute href each";
    }

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text
            ? text
            : null;
}
