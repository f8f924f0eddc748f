using Copilot.Incidents.Proposals;
using Copilot.Incidents.Rooms;
using Copilot.Store;
using Copilot.Store.Incidents;
using Copilot.Telemetry.Text;
using Microsoft.EntityFrameworkCore;

namespace Copilot.Incidents.Outbox;

/// <summary>Reads what a room shows, as it stands when a step of it is done.</summary>
internal static class RoomStates
{
    public static async Task<RoomState> ReadAsync(
        CopilotContext context,
        string incidentId,
        string room,
        CancellationToken cancellationToken
    )
    {
        var row = await context.Set<IncidentRow>().AsNoTracking().SingleAsync(incident => incident.Id == incidentId, cancellationToken);
        var body = await context
            .Set<ProposalRow>()
            .Where(proposal => proposal.Id == row.ProposalId)
            .Select(proposal => proposal.Body)
            .SingleAsync(cancellationToken);
        var people = await context
            .Set<IncidentInviteeRow>()
            .AsNoTracking()
            .Where(invitee => invitee.IncidentId == incidentId)
            .OrderBy(invitee => invitee.Place)
            .ToListAsync(cancellationToken);
        var refused = await context
            .Set<IncidentStepRow>()
            .AsNoTracking()
            .Where(step => step.IncidentId == incidentId && step.Room == room && step.State == StepState.Failed && step.Error != null)
            .OrderBy(step => step.Place)
            .ToListAsync(cancellationToken);
        var ticks = await context
            .Set<IncidentTickRow>()
            .AsNoTracking()
            .Where(tick => tick.IncidentId == incidentId)
            .ToListAsync(cancellationToken);
        return new RoomState
        {
            IncidentId = incidentId,
            Title = row.Title,
            Severity = row.Severity,
            At = row.WindowTo,
            Guide = ProposalBody.Read(body).Guide,
            People =
            [
                .. people.Select(person => new RoomPerson(
                    person.Name,
                    person.Contact,
                    person.Team,
                    person.Why,
                    person.Outcome,
                    person.Detail
                )),
            ],
            Ticks = ticks.ToDictionary(tick => tick.Step, tick => tick.DoneBy),
            Problems = [.. refused.Select(step => $"{step.Kind.Word()}: {step.Error}")],
            ResolvedBy = row.ResolvedAt is null ? null : row.ResolvedBy ?? "",
        };
    }
}
