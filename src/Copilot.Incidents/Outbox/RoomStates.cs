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
            Earlier = await EarlierAsync(context, row, room, cancellationToken),
        };
    }

    private static async Task<IReadOnlyList<EarlierRoom>> EarlierAsync(
        CopilotContext context,
        IncidentRow row,
        string room,
        CancellationToken cancellationToken
    )
    {
        var found = await context
            .Set<IncidentRow>()
            .AsNoTracking()
            .Where(other => other.Id != row.Id && other.CreatedAt < row.CreatedAt && other.ResolvedAt != null)
            .Where(other => other.Causes.Any(cause => row.Causes.Contains(cause)))
            .Join(
                context.Set<IncidentStepRow>().Where(step => step.Room == room && step.Kind == StepKind.Open && step.ExternalId != null),
                other => other.Id,
                step => step.IncidentId,
                (other, step) =>
                    new
                    {
                        step.ExternalId,
                        other.WindowFrom,
                        other.ResolvedAt,
                    }
            )
            .OrderByDescending(other => other.WindowFrom)
            .Take(OutboxThresholds.MostEarlier)
            .ToListAsync(cancellationToken);
        return [.. found.Select(other => new EarlierRoom(other.ExternalId!, other.WindowFrom, other.ResolvedAt!.Value))];
    }
}
