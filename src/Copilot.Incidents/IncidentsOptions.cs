namespace Copilot.Incidents;

/// <summary>Configuration section "Incidents".</summary>
public sealed record IncidentsOptions
{
    /// <summary>The address under which people reach the app, for links in rooms outside it; no links without it.</summary>
    public Uri? PublicUrl { get; init; }

    /// <summary>What alert webhooks must send as <c>Authorization: Bearer …</c>; nothing is asked for without it.</summary>
    public string? AlertToken { get; init; }

    /// <inheritdoc cref="ProposalThresholds.Last"/>
    public TimeSpan ProposalsLast { get; init; } = ProposalThresholds.Last;

    public Uri? PageOf(string incidentId) => PublicUrl is null ? null : new Uri(PublicUrl, $"/incidents/{incidentId}");
}
