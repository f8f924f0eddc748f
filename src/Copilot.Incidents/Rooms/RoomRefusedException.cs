namespace Copilot.Incidents.Rooms;

/// <summary>The other side refuses for good; trying again changes nothing until a person does something.</summary>
public sealed class RoomRefusedException(string message) : Exception(message);
