using Copilot.Incidents.Recovery;

namespace Copilot.Incidents.Proposals;

/// <summary>A preview of an incident: exactly what a confirmation would create. Nothing is created by proposing.</summary>
public sealed record IncidentProposal
{
    /// <summary>"p_…".</summary>
    public required string Id { get; init; }

    /// <summary>A hash of everything below; a confirmation names it, so that what is created is what was seen.</summary>
    public required string Digest { get; init; }

    public required string Title { get; init; }

    /// <summary>sev1 to sev4.</summary>
    public required string Severity { get; init; }

    /// <summary>"inc-…", a valid channel name.</summary>
    public required string ChannelName { get; init; }

    public required DateTimeOffset From { get; init; }

    public required DateTimeOffset To { get; init; }

    public IReadOnlyList<ProposedCause> Causes { get; init; } = [];

    public IReadOnlyList<AffectedService> Affected { get; init; } = [];

    public IReadOnlyList<Invitee> Invitees { get; init; } = [];

    public IReadOnlyList<string> Teams { get; init; } = [];

    /// <summary>How one sees that it is over.</summary>
    public IReadOnlyList<RecoveryCheck> Checks { get; init; } = [];

    /// <summary>Traces that show the trouble; an incident keeps them beyond retention.</summary>
    public IReadOnlyList<string> TraceIds { get; init; } = [];

    /// <summary>The file name of the runbook that the guide follows, or null.</summary>
    public string? Runbook { get; init; }

    /// <summary>Markdown.</summary>
    public required string Guide { get; init; }

    /// <summary>The id of an open incident for the same trouble; the button then is "Join".</summary>
    public string? Existing { get; init; }

    /// <summary>Its services, the causes first.</summary>
    public IReadOnlyList<string> Services() =>
        [.. Causes.Select(cause => cause.Service).Concat(Affected.Select(service => service.Service)).Distinct(StringComparer.OrdinalIgnoreCase)];
}
