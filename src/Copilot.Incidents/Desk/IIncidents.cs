using Copilot.Incidents.Record;

namespace Copilot.Incidents.Desk;

/// <summary>Incidents: made from confirmed previews, worked on, resolved.</summary>
public interface IIncidents
{
    /// <summary>Makes exactly what was previewed, once, however often it is confirmed.</summary>
    /// <returns>The incident; where one is open for the same trouble already, that one, and nothing is made.</returns>
    /// <exception cref="UnknownProposalException">No such preview.</exception>
    /// <exception cref="ChangedProposalException">The digest is another preview's.</exception>
    Task<Incident> ConfirmAsync(Confirmation confirmation, CancellationToken cancellation);

    Task<Incident?> FindAsync(string id, CancellationToken cancellation);

    /// <summary>The incident whose room this is outside the app.</summary>
    Task<Incident?> FindByRoomAsync(string room, string roomId, CancellationToken cancellation);

    /// <summary>Newest first.</summary>
    Task<IReadOnlyList<IncidentSummary>> ListAsync(CancellationToken cancellation);

    /// <summary>Adds a line to the timeline. False where there is no such incident.</summary>
    Task<bool> NoteAsync(string id, string by, string text, CancellationToken cancellation);

    /// <summary>Ticks or unticks a box of the guide, counted from 0. False where there is no such incident or box.</summary>
    Task<bool> TickAsync(string id, int step, bool done, string by, CancellationToken cancellation);

    /// <summary>Ends it, once; the rooms outside are told. Null where there is no such incident.</summary>
    Task<Incident?> ResolveAsync(string id, string by, CancellationToken cancellation);
}
