using System.Text.Json;

namespace Copilot.Diagnosis.Alerts;

/// <summary>PagerDuty's webhooks, version 3. Of its events two start an incident; the others tell of one that is there.</summary>
internal static class PagerDutyEvents
{
    public const string Source = "pagerduty";

    /// <returns>Null where the event is about no incident: a ping, a service's own event.</returns>
    public static Alert? Read(JsonElement happening, string type, DateTimeOffset now)
    {
        var data = happening.Member("data");
        // A note, a status update, a responder …: the incident that it is about is a part of it.
        var incident = data.Member("incident") is { ValueKind: JsonValueKind.Object } inner ? inner : data;
        if (!type.StartsWith("incident.", StringComparison.Ordinal) || incident.Text("id") is not { } id)
            return null;
        var occurred = happening.Time("occurred_at") ?? now;
        var state =
            type == "incident.resolved" || incident.Text("status") == "resolved" ? AlertState.Over
            : type is "incident.triggered" or "incident.reopened" ? AlertState.Firing
            : AlertState.Noted;
        var service = incident.Member("service").Text("summary", "name");
        return new Alert
        {
            Source = Source,
            Key = id,
            Title = incident.Text("title", "summary") ?? "incident",
            State = state,
            StartsAt = type == "incident.triggered" ? incident.Time("created_at") ?? occurred : occurred,
            EndsAt = state == AlertState.Over ? occurred : null,
            Services = service is null ? [] : [new ServiceClaim(service, true)],
        };
    }
}
