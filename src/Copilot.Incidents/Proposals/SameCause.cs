using System.Linq.Expressions;
using Copilot.Store;
using Copilot.Store.Incidents;
using Microsoft.EntityFrameworkCore;

namespace Copilot.Incidents.Proposals;

/// <summary>Whether somebody has an open incident for the trouble already, of this time or lasting into it. Both give the oldest one's
/// id.</summary>
internal static class SameCause
{
    /// <summary>What one is asked to join: a cause or an affected service in common.</summary>
    public static Task<string?> ToJoinAsync(CopilotContext context, IncidentProposal proposal, CancellationToken cancellationToken)
    {
        var (causes, affected) = Services(proposal);
        return FindAsync(
            context,
            proposal,
            row => row.Causes.Any(cause => causes.Contains(cause)) || row.Affected.Any(service => affected.Contains(service)),
            cancellationToken
        );
    }

    /// <summary>
    /// What makes a second room needless: a cause in common; where either knows no cause, an affected service in common. Two faults at
    /// one time that reach the same service may have a room each.
    /// </summary>
    public static Task<string?> ToShareAsync(CopilotContext context, IncidentProposal proposal, CancellationToken cancellationToken)
    {
        var (causes, affected) = Services(proposal);
        return FindAsync(
            context,
            proposal,
            row =>
                row.Causes.Any(cause => causes.Contains(cause))
                || ((causes.Length == 0 || !row.Causes.Any()) && row.Affected.Any(service => affected.Contains(service))),
            cancellationToken
        );
    }

    /// <summary>Until the transaction ends, nobody else confirms: of two previews of one trouble, the second finds the first one's
    /// incident.</summary>
    public static Task LockAsync(CopilotContext context, CancellationToken cancellationToken) =>
        context.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtext('copilot incident confirmation'))", cancellationToken);

    private static (string[] Causes, string[] Affected) Services(IncidentProposal proposal) =>
        ([.. proposal.Causes.Select(cause => cause.Service)], [.. proposal.Affected.Select(service => service.Service)]);

    private static Task<string?> FindAsync(
        CopilotContext context,
        IncidentProposal proposal,
        Expression<Func<IncidentRow, bool>> isSame,
        CancellationToken cancellationToken
    )
    {
        // What is open lasts, however short its window was when it was made; what was forgotten is not today's.
        var lasting = proposal.From - ProposalThresholds.OpenFor;
        return context
            .Set<IncidentRow>()
            .AsNoTracking()
            .Where(row => row.State == IncidentState.Open && row.WindowFrom < proposal.To && row.WindowTo > lasting)
            .Where(isSame)
            .OrderBy(row => row.CreatedAt)
            .Select(row => (string?)row.Id)
            .FirstOrDefaultAsync(cancellationToken);
    }
}
