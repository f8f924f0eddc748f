using System.Text.Json;
using Copilot.Incidents.Paging;
using Copilot.Incidents.Proposals;
using Copilot.Store.Incidents;

namespace Copilot.Incidents.Outbox;

/// <summary>The steps that wake people: one each, none waiting for another, and those that say that it is over.</summary>
internal static class PagePlan
{
    public static IEnumerable<IncidentStepRow> For(string incidentId, IncidentProposal proposal, IPagePort pages, Uri? address, DateTimeOffset now)
    {
        var services = proposal.Services();
        for (var place = 0; place < proposal.Invitees.Count; place++)
        {
            var invitee = proposal.Invitees[place];
            if (invitee.Page != true)
                continue;
            var call = new PageCall(
                FormattableString.Invariant($"copilot/{incidentId}/{place}"), invitee.Team, invitee.Name, invitee.Why, proposal.Title, proposal.Severity, services, proposal.From, address);
            yield return new IncidentStepRow
            {
                IncidentId = incidentId,
                Room = pages.Name,
                Place = place,
                Kind = "page",
                Payload = JsonSerializer.Serialize(new StepPayload { Page = call, Invitee = place }),
                NotBefore = now,
            };
        }
    }

    /// <summary>After the pages that were sent; one that never was needs no end.</summary>
    public static IEnumerable<IncidentStepRow> Ends(IEnumerable<IncidentStepRow> steps, DateTimeOffset now)
    {
        var pages = steps.Where(step => step.Kind == "page").ToArray();
        foreach (var page in pages.Where(page => page.State is "done" or "running"))
        {
            yield return new IncidentStepRow
            {
                IncidentId = page.IncidentId,
                Room = page.Room,
                Place = pages.Max(step => step.Place) + 1 + page.Place,
                Kind = "page_end",
                Payload = page.Payload,
                NotBefore = now,
            };
        }
    }
}
