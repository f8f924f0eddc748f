using System.Text.Json;

namespace Copilot.Diagnosis.Alerts;

/// <summary>Alerts of dashboards' panels, as Grafana sent them before unified alerting: a rule with a state, and no times.</summary>
internal static class DashboardAlerts
{
    public static Alert? Read(string source, JsonElement body, string state, DateTimeOffset now)
    {
        AlertState? told = state.ToLowerInvariant() switch
        {
            "alerting" or "no_data" => AlertState.Firing,
            "ok" or "paused" => AlertState.Over,
            "pending" => AlertState.Noted,
            _ => null,
        };
        if (told is null)
            return null;
        var tags = body.Member("tags");
        return new Alert
        {
            Source = source,
            Key = $"rule/{body.Text("orgId")}/{body.Text("ruleId", "ruleUrl", "ruleName")}",
            Title = body.Text("ruleName") ?? body.Text("title") ?? "alert",
            State = told.Value,
            StartsAt = now,
            EndsAt = told == AlertState.Over ? now : null,
            Services = AlertLabels.Claims(tags),
        };
    }
}
