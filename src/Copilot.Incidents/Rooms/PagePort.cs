using Copilot.Diagnosis.Investigations;
using Copilot.Store.Incidents;

namespace Copilot.Incidents.Rooms;

/// <summary>
/// A service that wakes people. A page is named by its key: the same key again is the same page, so a call whose answer was lost is
/// simply made again.
/// </summary>
/// <exception cref="DeliveryRefusedException">It will not happen; the message tells a person why and what to do.</exception>
/// <exception cref="DeliveryBusyException">Not now.</exception>
public interface IPagePort
{
    /// <summary>A stable word that is stored with the steps.</summary>
    string Name { get; }

    /// <summary>Whether a page for somebody of the team reaches anybody.</summary>
    Task<bool> ReachesAsync(string team, IReadOnlyList<string> services, CancellationToken cancellationToken);

    /// <summary>Wakes somebody.</summary>
    /// <returns>What the page is called outside.</returns>
    Task<string> PageAsync(PageCall call, CancellationToken cancellationToken);

    /// <summary>Says that it is over, so that nobody else is woken for it.</summary>
    Task EndAsync(PageCall call, CancellationToken cancellationToken);
}

/// <summary>One page for one person of an incident.</summary>
/// <param name="Key">Names the page for ever; at most 255 characters.</param>
/// <param name="Services">The incident's services, its cause first.</param>
/// <param name="Address">The incident's page, or null.</param>
public sealed record PageCall(
    string Key,
    string Team,
    string Person,
    string Why,
    string Title,
    IncidentSeverity Severity,
    IReadOnlyList<string> Services,
    DateTimeOffset Since,
    Uri? Address
);
