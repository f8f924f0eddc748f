using Copilot.Store;
using Copilot.Store.Incidents;
using Microsoft.EntityFrameworkCore;

namespace Copilot.Incidents.Proposals;

/// <summary>
/// Whether somebody has an open incident for the same trouble already: at an overlapping time, a cause in common; where either knows
/// no cause, an affected service in common.
/// </summary>
internal static class SameTrouble
{
    /// <summary>The oldest such incident's id.</summary>
    public static async Task<string?> FindAsync(CopilotContext context, IncidentProposal proposal, CancellationToken cancellation)
    {
        var causes = proposal.Causes.Select(cause => cause.Service).ToArray();
        var affected = proposal.Affected.Select(service => service.Service).ToArray();
        return await context.Set<IncidentRow>().AsNoTracking()
            .Where(row => row.State == "open" && row.WindowFrom < proposal.To && row.WindowTo > proposal.From)
            .Where(row => row.Causes.Any(cause => causes.Contains(cause))
                || ((causes.Length == 0 || !row.Causes.Any()) && row.Affected.Any(service => affected.Contains(service))))
            .OrderBy(row => row.CreatedAt).Select(row => row.Id).FirstOrDefaultAsync(cancellation);
    }

    /// <summary>Until the transaction ends, nobody else confirms: of two previews of one trouble, the second finds the first one's incident.</summary>
    public static Task LockAsync(CopilotContext context, CancellationToken cancellation) =>
        context.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtext('copilot incident confirmation'))", cancellation);
}
