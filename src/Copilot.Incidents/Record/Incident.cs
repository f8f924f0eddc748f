using System.Text.Json.Serialization;
using Copilot.Incidents.Guide;
using Copilot.Incidents.Proposals;
using Copilot.Incidents.Rooms;
using Copilot.Store.Incidents;

namespace Copilot.Incidents.Record;

/// <summary>An incident as its page shows it.</summary>
public sealed record Incident
{
    public required string Id { get; init; }

    public required int Number { get; init; }

    /// <summary>Creating while steps are due, then open, at last resolved.</summary>
    public required IncidentState State { get; init; }

    public required string Title { get; init; }

    public required IncidentSeverity Severity { get; init; }

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

    [JsonIgnore]
    public bool IsResolved => State == IncidentState.Resolved;
}

/// <summary>One line of the timeline.</summary>
public sealed record IncidentEvent(DateTimeOffset At, IncidentEventKind Kind, string Actor, string Text);

/// <param name="Document">As previewed.</param>
/// <param name="Posted">What its posts are called in the rooms outside.</param>
/// <param name="Ticks">The numbers of the steps that are ticked, with who ticked them.</param>
public sealed record IncidentGuide(
    [property: JsonIgnore] GuideDocument Document,
    IReadOnlyList<string> Posted,
    IReadOnlyDictionary<int, string> Ticks
)
{
    [JsonPropertyOrder(-1)]
    public string Markdown => Document.Markdown;

    /// <summary>The first thing to do that nobody did; null where all is done.</summary>
    [JsonIgnore]
    public GuideStep? Next => Document.ToDo.FirstOrDefault(step => !Ticks.ContainsKey(step.Number));

    /// <summary>Those of the posts that can be rewritten, by the part of the guide that they hold.</summary>
    [JsonIgnore]
    public IReadOnlyDictionary<int, string> Parts { get; init; } = new Dictionary<int, string>();
}

/// <param name="Detail">Why not, for a person.</param>
public sealed record IncidentInvitee(
    string Name,
    string? Contact,
    string Team,
    string Why,
    string Source,
    InviteOutcome Outcome,
    string? Detail
)
{
    /// <summary>Null where nobody asked for a page.</summary>
    public PageState? Page { get; init; }

    public string? PageDetail { get; init; }
}

/// <param name="Room">Which kind of room.</param>
/// <param name="Id">What it is called outside; null until it stands.</param>
/// <param name="Problems">What went wrong, with what to do.</param>
public sealed record IncidentRoom(string Room, string? Id, string? Name, int StepsDone, int Steps, IReadOnlyList<string> Problems)
{
    /// <summary>The post that told where the incident was asked for that its room stands; null where nobody was told.</summary>
    [JsonIgnore]
    public RoomOrigin? Told { get; init; }
}
