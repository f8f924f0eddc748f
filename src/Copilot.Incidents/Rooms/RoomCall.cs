using Copilot.Store.Incidents;

namespace Copilot.Incidents.Rooms;

/// <summary>What every call to a room carries.</summary>
public sealed record RoomCall
{
    public required string IncidentId { get; init; }

    /// <summary>Names this step for ever: the same step carries the same key when it is tried again.</summary>
    public required string StepKey { get; init; }

    /// <summary>An earlier try may have had its effect.</summary>
    public required bool InDoubt { get; init; }

    /// <summary>When the incident was confirmed; nothing of it is older.</summary>
    public required DateTimeOffset IncidentCreatedAt { get; init; }

    /// <summary>What the room is called outside; null only while it is being opened.</summary>
    public string? RoomId { get; init; }

    /// <summary>Rooms that other incidents hold already.</summary>
    public IReadOnlySet<string> RoomsOfOthers { get; init; } = new HashSet<string>();

    public string Room => RoomId ?? throw new InvalidOperationException("The room has not been opened.");
}

/// <param name="Contact">An e-mail address, or null.</param>
public sealed record RoomGuest(int Place, string Name, string? Contact);

/// <param name="Detail">Why not, for a person.</param>
public sealed record GuestOutcome(InviteOutcome Outcome, string? Detail = null)
{
    public static GuestOutcome Invited { get; } = new(InviteOutcome.Invited);

    public static GuestOutcome AlreadyThere { get; } = new(InviteOutcome.AlreadyThere);

    public static GuestOutcome NotFound(string detail) => new(InviteOutcome.NotFound, detail);

    public static GuestOutcome Refused(string detail) => new(InviteOutcome.Refused, detail);
}
