using Copilot.Incidents.Rooms;

namespace Copilot.Incidents.Paging;

/// <summary>
/// A service that wakes people. A page is named by its key: the same key again is the same page, so a call whose answer was lost is
/// simply made again.
/// </summary>
/// <exception cref="RoomRefusedException">It will not happen; the message tells a person why and what to do.</exception>
/// <exception cref="RoomBusyException">Not now.</exception>
public interface IPagePort
{
    /// <summary>A stable word that is stored with the steps.</summary>
    string Name { get; }

    /// <summary>Whether a page for somebody of the team reaches anybody.</summary>
    Task<bool> ReachesAsync(string team, IReadOnlyList<string> services, CancellationToken cancellation);

    /// <summary>Wakes somebody.</summary>
    /// <returns>What the page is called outside.</returns>
    Task<string> PageAsync(PageCall call, CancellationToken cancellation);

    /// <summary>Says that it is over, so that nobody else is woken for it.</summary>
    Task EndAsync(PageCall call, CancellationToken cancellation);
}
