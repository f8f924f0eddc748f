namespace Copilot.Incidents.Rooms;

/// <param name="Id">What the room is called outside, for later calls.</param>
/// <param name="Name">Its name as people see it; it may differ from the one asked for.</param>
public sealed record OpenedRoom(string Id, string Name);
