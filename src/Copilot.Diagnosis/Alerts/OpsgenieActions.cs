using System.Text.Json;

namespace Copilot.Diagnosis.Alerts;

/// <summary>Opsgenie's outgoing webhook: one action on one alert.</summary>
internal static class OpsgenieActions
{
    public const string Source = "opsgenie";
    private const string ServiceTag = "service:";

    /// <returns>Null where the alert has no id.</returns>
    public static Alert? Read(JsonElement alert, string action, DateTimeOffset now)
    {
        if (alert.Text("alertId", "id", "alias") is not { } id)
            return null;
        var state = action.ToLowerInvariant() switch
        {
            "create" => AlertState.Firing,
            "close" or "delete" => AlertState.Over,
            _ => AlertState.Noted,
        };
        var changed = alert.Time("updatedAt") ?? now;
        var details = alert.Member("details");
        return new Alert
        {
            Source = Source,
            Key = id,
            Title = alert.Text("message") ?? "alert",
            State = state,
            StartsAt = state == AlertState.Firing ? alert.Time("createdAt") ?? changed : changed,
            EndsAt = state == AlertState.Over ? changed : null,
            Services =
            [
                .. AlertLabels.Claims(details),
                .. alert
                    .Member("tags")
                    .Items()
                    .Where(tag => tag.ValueKind == JsonValueKind.String)
                    .Select(tag => tag.GetString()!)
                    .Where(tag => tag.StartsWith(ServiceTag, StringComparison.OrdinalIgnoreCase) && tag.Length > ServiceTag.Length)
                    .Select(tag => new ServiceClaim(tag[ServiceTag.Length..].Trim(), true)),
                .. alert.Text("entity") is { } entity ? [new ServiceClaim(entity, false)] : Array.Empty<ServiceClaim>(),
            ],
        };
    }
}
