using System.Text.Json;
using Copilot.Diagnosis.Investigations;
using Copilot.Incidents.Rooms;
using Copilot.Store;
using Copilot.Store.Incidents;
using Microsoft.EntityFrameworkCore;

namespace Copilot.Incidents.Outbox;

/// <summary>Makes one step happen outside. Knows nothing of leases and retries.</summary>
internal sealed class StepRunner(IEnumerable<IRoomPort> rooms, IEnumerable<IPagePort> pages)
{
    private readonly Dictionary<string, IPagePort> _pagers = pages.ToDictionary(port => port.Name, StringComparer.Ordinal);
    private readonly Dictionary<string, IRoomPort> _ports = rooms.ToDictionary(room => room.Name, StringComparer.Ordinal);

    public async Task<StepOutcome> RunAsync(CopilotContext context, IncidentStepRow step, CancellationToken cancellationToken)
    {
        var payload = JsonSerializer.Deserialize<StepPayload>(step.Payload)!;
        if (step.Kind is "page" or "page_end")
            return await PageAsync(step, payload, cancellationToken);
        if (!_ports.TryGetValue(step.Room, out var port))
            throw new RoomRefusedException(
                $"'{step.Room}' is not configured any more. Configure it again, or work in the room in the app."
            );
        var call = await CallAsync(context, step, cancellationToken);
        switch (step.Kind)
        {
            case "open":
                var opened = await port.OpenAsync(call, payload.Text!, cancellationToken);
                return new StepOutcome(opened.Id) { RoomName = opened.Name, Event = ("room", $"room {opened.Name} opened") };
            case "subject":
                await port.SetSubjectAsync(call, payload.Text!, cancellationToken);
                return StepOutcome.Quiet;
            case "purpose":
                await port.SetPurposeAsync(call, payload.Text!, cancellationToken);
                return StepOutcome.Quiet;
            case "guide":
                return new StepOutcome(await port.PostAsync(call, payload.Text!, cancellationToken)) { Event = ("guide", "guide posted") };
            case "post":
                return new StepOutcome(await port.PostAsync(call, payload.Text!, cancellationToken));
            case "pin":
                await port.PinAsync(
                    call,
                    await ExternalIdAsync(context, step, payload.PostedBy!.Value, cancellationToken),
                    cancellationToken
                );
                return StepOutcome.Quiet;
            case "link":
                await port.LinkAsync(call, payload.Text!, payload.Address!, cancellationToken);
                return StepOutcome.Quiet;
            case "invite":
                var outcomes = await port.InviteAsync(call, payload.Guests!, cancellationToken);
                return new StepOutcome(null) { Guests = [.. payload.Guests!.Zip(outcomes)] };
            case "tell":
                await port.TellAsync(call, payload.Origin!, payload.Text!, cancellationToken);
                return StepOutcome.Quiet;
            default:
                throw new RoomRefusedException($"'{step.Kind}' is no kind of step that this build knows.");
        }
    }

    // A page is named by its key, so that one in doubt is simply sent again.
    private async Task<StepOutcome> PageAsync(IncidentStepRow step, StepPayload payload, CancellationToken cancellationToken)
    {
        if (!_pagers.TryGetValue(step.Room, out var pager))
            throw new RoomRefusedException($"'{step.Room}' is not configured any more. Call them by other means.");
        if (step.Kind == "page_end")
        {
            await pager.EndAsync(payload.Page!, cancellationToken);
            return StepOutcome.Quiet;
        }

        return new StepOutcome(await pager.PageAsync(payload.Page!, cancellationToken))
        {
            Paged = payload.Invitee,
            Event = ("page", $"page sent for {payload.Page!.Person} to whoever is on call for {payload.Page.Team}"),
        };
    }

    private static async Task<RoomCall> CallAsync(CopilotContext context, IncidentStepRow step, CancellationToken cancellationToken)
    {
        var opened = await context
            .Set<IncidentStepRow>()
            .AsNoTracking()
            .Where(other => other.Room == step.Room && other.Kind == "open" && other.ExternalId != null)
            .Select(other => new { other.IncidentId, other.ExternalId })
            .ToListAsync(cancellationToken);
        var created = await context
            .Set<IncidentRow>()
            .Where(row => row.Id == step.IncidentId)
            .Select(row => row.CreatedAt)
            .SingleAsync(cancellationToken);
        return new RoomCall
        {
            IncidentId = step.IncidentId,
            StepKey = FormattableString.Invariant($"{step.IncidentId}/{step.Place}"),
            InDoubt = step.InDoubt,
            IncidentCreatedAt = created,
            RoomId = opened.Find(other => other.IncidentId == step.IncidentId)?.ExternalId,
            RoomsOfOthers = opened
                .Where(other => other.IncidentId != step.IncidentId)
                .Select(other => other.ExternalId!)
                .ToHashSet(StringComparer.Ordinal),
        };
    }

    private static async Task<string> ExternalIdAsync(
        CopilotContext context,
        IncidentStepRow step,
        int place,
        CancellationToken cancellationToken
    ) =>
        await context
            .Set<IncidentStepRow>()
            .Where(other => other.IncidentId == step.IncidentId && other.Room == step.Room && other.Place == place)
            .Select(other => other.ExternalId)
            .SingleAsync(cancellationToken)
        ?? throw new RoomRefusedException("There is nothing to pin: the guide was not posted.");
}

/// <summary>What a step made.</summary>
/// <param name="ExternalId">What the outside calls it; null where it has no name.</param>
internal sealed record StepOutcome(string? ExternalId)
{
    public static StepOutcome Quiet { get; } = new((string?)null);

    public string? RoomName { get; init; }

    /// <summary>A line for the timeline: kind and text.</summary>
    public (string Kind, string Text)? Event { get; init; }

    /// <summary>The invitee whom a page was sent for.</summary>
    public int? Paged { get; init; }

    public IReadOnlyList<(RoomGuest Guest, GuestOutcome Outcome)> Guests { get; init; } = [];
}
