namespace Copilot.Incidents.Rooms;

/// <summary>The other side asks to wait. Nothing happened.</summary>
public sealed class RoomBusyException(TimeSpan retryAfter, string message) : Exception(message)
{
    public TimeSpan RetryAfter { get; } = retryAfter;
}
