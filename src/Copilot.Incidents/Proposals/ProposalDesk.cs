using System.Text.Json;
using Copilot.Incidents.Ownership;
using Copilot.Incidents.Runbooks;
using Copilot.Incidents.Troubles;
using Copilot.Store;
using Copilot.Store.Incidents;
using Copilot.Store.Ownership;
using Copilot.Telemetry.Time;
using Microsoft.EntityFrameworkCore;

namespace Copilot.Incidents.Proposals;

/// <summary>Makes previews and keeps each as it was shown.</summary>
internal sealed class ProposalDesk(
    IDbContextFactory<CopilotContext> contexts, IOwnership ownership, IRunbooks runbooks, ITroubleFinder finder, ServicePlaceReads places, TimeProvider time) : IProposals
{
    public async Task<IncidentProposal> ProposeAsync(Trouble trouble, CancellationToken cancellation)
    {
        var causes = new List<TroubleCause>();
        foreach (var cause in trouble.Causes)
            causes.Add(cause.Resource.Count > 0 ? cause : cause with { Resource = await places.OfAsync(cause.Service, cancellation) });
        return await KeepAsync(
            ProposalMaker.Make(trouble with { Causes = causes }, await ownership.CurrentAsync(cancellation), await runbooks.AllAsync(cancellation)), cancellation);
    }

    public async Task<IncidentProposal> ProposeAsync(TimeWindow window, string? scope, CancellationToken cancellation) =>
        await ProposeAsync(await finder.FindAsync(window, scope, cancellation), cancellation);

    public async Task<IncidentProposal?> FindAsync(string id, CancellationToken cancellation)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        var body = await context.Set<ProposalRow>().Where(row => row.Id == id).Select(row => row.Body).SingleOrDefaultAsync(cancellation);
        return body is null ? null : await WithExistingAsync(context, JsonSerializer.Deserialize<IncidentProposal>(body)!, cancellation);
    }

    public async Task<IncidentProposal?> NarrowAsync(string id, IReadOnlyCollection<int> keep, CancellationToken cancellation)
    {
        if (await FindAsync(id, cancellation) is not { } proposal)
            return null;
        var invitees = proposal.Invitees.Where((_, place) => keep.Contains(place)).ToArray();
        return invitees.Length == proposal.Invitees.Count ? proposal : await KeepAsync(ProposalDigest.Sign(proposal with { Invitees = invitees }), cancellation);
    }

    private async Task<IncidentProposal> KeepAsync(IncidentProposal proposal, CancellationToken cancellation)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        var body = JsonSerializer.Serialize(proposal with { Existing = null });
        await context.Database.ExecuteSqlAsync(
            $"insert into proposals (id, digest, body, created_at) values ({proposal.Id}, {proposal.Digest}, {body}::jsonb, {time.GetUtcNow()}) on conflict do nothing",
            cancellation);
        return await WithExistingAsync(context, proposal, cancellation);
    }

    // The same trouble: at an overlapping time, the same cause, or where no cause is known the same services.
    private static async Task<IncidentProposal> WithExistingAsync(CopilotContext context, IncidentProposal proposal, CancellationToken cancellation)
    {
        if (proposal.Causes.Count == 0 && proposal.Affected.Count == 0)
            return proposal;
        var causes = proposal.Causes.Select(cause => cause.Service).ToArray();
        var affected = proposal.Affected.Select(service => service.Service).ToArray();
        var existing = await context.Set<IncidentRow>().AsNoTracking()
            .Where(row => row.State == "open" && row.WindowFrom < proposal.To && row.WindowTo > proposal.From)
            .Where(row => row.Causes.Any(cause => causes.Contains(cause)) || row.Affected.Any(service => affected.Contains(service)))
            .OrderBy(row => row.CreatedAt).Select(row => row.Id).FirstOrDefaultAsync(cancellation);
        return proposal with { Existing = existing };
    }
}
