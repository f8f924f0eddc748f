using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Copilot.Ownership.Catalog;

namespace Copilot.Ownership.Sources;

/// <summary>
/// Who is on call by PagerDuty's REST API: <c>/oncalls</c> from yesterday to a week ahead, overrides included, and the final entries of
/// schedules that no escalation policy uses.
/// </summary>
internal sealed class PagerDutySource(HttpClient http, PagerDutyOptions options, TimeProvider time) : ICatalogSource
{
    private const int PageSize = 100;
    private const int MostPages = 100;

    private static readonly TimeSpan Before = TimeSpan.FromDays(1);
    private static readonly TimeSpan After = TimeSpan.FromDays(7);

    private readonly SourceCall _call = new(http, "PagerDuty", "API token", "Set PagerDuty:ApiToken to a read-only REST API key.");

    public string Name => "pagerduty";

    public string Kind => "pagerduty";

    public string Place => options.ApiUrl.AbsoluteUri;

    public async Task<IReadOnlyList<CatalogFile>> ReadAsync(CancellationToken cancellationToken)
    {
        // Whole hours, so that the same answer is the same file.
        var now = time.GetUtcNow();
        var hour = now - TimeSpan.FromTicks(now.Ticks % TimeSpan.TicksPerHour);
        var range = $"since={Text(hour - Before)}&until={Text(hour + After)}";
        var calls = await PagesAsync("oncalls", $"{range}&include%5B%5D=users", cancellationToken);
        var used = calls.Select(call => call["schedule"]?["id"]?.ToString()).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var schedules = new JsonArray();
        foreach (
            var id in (await PagesAsync("schedules", "", cancellationToken))
                .Select(schedule => schedule["id"]?.ToString())
                .OfType<string>()
                .Where(id => !used.Contains(id))
        )
        {
            if ((await GetAsync($"schedules/{Uri.EscapeDataString(id)}?{range}", cancellationToken))["schedule"] is { } schedule)
                schedules.Add(schedule.DeepClone());
        }

        return
        [
            new CatalogFile(
                $"{Name}/oncalls.json",
                new JsonObject { ["oncalls"] = new JsonArray([.. calls.Select(call => call.DeepClone())]) }.ToJsonString()
            ),
            new CatalogFile($"{Name}/schedules.json", new JsonObject { ["schedules"] = schedules }.ToJsonString()),
        ];
    }

    // "Classic" paging: offset, limit, more.
    private async Task<List<JsonNode>> PagesAsync(string list, string query, CancellationToken cancellationToken)
    {
        var all = new List<JsonNode>();
        for (var page = 0; page < MostPages; page++)
        {
            var offset = page * PageSize;
            var answer = await GetAsync(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{list}?{query}{(query.Length > 0 ? "&" : "")}limit={PageSize}&offset={offset}"
                ),
                cancellationToken
            );
            if (answer[list] is not JsonArray items)
                throw new CatalogSourceException($"PagerDuty's answer has no list \"{list}\".");
            all.AddRange(items.OfType<JsonNode>());
            if (answer["more"]?.GetValueKind() != JsonValueKind.True)
                return all;
        }

        throw new CatalogSourceException($"PagerDuty gives more than {MostPages * PageSize} entries of {list}.");
    }

    private async Task<JsonNode> GetAsync(string path, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(new Uri(options.ApiUrl.AbsoluteUri.TrimEnd('/') + "/"), path));
        request.Headers.Authorization = new AuthenticationHeaderValue("Token", $"token={options.ApiToken}");
        request.Headers.Accept.ParseAdd("application/vnd.pagerduty+json;version=2");
        return await _call.ReadAsync(request, answer => JsonNode.Parse(answer), cancellationToken)
            ?? throw new CatalogSourceException("PagerDuty answers nothing.");
    }

    private static string Text(DateTimeOffset at) =>
        Uri.EscapeDataString(at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
}

/// <summary>Configuration section "PagerDuty".</summary>
public sealed record PagerDutyOptions
{
    /// <summary>Integration keys (Events API v2) by team. A team without one is paged by its catalogue entries'
    /// <c>pagerduty.com/integration-key</c>.</summary>
    public IReadOnlyDictionary<string, string> RoutingKeys { get; init; } = new Dictionary<string, string>();

    /// <summary>The integration key for teams that have none of their own.</summary>
    public string? RoutingKey { get; init; }

    public Uri EventsUrl { get; init; } = new("https://events.pagerduty.com/v2/enqueue");

    /// <summary>A read-only API token: with it, who is on call is fetched on a schedule.</summary>
    public string? ApiToken { get; init; }

    public Uri ApiUrl { get; init; } = new("https://api.pagerduty.com/");
}
