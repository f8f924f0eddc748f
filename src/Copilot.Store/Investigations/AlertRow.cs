namespace Copilot.Store.Investigations;

/// <summary>An alert as it is kept: what was told of it last, and the investigation that it is part of.</summary>
public sealed record AlertRow
{
    /// <summary>A digest of the source and of what the alert is there; no time is part of it.</summary>
    public required string Id { get; init; }

    public required string Source { get; init; }

    public required string Title { get; init; }

    public required bool Firing { get; init; }

    /// <summary>The latest start that was told.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>The latest end that was told; null where none was.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Null where it was over before it was looked into.</summary>
    public string? InvestigationId { get; init; }

    public required DateTimeOffset LastSeenAt { get; init; }
}
