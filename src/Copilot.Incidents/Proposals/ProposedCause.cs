namespace Copilot.Incidents.Proposals;

public sealed record ProposedCause(string Service, string? Operation, double Score, string Why);
