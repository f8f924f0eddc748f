namespace Copilot.Incidents.Paging;

/// <summary>Configuration section "PagerDuty".</summary>
public sealed record PagerDutyOptions
{
    /// <summary>Integration keys (Events API v2) by team. A team without one is paged by its catalogue entries' <c>pagerduty.com/integration-key</c>.</summary>
    public IReadOnlyDictionary<string, string> RoutingKeys { get; init; } = new Dictionary<string, string>();

    /// <summary>The integration key for teams that have none of their own.</summary>
    public string? RoutingKey { get; init; }

    public Uri EventsUrl { get; init; } = new("https://events.pagerduty.com/v2/enqueue");

    /// <summary>A read-only API token: with it, who is on call is fetched on a schedule.</summary>
    public string? ApiToken { get; init; }

    public Uri ApiUrl { get; init; } = new("https://api.pagerduty.com/");
}
