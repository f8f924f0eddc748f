using System.Text.Json;

namespace Copilot.Diagnosis.Alerts;

/// <summary>
/// The plain shape, one alert or a list of them: a <c>status</c> and something that tells which alert it is; <c>title</c>,
/// <c>service</c>, <c>labels</c> and times where there are any. PagerDuty's Events API, version 2, is read as such a one.
/// </summary>
internal static class GenericAlerts
{
    /// <exception cref="FormatException">An alert has no status that is known, or nothing that tells which it is.</exception>
    public static IReadOnlyList<Alert> Read(string source, JsonElement body, DateTimeOffset now)
    {
        var list = body.ValueKind == JsonValueKind.Array ? body : body.Member("alerts");
        var alerts = list.ValueKind == JsonValueKind.Array ? list.Items() : [body];
        return [.. alerts.Select(alert => One(source, alert, now))];
    }

    private static Alert One(string source, JsonElement alert, DateTimeOffset now)
    {
        if (!alert.IsObject())
            throw new FormatException("An alert is a JSON object with a status and an id, or a list of such objects.");
        var payload = alert.Member("payload");
        var labels = alert.Member("labels", "tags");
        var title = alert.Text("title", "summary", "message", "name", "description") ?? payload.Text("summary");
        var state = State(alert);
        var service = alert.Text("service", "service_name", "serviceName") ?? alert.Member("service").Text("name", "summary");
        return new Alert
        {
            Source = source,
            Key =
                alert.Text("fingerprint", "key", "dedup_key", "dedupKey", "alias")
                ?? AlertLabels.Key(labels)
                ?? alert.Text("id", "alert_id", "alertId", "incident_id", "incidentId")
                ?? (title is null ? null : $"title/{service}/{title}")
                ?? throw new FormatException(
                    "Nothing in the alert tells which it is: give it a 'fingerprint', 'labels', an 'id' or at least a 'title'."
                ),
            Title = title ?? "alert",
            State = state,
            StartsAt =
                alert.Time("startsAt", "starts_at", "startedAt", "started_at", "createdAt", "created_at", "timestamp")
                ?? payload.Time("timestamp")
                ?? now,
            EndsAt =
                state == AlertState.Over
                    ? alert.Time("endsAt", "ends_at", "endedAt", "ended_at", "resolvedAt", "resolved_at", "closedAt", "closed_at") ?? now
                    : null,
            Services =
            [
                .. service is null ? Array.Empty<ServiceClaim>() : [new ServiceClaim(service, true)],
                .. AlertLabels.Claims(labels),
                .. payload.Text("component", "source") is { } component
                    ? [new ServiceClaim(component, false)]
                    : Array.Empty<ServiceClaim>(),
            ],
        };
    }

    private static AlertState State(JsonElement alert)
    {
        var word = alert.Text("status", "state", "event_action", "action");
        return word?.ToLowerInvariant() switch
        {
            "firing" or "alerting" or "triggered" or "trigger" or "open" or "opened" or "active" or "problem" or "critical" or "warning" =>
                AlertState.Firing,
            "resolved" or "resolve" or "ok" or "closed" or "close" or "recovered" or "recovery" or "normal" or "inactive" =>
                AlertState.Over,
            "acknowledged" or "acknowledge" or "pending" or "updated" or "update" or "noted" => AlertState.Noted,
            _ => throw new FormatException(
                $"The alert's status {(word is null ? "is missing" : "is not known")}: 'firing' starts it, 'resolved' "
                    + "ends it, 'acknowledged' "
                    + "and 'updated' change nothing."
            ),
        };
    }
}
