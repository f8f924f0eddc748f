namespace Copilot.Incidents.Record;

/// <summary>One line of the timeline.</summary>
/// <param name="Kind">created, room, guide, invite, note, tick, resolved, problem or finding.</param>
public sealed record IncidentEvent(DateTimeOffset At, string Kind, string Actor, string Text);
