using System.Text.Json;
using Copilot.Incidents.Outbox;
using Copilot.Store;
using Copilot.Store.Incidents;
using Microsoft.EntityFrameworkCore;

namespace Copilot.Incidents.Record;

/// <summary>Posts to an incident's rooms that nobody asked for: after whatever is still due there.</summary>
internal static class RoomPosts
{
    /// <summary>For whoever holds the incident's row; nothing is saved yet.</summary>
    /// <returns>Whether there is a room.</returns>
    public static async Task<bool> AddAsync(
        CopilotContext context,
        string incidentId,
        string markdown,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var steps = await context
            .Set<IncidentStepRow>()
            .AsNoTracking()
            .Where(step => step.IncidentId == incidentId && step.Kind != StepKind.Page && step.Kind != StepKind.PageEnd)
            .ToListAsync(cancellationToken);
        var rooms = steps
            .GroupBy(step => step.Room)
            .Where(room => room.Any(step => step is { Kind: StepKind.Open, State: StepState.Done }))
            .ToArray();
        foreach (var room in rooms)
            context.Add(
                new IncidentStepRow
                {
                    IncidentId = incidentId,
                    Room = room.Key,
                    Place = room.Max(step => step.Place) + 1,
                    Kind = StepKind.Post,
                    Payload = JsonSerializer.Serialize(new StepPayload { Text = markdown }),
                    NotBefore = now,
                }
            );
        return rooms.Length > 0;
    }
}
