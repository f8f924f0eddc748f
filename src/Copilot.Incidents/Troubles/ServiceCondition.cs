namespace Copilot.Incidents.Troubles;

/// <summary>"It is this service" as a TraceQL condition.</summary>
internal static class ServiceCondition
{
    public static string Of(string service) =>
        $"resource.service.name = \"{service.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
