using Copilot.Incidents.Paging;
using Copilot.Incidents.Rooms;

namespace Copilot.Incidents.Outbox;

/// <summary>What a step needs beyond its kind; only the members of that kind are set.</summary>
internal sealed record StepPayload
{
    public string? Text { get; init; }

    public Uri? Address { get; init; }

    public IReadOnlyList<RoomGuest>? Guests { get; init; }

    public RoomOrigin? Origin { get; init; }

    public PageCall? Page { get; init; }

    /// <summary>Whom a page is for: a place in the list of invitees.</summary>
    public int? Invitee { get; init; }

    /// <summary>Which step posted what is to be pinned.</summary>
    public int? PostedBy { get; init; }
}
