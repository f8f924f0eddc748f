namespace Copilot.Incidents.Record;

/// <param name="Room">Which kind of room.</param>
/// <param name="Id">What it is called outside; null until it stands.</param>
/// <param name="Problems">What went wrong, with what to do.</param>
public sealed record IncidentRoom(string Room, string? Id, string? Name, int StepsDone, int Steps, IReadOnlyList<string> Problems);
