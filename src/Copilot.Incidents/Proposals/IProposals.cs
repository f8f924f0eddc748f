using Copilot.Incidents.Troubles;
using Copilot.Telemetry.Time;

namespace Copilot.Incidents.Proposals;

/// <summary>Previews of incidents. Proposing creates nothing but the preview itself.</summary>
public interface IProposals
{
    /// <summary>A preview for trouble that is already known; kept, so that it can be confirmed by its id and digest.</summary>
    Task<IncidentProposal> ProposeAsync(Trouble trouble, CancellationToken cancellation);

    /// <summary>A preview for a window that the caller already knows.</summary>
    /// <param name="scope">A TraceQL spanset filter, or null for everything.</param>
    Task<IncidentProposal> ProposeAsync(TimeWindow window, string? scope, CancellationToken cancellation);

    /// <summary>The preview as it was shown, or null.</summary>
    Task<IncidentProposal?> FindAsync(string id, CancellationToken cancellation);

    /// <summary>The same preview with fewer people, and with those chosen who are woken by a page; it has an id and digest of its own.</summary>
    /// <param name="keep">Places in the list of invitees, from 0.</param>
    /// <param name="page">Places of those who are paged too; whoever cannot be, or is not kept, is not.</param>
    Task<IncidentProposal?> ChooseAsync(string id, IReadOnlyCollection<int> keep, IReadOnlyCollection<int> page, CancellationToken cancellation);
}
