using System.Text.Json;
using Copilot.Incidents.Outbox;
using Copilot.Incidents.Proposals;
using Copilot.Store;
using Copilot.Store.Incidents;
using Copilot.Telemetry.Text;
using Microsoft.EntityFrameworkCore;

namespace Copilot.Incidents.Record;

/// <summary>Puts an incident together from its rows.</summary>
internal static class IncidentReader
{
    public static async Task<Incident?> ReadAsync(CopilotContext context, string id, CancellationToken cancellationToken)
    {
        var row = await context.Set<IncidentRow>().AsNoTracking().SingleOrDefaultAsync(incident => incident.Id == id, cancellationToken);
        if (row is null)
            return null;
        var body = await context
            .Set<ProposalRow>()
            .Where(proposal => proposal.Id == row.ProposalId)
            .Select(proposal => proposal.Body)
            .SingleAsync(cancellationToken);
        var proposal = ProposalBody.Read(body);
        var steps = await context
            .Set<IncidentStepRow>()
            .AsNoTracking()
            .Where(step => step.IncidentId == id)
            .OrderBy(step => step.Room)
            .ThenBy(step => step.Place)
            .ToListAsync(cancellationToken);
        var invitees = await context
            .Set<IncidentInviteeRow>()
            .AsNoTracking()
            .Where(invitee => invitee.IncidentId == id)
            .OrderBy(invitee => invitee.Place)
            .ToListAsync(cancellationToken);
        var events = await context
            .Set<IncidentEventRow>()
            .AsNoTracking()
            .Where(line => line.IncidentId == id)
            .OrderBy(line => line.Id)
            .ToListAsync(cancellationToken);
        var ticks = await context.Set<IncidentTickRow>().AsNoTracking().Where(tick => tick.IncidentId == id).ToListAsync(cancellationToken);
        var rooms = steps
            .Where(step => step.Kind is not (StepKind.Page or StepKind.PageEnd))
            .GroupBy(step => step.Room)
            .Select(Room)
            .ToArray();
        return new Incident
        {
            Id = row.Id,
            Number = row.Number,
            State = row.State == IncidentState.Open && steps.Exists(IsDue) ? IncidentState.Creating : row.State,
            Title = row.Title,
            Severity = row.Severity,
            Channel = rooms.Select(room => room.Name).FirstOrDefault(name => name is not null) ?? row.RoomName,
            Rooms = rooms,
            Invitees =
            [
                .. invitees.Select(invitee => new IncidentInvitee(
                    invitee.Name,
                    invitee.Contact,
                    invitee.Team,
                    invitee.Why,
                    invitee.Source,
                    invitee.Outcome,
                    invitee.Detail
                )
                {
                    Page = invitee.Page,
                    PageDetail = invitee.PageDetail,
                }),
            ],
            Guide = new IncidentGuide(
                proposal.Guide,
                [.. steps.Where(step => step is { Kind: StepKind.Guide, ExternalId: not null }).Select(step => step.ExternalId!)],
                ticks.ToDictionary(tick => tick.Step, tick => tick.DoneBy)
            )
            {
                Parts = Parts(steps),
            },
            Timeline = [.. events.Select(line => new IncidentEvent(line.At, line.Kind, line.Actor, line.Text))],
            Proposal = proposal,
            CreatedBy = row.CreatedBy,
            CreatedAt = row.CreatedAt,
            ResolvedBy = row.ResolvedBy,
            ResolvedAt = row.ResolvedAt,
        };
    }

    // A guide of one post was a card before posts had numbers; of several they were text.
    private static Dictionary<int, string> Parts(List<IncidentStepRow> steps)
    {
        var planned = steps.Where(step => step.Kind == StepKind.Guide).ToList();
        return planned
            .Where(step => step.ExternalId is not null)
            .Select(step =>
                (
                    Part: JsonSerializer.Deserialize<StepPayload>(step.Payload)!.Part ?? (planned.Count == 1 ? 0 : null),
                    Post: step.ExternalId!
                )
            )
            .Where(posted => posted.Part is not null)
            .DistinctBy(posted => posted.Part)
            .ToDictionary(posted => posted.Part!.Value, posted => posted.Post);
    }

    private static IncidentRoom Room(IGrouping<string, IncidentStepRow> steps)
    {
        var opened = steps.FirstOrDefault(step => step.Kind == StepKind.Open);
        return new IncidentRoom(
            steps.Key,
            opened?.ExternalId,
            opened?.ExternalName,
            steps.Count(step => step.State == StepState.Done),
            steps.Count(),
            [
                .. steps
                    .Where(step => step.Error is not null && step.State != StepState.Done)
                    .Select(step => $"{step.Kind.Word()}: {step.Error}"),
            ]
        )
        {
            Told = steps.FirstOrDefault(step => step is { Kind: StepKind.Tell, ExternalId: not null }) is { } told
                ? JsonSerializer.Deserialize<StepPayload>(told.Payload)!.Origin! with
                {
                    Post = told.ExternalId,
                }
                : null,
        };
    }

    private static bool IsDue(IncidentStepRow step) => step.State is StepState.Waiting or StepState.Running;
}
