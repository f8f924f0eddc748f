using System.Collections.Concurrent;
using Copilot.Diagnosis.Investigations;
using Copilot.Incidents.Record;
using Copilot.Slack.Api;
using Copilot.Store.Investigations;

namespace Copilot.Slack.Rooms;

/// <summary>
/// Lets the posts of findings follow the incidents that were made of them: "Create" becomes "Join", and is "Create" again once it is
/// resolved.
/// </summary>
internal sealed class FindingPosts(SlackInvestigations findings, InvestigationRepository repository, InvestigationNoticeStore notices)
{
    private readonly ConcurrentDictionary<string, bool> _seen = new(StringComparer.Ordinal);

    public async Task FollowAsync(Incident incident, CancellationToken cancellationToken)
    {
        if (!findings.IsConfigured || (_seen.TryGetValue(incident.Id, out var resolved) && resolved == incident.IsResolved))
            return;
        var concerned = incident.Proposal.Services().ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var notice in await notices.OfPlaceAsync(findings.Name, cancellationToken))
        {
            if (
                notice is { State: NoticeState.Open, Reference: { } post }
                && await repository.FindAsync(notice.SuggestionId, cancellationToken) is { IsOpen: true } investigation
                && investigation.Services.Any(concerned.Contains)
            )
                await RewriteAsync(investigation, post, cancellationToken);
        }

        _seen[incident.Id] = incident.IsResolved;
    }

    private async Task RewriteAsync(Investigation investigation, string post, CancellationToken cancellationToken)
    {
        try
        {
            await findings.RewriteAsync(investigation, post, cancellationToken);
            // What closed meanwhile may have been told before this was.
            if (await repository.FindAsync(investigation.Id, cancellationToken) is { IsOpen: false } closed)
                await findings.RewriteAsync(closed, post, cancellationToken);
        }
        catch (SlackErrorException)
        {
            // The post is gone, or its channel is another one now: nobody sees it.
        }
    }
}
