namespace Copilot.Incidents.Troubles;

/// <summary>"It is this service" as a TraceQL condition.</summary>
internal static class ServiceCondition
{
    public static string Of(string service) => $"resource.service.name = {Text(service)}";

    /// <summary>A text as TraceQL quotes it.</summary>
    public static string Text(string value) =>
        $"\"{value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
