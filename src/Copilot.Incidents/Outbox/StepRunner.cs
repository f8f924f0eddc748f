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
        if (step.Kind is StepKind.Page or StepKind.PageEnd)
            return await PageAsync(step, payload, cancellationToken);
        if (!_ports.TryGetValue(step.Room, out var port))
            throw new DeliveryRefusedException(
                $"'{step.Room}' is not configured any more. Configure it again, or work in the room in the app."
            );
        var call = await CallAsync(context, step, cancellationToken);
        switch (step.Kind)
        {
            case StepKind.Open:
                var opened = await port.OpenAsync(call, payload.Text!, cancellationToken);
                return new StepOutcome(opened.Id)
                {
                    RoomName = opened.Name,
                    Event = (IncidentEventKind.Room, $"room {opened.Name} opened"),
                };
            case StepKind.Subject:
                await port.SetSubjectAsync(call, payload.Text!, cancellationToken);
                return StepOutcome.Quiet;
            case StepKind.Purpose:
                await port.SetPurposeAsync(call, payload.Text!, cancellationToken);
                return StepOutcome.Quiet;
            case StepKind.Guide:
                return new StepOutcome(
                    payload.Part is { } part
                        ? await port.PostGuideAsync(call, await ReadAsync(context, step, cancellationToken), part, cancellationToken)
                        : await port.PostAsync(call, payload.Text!, cancellationToken)
                )
                {
                    Event = (IncidentEventKind.Guide, "guide posted"),
                };
            case StepKind.Post:
                return new StepOutcome(await port.PostAsync(call, payload.Text!, cancellationToken));
            case StepKind.Pin:
                await port.PinAsync(
                    call,
                    await ExternalIdAsync(context, step, payload.PostedBy!.Value, cancellationToken),
                    cancellationToken
                );
                return StepOutcome.Quiet;
            case StepKind.Link:
                await port.LinkAsync(call, payload.Text!, payload.Address!, cancellationToken);
                return StepOutcome.Quiet;
            case StepKind.Invite:
                var outcomes = await port.InviteAsync(call, payload.Guests!, cancellationToken);
                return new StepOutcome(null) { Guests = [.. payload.Guests!.Zip(outcomes)] };
            case StepKind.Tell:
                return new StepOutcome(await port.TellAsync(call, payload.Origin!, payload.Text!, cancellationToken));
            case StepKind.Admit:
                await port.AdmitAsync(call, payload.Origin!, cancellationToken);
                return StepOutcome.Quiet;
            case StepKind.Introduce:
                await port.IntroduceAsync(call, await ReadAsync(context, step, cancellationToken), cancellationToken);
                return StepOutcome.Quiet;
            case StepKind.Report:
                await port.ReportAsync(call, payload.Origin!, await ReadAsync(context, step, cancellationToken), cancellationToken);
                return StepOutcome.Quiet;
            case StepKind.Unknown:
                throw new DeliveryRefusedException("Another build of this app wrote the step, and this one does not know what it is.");
            default:
                throw new ArgumentOutOfRangeException(nameof(step), step.Kind, "No such kind of step.");
        }
    }

    private static Task<RoomState> ReadAsync(CopilotContext context, IncidentStepRow step, CancellationToken cancellationToken) =>
        RoomStates.ReadAsync(context, step.IncidentId, step.Room, cancellationToken);

    // A page is named by its key, so that one in doubt is simply sent again.
    private async Task<StepOutcome> PageAsync(IncidentStepRow step, StepPayload payload, CancellationToken cancellationToken)
    {
        if (!_pagers.TryGetValue(step.Room, out var pager))
            throw new DeliveryRefusedException($"'{step.Room}' is not configured any more. Call them by other means.");
        if (step.Kind == StepKind.PageEnd)
        {
            await pager.EndAsync(payload.Page!, cancellationToken);
            return StepOutcome.Quiet;
        }

        return new StepOutcome(await pager.PageAsync(payload.Page!, cancellationToken))
        {
            Paged = payload.Invitee,
            Event = (IncidentEventKind.Page, $"page sent for {payload.Page!.Person} to whoever is on call for {payload.Page.Team}"),
        };
    }

    private static async Task<RoomCall> CallAsync(CopilotContext context, IncidentStepRow step, CancellationToken cancellationToken)
    {
        var opened = await context
            .Set<IncidentStepRow>()
            .AsNoTracking()
            .Where(other => other.Room == step.Room && other.Kind == StepKind.Open && other.ExternalId != null)
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
        ?? throw new DeliveryRefusedException("There is nothing to pin: the guide was not posted.");
}

/// <summary>What a step made.</summary>
/// <param name="ExternalId">What the outside calls it; null where it has no name.</param>
internal sealed record StepOutcome(string? ExternalId)
{
    public static StepOutcome Quiet { get; } = new((string?)null);

    public string? RoomName { get; init; }

    /// <summary>A line for the timeline: kind and text.</summary>
    public (IncidentEventKind Kind, string Text)? Event { get; init; }

    /// <summary>The invitee whom a page was sent for.</summary>
    public int? Paged { get; init; }

    public IReadOnlyList<(RoomGuest Guest, GuestOutcome Outcome)> Guests { get; init; } = [];
}
