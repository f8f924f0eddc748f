namespace Copilot.Incidents.Record;

/// <summary>What the measures need of an incident.</summary>
/// <param name="At">When the trouble began.</param>
/// <param name="Change">The change that it is laid to: its service and time; null where it is laid to none.</param>
public sealed record MeasuredIncident(DateTimeOffset At, DateTimeOffset? ResolvedAt, IReadOnlyList<string> Teams, (string Service, DateTimeOffset Time)? Change);
