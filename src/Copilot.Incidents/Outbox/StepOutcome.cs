using Copilot.Incidents.Rooms;

namespace Copilot.Incidents.Outbox;

/// <summary>What a step made.</summary>
/// <param name="ExternalId">What the outside calls it; null where it has no name.</param>
internal sealed record StepOutcome(string? ExternalId)
{
    public static StepOutcome Quiet { get; } = new((string?)null);

    public string? RoomName { get; init; }

    /// <summary>A line for the timeline: kind and text.</summary>
    public (string Kind, string Text)? Event { get; init; }

    /// <summary>The invitee whom a page was sent for.</summary>
    public int? Paged { get; init; }

    public IReadOnlyList<(RoomGuest Guest, GuestOutcome Outcome)> Guests { get; init; } = [];
}
