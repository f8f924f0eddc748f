namespace Copilot.Incidents.Record;

public sealed record IncidentSummary(
    string Id, int Number, string State, string Title, string Severity, string Channel, IReadOnlyList<string> Causes,
    DateTimeOffset CreatedAt, string CreatedBy, DateTimeOffset? ResolvedAt);
