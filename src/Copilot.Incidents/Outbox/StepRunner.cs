using System.Text.Json;
using Copilot.Incidents.Paging;
using Copilot.Incidents.Rooms;
using Copilot.Store;
using Copilot.Store.Incidents;
using Microsoft.EntityFrameworkCore;

namespace Copilot.Incidents.Outbox;

/// <summary>Makes one step happen outside. Knows nothing of leases and retries.</summary>
internal sealed class StepRunner(IEnumerable<IRoomPort> rooms, IEnumerable<IPagePort> pages)
{
    private readonly Dictionary<string, IPagePort> pagers = pages.ToDictionary(port => port.Name, StringComparer.Ordinal);
    private readonly Dictionary<string, IRoomPort> ports = rooms.ToDictionary(room => room.Name, StringComparer.Ordinal);

    public async Task<StepOutcome> RunAsync(CopilotContext context, IncidentStepRow step, CancellationToken cancellation)
    {
        var payload = JsonSerializer.Deserialize<StepPayload>(step.Payload)!;
        if (step.Kind is "page" or "page_end")
            return await PageAsync(step, payload, cancellation);
        if (!ports.TryGetValue(step.Room, out var port))
            throw new RoomRefusedException($"'{step.Room}' is not configured any more. Configure it again, or work in the room in the app.");
        var call = await CallAsync(context, step, cancellation);
        switch (step.Kind)
        {
            case "open":
                var opened = await port.OpenAsync(call, payload.Text!, cancellation);
                return new StepOutcome(opened.Id) { RoomName = opened.Name, Event = ("room", $"room {opened.Name} opened") };
            case "subject":
                await port.SetSubjectAsync(call, payload.Text!, cancellation);
                return StepOutcome.Quiet;
            case "purpose":
                await port.SetPurposeAsync(call, payload.Text!, cancellation);
                return StepOutcome.Quiet;
            case "guide":
                return new StepOutcome(await port.PostAsync(call, payload.Text!, cancellation)) { Event = ("guide", "guide posted") };
            case "post":
                return new StepOutcome(await port.PostAsync(call, payload.Text!, cancellation));
            case "pin":
                await port.PinAsync(call, await ExternalIdAsync(context, step, payload.PostedBy!.Value, cancellation), cancellation);
                return StepOutcome.Quiet;
            case "link":
                await port.LinkAsync(call, payload.Text!, payload.Address!, cancellation);
                return StepOutcome.Quiet;
            case "invite":
                var outcomes = await port.InviteAsync(call, payload.Guests!, cancellation);
                return new StepOutcome(null) { Guests = [.. payload.Guests!.Zip(outcomes)] };
            case "tell":
                await port.TellAsync(call, payload.Origin!, payload.Text!, cancellation);
                return StepOutcome.Quiet;
            default:
                throw new RoomRefusedException($"'{step.Kind}' is no kind of step that this build knows.");
        }
    }

    // A page is named by its key, so that one in doubt is simply sent again.
    private async Task<StepOutcome> PageAsync(IncidentStepRow step, StepPayload payload, CancellationToken cancellation)
    {
        if (!pagers.TryGetValue(step.Room, out var pager))
            throw new RoomRefusedException($"'{step.Room}' is not configured any more. Call them by other means.");
        if (step.Kind == "page_end")
        {
            await pager.EndAsync(payload.Page!, cancellation);
            return StepOutcome.Quiet;
        }

        return new StepOutcome(await pager.PageAsync(payload.Page!, cancellation))
        {
            Paged = payload.Invitee,
            Event = ("page", $"page sent for {payload.Page!.Person} to whoever is on call for {payload.Page.Team}"),
        };
    }

    private static async Task<RoomCall> CallAsync(CopilotContext context, IncidentStepRow step, CancellationToken cancellation)
    {
        var opened = await context.Set<IncidentStepRow>().AsNoTracking()
            .Where(other => other.Room == step.Room && other.Kind == "open" && other.ExternalId != null)
            .Select(other => new { other.IncidentId, other.ExternalId }).ToListAsync(cancellation);
        var created = await context.Set<IncidentRow>().Where(row => row.Id == step.IncidentId).Select(row => row.CreatedAt).SingleAsync(cancellation);
        return new RoomCall
        {
            IncidentId = step.IncidentId,
            StepKey = FormattableString.Invariant($"{step.IncidentId}/{step.Place}"),
            InDoubt = step.InDoubt,
            IncidentCreatedAt = created,
            RoomId = opened.Find(other => other.IncidentId == step.IncidentId)?.ExternalId,
            RoomsOfOthers = opened.Where(other => other.IncidentId != step.IncidentId).Select(other => other.ExternalId!).ToHashSet(StringComparer.Ordinal),
        };
    }

    private static async Task<string> ExternalIdAsync(CopilotContext context, IncidentStepRow step, int place, CancellationToken cancellation) =>
        await context.Set<IncidentStepRow>()
            .Where(other => other.IncidentId == step.IncidentId && other.Room == step.Room && other.Place == place)
            .Select(other => other.ExternalId).SingleAsync(cancellation)
        ?? throw new RoomRefusedException("There is nothing to pin: the guide was not posted.");
}
