using System.Globalization;
using System.Text.Json;

namespace Copilot.Diagnosis.Investigations;

/// <summary>Webhooks of Alertmanager (version 4), Grafana (the same shape) and PagerDuty (version 3).</summary>
public static class AlertReader
{
    // Labels that name a service, the plainest first.
    private static readonly string[] ServiceLabels = ["service_name", "service", "service.name", "app", "job", "deployment", "container"];

    /// <exception cref="FormatException">The body is none of these webhooks.</exception>
    public static IReadOnlyList<Alert> Read(string source, JsonElement body, DateTimeOffset now)
    {
        if (
            body.ValueKind == JsonValueKind.Object
            && body.TryGetProperty("alerts", out var alerts)
            && alerts.ValueKind == JsonValueKind.Array
        )
            return
            [
                .. alerts
                    .EnumerateArray()
                    .Where(alert => alert.ValueKind == JsonValueKind.Object)
                    .Select((alert, at) => Prometheus(source, alert, at, now)),
            ];
        if (Member(body, "event") is { ValueKind: JsonValueKind.Object } happening && Text(happening, "event_type") is { } type)
            return type.StartsWith("incident.", StringComparison.Ordinal) ? [PagerDuty(happening, type, now)] : [];
        throw new FormatException(
            "The body is no alert webhook that is known here: Alertmanager's and Grafana's have a list 'alerts', PagerDuty's has an 'event'."
        );
    }

    private static Alert Prometheus(string source, JsonElement alert, int at, DateTimeOffset now)
    {
        var labels = Member(alert, "labels");
        var annotations = Member(alert, "annotations");
        var name = Text(labels, "alertname") ?? "alert";
        var firing = Text(alert, "status") != "resolved";
        return new Alert(
            source,
            Text(alert, "fingerprint") ?? string.Create(CultureInfo.InvariantCulture, $"{name}/{labels.GetRawTextOrEmpty()}/{at}"),
            Text(annotations, "summary") ?? Text(annotations, "title") ?? Text(annotations, "description") ?? name,
            ServiceLabels.Select(label => Text(labels, label)).FirstOrDefault(value => value is not null),
            Time(alert, "startsAt") ?? now,
            firing ? null : Time(alert, "endsAt") ?? now,
            firing
        );
    }

    private static Alert PagerDuty(JsonElement happening, string type, DateTimeOffset now)
    {
        var data = Member(happening, "data");
        var over = type == "incident.resolved";
        return new Alert(
            "pagerduty",
            Text(data, "id") ?? Text(happening, "id") ?? "incident",
            Text(data, "title") ?? "incident",
            Text(Member(data, "service"), "summary"),
            Time(data, "created_at") ?? Time(happening, "occurred_at") ?? now,
            over ? Time(happening, "occurred_at") ?? now : null,
            !over
        );
    }

    private static string GetRawTextOrEmpty(this JsonElement element) =>
        element.ValueKind == JsonValueKind.Undefined ? "" : element.GetRawText();

    private static JsonElement Member(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value : default;

    private static string? Text(JsonElement element, string name) =>
        Member(element, name) is { ValueKind: JsonValueKind.String } text && text.GetString() is { Length: > 0 } value ? value : null;

    // Prometheus writes year 1 for "not yet"; what lies centuries ahead is no time either.
    private static DateTimeOffset? Time(JsonElement element, string name) =>
        DateTimeOffset.TryParse(
            Text(element, name),
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out var time
        ) && time.Year is > AlertThresholds.FirstYear and < AlertThresholds.LastYear
            ? time
            : null;
}

/// <summary>One alert of another system. Its text is shown, never obeyed.</summary>
/// <param name="Key">Names the alert for its sender: the same key, the same alert.</param>
/// <param name="Service">The service that it says it is about, or null.</param>
/// <param name="Firing">False once it is over.</param>
public sealed record Alert(
    string Source,
    string Key,
    string Title,
    string? Service,
    DateTimeOffset StartsAt,
    DateTimeOffset? EndsAt,
    bool Firing
);
