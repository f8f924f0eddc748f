namespace Copilot.Incidents.Ownership;

/// <summary>An owner that a service's own telemetry names in a resource attribute.</summary>
public sealed record DeclaredOwner(string Service, string Key, string Value);
