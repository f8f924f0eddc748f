using System.Text.Json;

namespace Copilot.Diagnosis.Alerts;

/// <summary>Alertmanager's webhook, version 4, and that of Grafana's unified alerting, which has the same shape.</summary>
internal static class PrometheusAlerts
{
    public const string Alertmanager = "alertmanager";
    public const string Grafana = "grafana";

    public static IReadOnlyList<Alert> Read(string source, JsonElement body, JsonElement alerts, DateTimeOffset now) =>
        [.. alerts.Items().Where(alert => alert.IsObject()).Select(alert => One(source, body, alert, now))];

    private static Alert One(string source, JsonElement body, JsonElement alert, DateTimeOffset now)
    {
        var labels = alert.Member("labels");
        var annotations = alert.Member("annotations");
        var over = (alert.Text("status") ?? body.Text("status")) == "resolved";
        return new Alert
        {
            Source = source,
            Key = alert.Text("fingerprint") ?? AlertLabels.Key(labels) ?? body.Text("groupKey") ?? "alert",
            Title = annotations.Text("summary", "title", "description") ?? labels.Text("alertname") ?? "alert",
            State = over ? AlertState.Over : AlertState.Firing,
            StartsAt = alert.Time("startsAt") ?? now,
            EndsAt = over ? alert.Time("endsAt") ?? now : null,
            Services = AlertLabels.Claims(labels),
        };
    }
}
