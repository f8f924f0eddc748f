using System.Text.Json;
using Copilot.Incidents.Ownership;
using Copilot.Incidents.Paging;
using Copilot.Incidents.Record;
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
    IDbContextFactory<CopilotContext> contexts, IOwnership ownership, IRunbooks runbooks, ITroubleFinder finder, ServicePlaceReads places, TimeProvider time,
    IncidentsOptions options, IPagePort? pages = null) : IProposals
{
    public async Task<IncidentProposal> ProposeAsync(Trouble trouble, CancellationToken cancellation)
    {
        var causes = new List<TroubleCause>();
        foreach (var cause in trouble.Causes)
            causes.Add(cause.Resource.Count > 0 ? cause : cause with { Resource = await places.OfAsync(cause.Service, cancellation) });
        var made = ProposalMaker.Make(trouble with { Causes = causes }, await ownership.CurrentAsync(cancellation), await runbooks.AllAsync(cancellation));
        return await KeepAsync(await OfferPagesAsync(made, cancellation), cancellation);
    }

    public async Task<IncidentProposal> ProposeAsync(TimeWindow window, string? scope, CancellationToken cancellation) =>
        await ProposeAsync(await finder.FindAsync(window, null, scope, cancellation), cancellation);

    public async Task<IncidentProposal?> FindAsync(string id, CancellationToken cancellation)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        var oldest = time.GetUtcNow() - options.ProposalsLast;
        var body = await context.Set<ProposalRow>().Where(row => row.Id == id && row.CreatedAt > oldest).Select(row => row.Body).SingleOrDefaultAsync(cancellation);
        return body is null ? null : await WithExistingAsync(context, JsonSerializer.Deserialize<IncidentProposal>(body)!, cancellation);
    }

    public async Task<IncidentProposal?> ChooseAsync(string id, IReadOnlyCollection<int> keep, IReadOnlyCollection<int> page, CancellationToken cancellation)
    {
        if (await FindAsync(id, cancellation) is not { } proposal)
            return null;
        var invitees = proposal.Invitees.Select((invitee, place) => invitee.Page is null ? invitee : invitee with { Page = page.Contains(place) })
            .Where((_, place) => keep.Contains(place)).ToArray();
        return invitees.SequenceEqual(proposal.Invitees) ? proposal : await KeepAsync(ProposalDigest.Sign(proposal with { Invitees = invitees }), cancellation);
    }

    // Whom a page would reach is offered it; nobody is paged unless somebody ticks it.
    private async Task<IncidentProposal> OfferPagesAsync(IncidentProposal proposal, CancellationToken cancellation)
    {
        if (pages is null || proposal.Invitees.Count == 0)
            return proposal;
        var services = proposal.Services();
        var invitees = new List<Invitee>();
        foreach (var invitee in proposal.Invitees)
            invitees.Add(await pages.ReachesAsync(invitee.Team, services, cancellation) ? invitee with { Page = false } : invitee);
        return ProposalDigest.Sign(proposal with { Invitees = invitees });
    }

    private async Task<IncidentProposal> KeepAsync(IncidentProposal proposal, CancellationToken cancellation)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        var body = JsonSerializer.Serialize(proposal with { Existing = null });
        // The same preview shown again lasts from then on.
        await context.Database.ExecuteSqlAsync(
            $"""
            insert into proposals (id, digest, body, created_at) values ({proposal.Id}, {proposal.Digest}, {body}::jsonb, {time.GetUtcNow()})
            on conflict (id) do update set created_at = excluded.created_at
            """,
            cancellation);
        return await WithExistingAsync(context, proposal, cancellation);
    }

    private static async Task<IncidentProposal> WithExistingAsync(CopilotContext context, IncidentProposal proposal, CancellationToken cancellation) =>
        proposal with { Existing = await SameTrouble.ToJoinAsync(context, proposal, cancellation) };
}
