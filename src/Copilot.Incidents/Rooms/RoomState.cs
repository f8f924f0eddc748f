using Copilot.Incidents.Proposals;
using Copilot.Store.Incidents;

namespace Copilot.Incidents.Rooms;

/// <summary>What a room shows of its incident.</summary>
public sealed record RoomState
{
    public required string IncidentId { get; init; }

    /// <summary>What was confirmed.</summary>
    public required IncidentProposal Proposal { get; init; }

    public IReadOnlyList<RoomPerson> People { get; init; } = [];

    /// <summary>The numbers of the guide's steps that are done, with who did them.</summary>
    public IReadOnlyDictionary<int, string> Ticks { get; init; } = new Dictionary<int, string>();

    /// <summary>What this room refused, with what to do.</summary>
    public IReadOnlyList<string> Problems { get; init; } = [];

    /// <summary>Null while it is worked on.</summary>
    public string? ResolvedBy { get; init; }

    public bool IsResolved => ResolvedBy is not null;
}

/// <summary>Somebody who was to come.</summary>
/// <param name="Detail">Why they did not, for a person.</param>
public sealed record RoomPerson(string Name, string? Contact, string Team, string Why, InviteOutcome Outcome, string? Detail);
