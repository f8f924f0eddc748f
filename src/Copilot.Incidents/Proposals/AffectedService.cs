namespace Copilot.Incidents.Proposals;

public sealed record AffectedService(string Service, double Score);
