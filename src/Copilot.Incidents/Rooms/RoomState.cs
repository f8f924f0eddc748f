using Copilot.Incidents.Guide;
using Copilot.Store.Incidents;

namespace Copilot.Incidents.Rooms;

/// <summary>What a room shows of its incident.</summary>
public sealed record RoomState
{
    public required string IncidentId { get; init; }

    public required string Title { get; init; }

    public required IncidentSeverity Severity { get; init; }

    /// <summary>A time of the trouble, near to those that the guide tells.</summary>
    public required DateTimeOffset At { get; init; }

    public required GuideDocument Guide { get; init; }

    public IReadOnlyList<RoomPerson> People { get; init; } = [];

    /// <summary>The numbers of the guide's steps that are done, with who did them.</summary>
    public IReadOnlyDictionary<int, string> Ticks { get; init; } = new Dictionary<int, string>();

    /// <summary>What this room refused, with what to do.</summary>
    public IReadOnlyList<string> Problems { get; init; } = [];

    /// <summary>Rooms of the same cause that are over, the newest first.</summary>
    public IReadOnlyList<EarlierRoom> Earlier { get; init; } = [];

    /// <summary>Null while it is worked on.</summary>
    public string? ResolvedBy { get; init; }

    public bool IsResolved => ResolvedBy is not null;
}

/// <summary>Somebody who was to come.</summary>
/// <param name="Detail">Why they did not, for a person.</param>
public sealed record RoomPerson(string Name, string? Contact, string Team, string Why, InviteOutcome Outcome, string? Detail);

/// <summary>Where the same was worked on before.</summary>
/// <param name="Id">What the room is called outside.</param>
/// <param name="From">When the trouble began.</param>
public sealed record EarlierRoom(string Id, DateTimeOffset From, DateTimeOffset ResolvedAt);
