using Copilot.Incidents.Rooms;
using Copilot.Store.Incidents;

namespace Copilot.Incidents.Record;

/// <summary>Incidents: made from confirmed previews, worked on, resolved.</summary>
public interface IIncidents
{
    /// <summary>Makes exactly what was previewed, once, however often it is confirmed.</summary>
    /// <returns>The incident; where one is open for the same trouble already, that one, and nothing is made.</returns>
    /// <exception cref="UnknownProposalException">No such preview.</exception>
    /// <exception cref="ChangedProposalException">The digest is another preview's.</exception>
    Task<Incident> ConfirmAsync(Confirmation confirmation, CancellationToken cancellationToken);

    Task<Incident?> FindAsync(string id, CancellationToken cancellationToken);

    /// <summary>The incident whose room this is outside the app.</summary>
    Task<Incident?> FindByRoomAsync(string room, string roomId, CancellationToken cancellationToken);

    /// <summary>Newest first.</summary>
    Task<IReadOnlyList<IncidentSummary>> ListAsync(CancellationToken cancellationToken);

    /// <summary>Adds a line to the timeline. False where there is no such incident.</summary>
    Task<bool> NoteAsync(string id, string by, string text, CancellationToken cancellationToken);

    /// <summary>Ticks or unticks a box of the guide, counted from 0. False where there is no such incident or box.</summary>
    Task<bool> TickAsync(string id, int step, bool done, string by, CancellationToken cancellationToken);

    /// <summary>Tries once more what a room refused. Null where there is no such incident; unchanged where nothing was refused.</summary>
    /// <param name="by">Who is told there what comes of it; those who were told before where null.</param>
    Task<Incident?> RetryAsync(string id, string room, RoomOrigin? by, CancellationToken cancellationToken);

    /// <summary>Ends it, once; the rooms outside are told. Null where there is no such incident.</summary>
    Task<Incident?> ResolveAsync(string id, Resolution resolution, CancellationToken cancellationToken);

    /// <inheritdoc cref="ResolveAsync(string, Resolution, CancellationToken)"/>
    Task<Incident?> ResolveAsync(string id, string by, CancellationToken cancellationToken) =>
        ResolveAsync(id, new Resolution(by), cancellationToken);

    /// <summary>It was not over after all; the rooms outside are told, nobody is paged again. Null where there is no such
    /// incident.</summary>
    Task<Incident?> ReopenAsync(string id, string by, CancellationToken cancellationToken);

    /// <summary>What an incident is rated as, after a person looked. False where there is no such incident.</summary>
    Task<bool> RateAsync(string id, IncidentSeverity severity, string by, CancellationToken cancellationToken);
}
