namespace Copilot.Incidents.Troubles;

/// <param name="Share">Of the bad requests, 0 to 1.</param>
/// <param name="Query">The TraceQL filter that finds the spans with it, where it is known.</param>
public sealed record TroubleAttribute(string Key, string Value, double Share, string? Query = null);
