namespace Copilot.Incidents.Runbooks;

/// <summary>A runbook that fits, and why.</summary>
public sealed record RunbookMatch(Runbook Runbook, double Score, string Why);
