namespace Copilot.Incidents.Troubles;

/// <param name="Share">Of the bad requests, 0 to 1.</param>
public sealed record TroubleAttribute(string Key, string Value, double Share);
