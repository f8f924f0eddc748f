using System.Text.Json;
using Copilot.Incidents.Rooms;
using Copilot.Store;
using Copilot.Store.Incidents;
using Microsoft.EntityFrameworkCore;

namespace Copilot.Incidents.Outbox;

/// <summary>Steps that were refused, made due once more: what stood in their way may be gone.</summary>
internal static class StepRetry
{
    /// <param name="by">Who is told what comes of it; those who were told before where null.</param>
    /// <returns>False where nothing was refused, or the incident is over.</returns>
    public static async Task<bool> AgainAsync(
        CopilotContext context,
        string incident,
        string room,
        RoomOrigin? by,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        if (!await context.Set<IncidentRow>().AnyAsync(row => row.Id == incident && row.State == IncidentState.Open, cancellationToken))
            return false;
        var steps = await context
            .Set<IncidentStepRow>()
            .AsNoTracking()
            .Where(step => step.IncidentId == incident && step.Room == room)
            .OrderBy(step => step.Place)
            .ToListAsync(cancellationToken);
        var refused = steps.Where(step => step.State is StepState.Failed or StepState.Skipped && step.Kind != StepKind.Report).ToList();
        if (refused.Count == 0)
            return false;
        // Who comes now is introduced too.
        if (refused.Exists(step => step.Kind == StepKind.Invite))
        {
            refused.AddRange(steps.Where(step => step is { Kind: StepKind.Introduce, State: StepState.Done }));
            await context
                .Set<IncidentInviteeRow>()
                .Where(row => row.IncidentId == incident && row.Outcome == InviteOutcome.Refused)
                .ExecuteUpdateAsync(
                    row => row.SetProperty(r => r.Outcome, InviteOutcome.Waiting).SetProperty(r => r.Detail, (string?)null),
                    cancellationToken
                );
        }

        var again = refused.Select(step => step.Id).ToList();
        await context
            .Set<IncidentStepRow>()
            .Where(row => again.Contains(row.Id))
            .ExecuteUpdateAsync(
                row =>
                    row.SetProperty(r => r.State, StepState.Waiting)
                        .SetProperty(r => r.Attempts, 0)
                        .SetProperty(r => r.Error, (string?)null)
                        .SetProperty(r => r.NotBefore, now)
                        .SetProperty(r => r.FinishedAt, (DateTimeOffset?)null),
                cancellationToken
            );
        var told = steps.FindLast(step => step.Kind == StepKind.Report);
        if (by is not null || told is not null)
        {
            context.Add(
                new IncidentStepRow
                {
                    IncidentId = incident,
                    Room = room,
                    Place = steps[^1].Place + 1,
                    Kind = StepKind.Report,
                    Payload = by is null ? told!.Payload : JsonSerializer.Serialize(new StepPayload { Origin = by }),
                    NotBefore = now,
                }
            );
        }

        await context.SaveChangesAsync(cancellationToken);
        return true;
    }
}
