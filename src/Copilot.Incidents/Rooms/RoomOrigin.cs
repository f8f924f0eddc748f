namespace Copilot.Incidents.Rooms;

/// <summary>Where outside the app an incident was asked for.</summary>
/// <param name="Room">The port's name.</param>
/// <param name="Place">What the place is called there.</param>
/// <param name="Thread">The post that it was asked under, or null.</param>
/// <param name="Post">The product's own post there that may be rewritten, or null.</param>
public sealed record RoomOrigin(string Room, string Place, string? Thread, string? Post);
