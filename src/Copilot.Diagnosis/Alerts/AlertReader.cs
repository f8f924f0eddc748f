using System.Text.Json;

namespace Copilot.Diagnosis.Alerts;

/// <summary>
/// Webhooks of Alertmanager (version 4), Grafana (unified, and the alerts of dashboards before it), PagerDuty (version 3), Opsgenie and
/// whoever sends the plain shape. What a body is, it tells by itself.
/// </summary>
public static class AlertReader
{
    private const string Plain = "generic";

    /// <summary>The systems that have an address of their own.</summary>
    public static IReadOnlyList<string> Sources { get; } =
    [PrometheusAlerts.Alertmanager, PrometheusAlerts.Grafana, PagerDutyEvents.Source, OpsgenieActions.Source, Plain];

    /// <param name="now">Where a delivery tells no time.</param>
    /// <exception cref="FormatException">The body is none of these webhooks.</exception>
    public static IReadOnlyList<Alert> Read(string source, JsonElement body, DateTimeOffset now)
    {
        if (body.Member("alerts") is { ValueKind: JsonValueKind.Array } alerts && !IsPlain(source, body))
            return PrometheusAlerts.Read(source, body, alerts, now);
        if (body.Member("event") is { ValueKind: JsonValueKind.Object } happening && happening.Text("event_type") is { } type)
            return PagerDutyEvents.Read(happening, type, now) is { } alert ? [alert] : [];
        if (body.Member("alert") is { ValueKind: JsonValueKind.Object } opsgenie && body.Text("action") is { } action)
            return OpsgenieActions.Read(opsgenie, action, now) is { } alert ? [alert] : [];
        if (body.Text("ruleName") is not null && body.Text("state") is { } state)
            return DashboardAlerts.Read(source, body, state, now) is { } alert ? [alert] : [];
        if (source == Plain)
            return GenericAlerts.Read(source, body, now);
        throw new FormatException(
            "The body is no alert webhook that is known here: Alertmanager's and Grafana's have a list 'alerts' "
                + "(dashboards' alerts of older "
                + "Grafanas a 'ruleName' and a 'state'), PagerDuty's has an 'event', Opsgenie's an 'action' and an 'alert'. Other senders: "
                + "POST /api/v1/alerts/generic."
        );
    }

    /// <summary>A plain list under the same name as Alertmanager's: its alerts have no labels.</summary>
    private static bool IsPlain(string source, JsonElement body) =>
        source == Plain && body.Member("alerts").Items().All(alert => !alert.Member("labels").IsObject());
}
