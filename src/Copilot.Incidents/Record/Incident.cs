using Copilot.Incidents.Proposals;

namespace Copilot.Incidents.Record;

/// <summary>An incident as its page shows it.</summary>
public sealed record Incident
{
    public required string Id { get; init; }

    public required int Number { get; init; }

    /// <summary>creating while steps are due, then open, at last resolved.</summary>
    public required string State { get; init; }

    public required string Title { get; init; }

    public required string Severity { get; init; }

    /// <summary>The room's name: as it stands outside, else as previewed.</summary>
    public required string Channel { get; init; }

    /// <summary>The rooms outside the app.</summary>
    public IReadOnlyList<IncidentRoom> Rooms { get; init; } = [];

    public IReadOnlyList<IncidentInvitee> Invitees { get; init; } = [];

    public required IncidentGuide Guide { get; init; }

    public IReadOnlyList<IncidentEvent> Timeline { get; init; } = [];

    /// <summary>What was confirmed.</summary>
    public required IncidentProposal Proposal { get; init; }

    public required string CreatedBy { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public string? ResolvedBy { get; init; }

    public DateTimeOffset? ResolvedAt { get; init; }
}
