namespace Copilot.Incidents.Rooms;

/// <param name="Contact">An e-mail address, or null.</param>
public sealed record RoomGuest(int Place, string Name, string? Contact);
