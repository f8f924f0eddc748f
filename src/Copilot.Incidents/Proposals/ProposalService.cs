using Copilot.Diagnosis.Diagnoses;
using Copilot.Diagnosis.Windows;
using Copilot.Incidents.Rooms;
using Copilot.Ownership.Catalog;
using Copilot.Ownership.Owners;
using Copilot.Store;
using Copilot.Store.Incidents;
using Copilot.Store.Ownership;
using Copilot.Telemetry.Records;
using Microsoft.EntityFrameworkCore;

namespace Copilot.Incidents.Proposals;

/// <summary>Previews of incidents. Proposing creates nothing but the preview itself.</summary>
public interface IProposals
{
    /// <summary>A preview for trouble that is already known; kept, so that it can be confirmed by its id and digest.</summary>
    Task<IncidentProposal> ProposeAsync(WindowDiagnosis diagnosis, CancellationToken cancellationToken);

    /// <summary>A preview for a window that the caller already knows.</summary>
    /// <param name="scope">A TraceQL spanset filter, or null for everything.</param>
    Task<IncidentProposal> ProposeAsync(TimeWindow window, string? scope, CancellationToken cancellationToken);

    /// <summary>The preview as it was shown, or null.</summary>
    Task<IncidentProposal?> FindAsync(string id, CancellationToken cancellationToken);

    /// <summary>The same preview with fewer people, and with those chosen who are woken by a page; it has an id and digest of its
    /// own.</summary>
    /// <param name="keep">Places in the list of invitees, from 0.</param>
    /// <param name="page">Places of those who are paged too; whoever cannot be, or is not kept, is not.</param>
    Task<IncidentProposal?> ChooseAsync(
        string id,
        IReadOnlyCollection<int> keep,
        IReadOnlyCollection<int> page,
        CancellationToken cancellationToken
    );
}

/// <summary>Makes previews and keeps each as it was shown.</summary>
internal sealed class ProposalService(
    IDbContextFactory<CopilotContext> contexts,
    IOwnership ownership,
    IRunbooks runbooks,
    IWindowDiagnoser finder,
    ServicePlaceReads places,
    TimeProvider time,
    IncidentsOptions options,
    IPagePort? pages = null
) : IProposals
{
    public async Task<IncidentProposal> ProposeAsync(WindowDiagnosis diagnosis, CancellationToken cancellationToken)
    {
        var causes = new List<DiagnosedCause>();
        foreach (var cause in diagnosis.Causes)
            causes.Add(cause.Resource.Count > 0 ? cause : cause with { Resource = await places.OfAsync(cause.Service, cancellationToken) });
        var made = ProposalMaker.Make(
            diagnosis with
            {
                Causes = causes,
            },
            await ownership.CurrentAsync(cancellationToken),
            await runbooks.AllAsync(cancellationToken)
        );
        return await KeepAsync(await OfferPagesAsync(made, cancellationToken), cancellationToken);
    }

    public async Task<IncidentProposal> ProposeAsync(TimeWindow window, string? scope, CancellationToken cancellationToken) =>
        await ProposeAsync(await finder.FindAsync(window, null, scope, cancellationToken), cancellationToken);

    public async Task<IncidentProposal?> FindAsync(string id, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var oldest = time.GetUtcNow() - options.ProposalsLast;
        var body = await context
            .Set<ProposalRow>()
            .Where(row => row.Id == id && row.CreatedAt > oldest)
            .Select(row => row.Body)
            .SingleOrDefaultAsync(cancellationToken);
        return body is null ? null : await WithExistingAsync(context, ProposalBody.Read(body), cancellationToken);
    }

    public async Task<IncidentProposal?> ChooseAsync(
        string id,
        IReadOnlyCollection<int> keep,
        IReadOnlyCollection<int> page,
        CancellationToken cancellationToken
    )
    {
        if (await FindAsync(id, cancellationToken) is not { } proposal)
            return null;
        var invitees = proposal
            .Invitees.Select((invitee, place) => invitee.Page is null ? invitee : invitee with { Page = page.Contains(place) })
            .Where((_, place) => keep.Contains(place))
            .ToArray();
        return invitees.SequenceEqual(proposal.Invitees)
            ? proposal
            : await KeepAsync(ProposalDigest.Sign(proposal with { Invitees = invitees }), cancellationToken);
    }

    // Whom a page would reach is offered it; nobody is paged unless somebody ticks it.
    private async Task<IncidentProposal> OfferPagesAsync(IncidentProposal proposal, CancellationToken cancellationToken)
    {
        if (pages is null || proposal.Invitees.Count == 0)
            return proposal;
        var services = proposal.Services();
        var invitees = new List<Invitee>();
        foreach (var invitee in proposal.Invitees)
            invitees.Add(await pages.ReachesAsync(invitee.Team, services, cancellationToken) ? invitee with { Page = false } : invitee);
        return ProposalDigest.Sign(proposal with { Invitees = invitees });
    }

    private async Task<IncidentProposal> KeepAsync(IncidentProposal proposal, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var body = ProposalBody.Write(proposal with { Existing = null });
        // The same preview shown again lasts from then on.
        await context.Database.ExecuteSqlAsync(
            $"""
            insert into proposals (id, digest, body, created_at) values ({proposal.Id}, {proposal.Digest}, {body}::jsonb,
              {time.GetUtcNow()})
            on conflict (id) do update set created_at = excluded.created_at
            """,
            cancellationToken
        );
        return await WithExistingAsync(context, proposal, cancellationToken);
    }

    private static async Task<IncidentProposal> WithExistingAsync(
        CopilotContext context,
        IncidentProposal proposal,
        CancellationToken cancellationToken
    ) => proposal with { Existing = await SameCause.ToJoinAsync(context, proposal, cancellationToken) };
}
