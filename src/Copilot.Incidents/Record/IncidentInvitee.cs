namespace Copilot.Incidents.Record;

/// <param name="Outcome">waiting, listed (no room outside the app: nobody was told), invited, already_there, not_found or refused.</param>
/// <param name="Detail">Why not, for a person.</param>
public sealed record IncidentInvitee(string Name, string? Contact, string Team, string Why, string Source, string Outcome, string? Detail)
{
    /// <summary>waiting, paged or refused; null where nobody asked for a page.</summary>
    public string? Page { get; init; }

    public string? PageDetail { get; init; }
}
