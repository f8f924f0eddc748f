using System.Text.Json;
using Copilot.Incidents.Proposals;
using Copilot.Incidents.Rooms;
using Copilot.Store.Incidents;
using Copilot.Telemetry.Text;

namespace Copilot.Incidents.Outbox;

/// <summary>The steps that make a room. Guests come last, so that whoever enters finds the guide.</summary>
internal static class StepPlan
{
    public static IEnumerable<IncidentStepRow> For(
        string incidentId,
        IncidentProposal proposal,
        IRoomPort room,
        RoomOrigin? origin,
        Uri? page,
        DateTimeOffset now
    )
    {
        var place = 0;
        IncidentStepRow Step(StepKind kind, StepPayload payload) =>
            new()
            {
                IncidentId = incidentId,
                Room = room.Name,
                Place = place++,
                Kind = kind,
                Payload = JsonSerializer.Serialize(payload),
                NotBefore = now,
            };

        yield return Step(StepKind.Open, new StepPayload { Text = proposal.ChannelName });
        if (origin is { User: not null } asked && asked.Room == room.Name)
            yield return Step(StepKind.Admit, new StepPayload { Origin = asked });
        yield return Step(StepKind.Subject, new StepPayload { Text = Cut($"{proposal.Severity.Word()}: {proposal.Title}") });
        yield return Step(StepKind.Purpose, new StepPayload { Text = Cut(proposal.Title) });
        var guide = place;
        for (var part = 0; part < room.Parts(proposal.Guide); part++)
            yield return Step(StepKind.Guide, new StepPayload { Part = part });
        yield return Step(StepKind.Pin, new StepPayload { PostedBy = guide });
        if (page is not null)
            yield return Step(StepKind.Link, new StepPayload { Text = "Incident page", Address = page });
        var guests = proposal.Invitees.Select((invitee, at) => new RoomGuest(at, invitee.Name, invitee.Contact));
        foreach (var some in guests.Chunk(OutboxThresholds.GuestsAtOnce))
            yield return Step(StepKind.Invite, new StepPayload { Guests = some });
        yield return Step(StepKind.Introduce, new StepPayload());
        if (origin is null || origin.Room != room.Name)
            yield break;
        yield return Step(StepKind.Tell, new StepPayload { Text = proposal.Title, Origin = origin });
        if (origin.User is not null)
            yield return Step(StepKind.Report, new StepPayload { Origin = origin });
    }

    private static string Cut(string text) =>
        text.Length <= OutboxThresholds.LongestLine ? text : TextStart.Of(text, OutboxThresholds.LongestLine - 1) + "…";
}

/// <summary>The steps that wake people: one each, none waiting for another, and those that say that it is over.</summary>
internal static class PagePlan
{
    public static IEnumerable<IncidentStepRow> For(
        string incidentId,
        IncidentProposal proposal,
        IPagePort pages,
        Uri? address,
        DateTimeOffset now
    )
    {
        var services = proposal.Services();
        for (var place = 0; place < proposal.Invitees.Count; place++)
        {
            var invitee = proposal.Invitees[place];
            if (invitee.Page != true)
                continue;
            var call = new PageCall(
                FormattableString.Invariant($"copilot/{incidentId}/{place}"),
                invitee.Team,
                invitee.Name,
                invitee.Why,
                proposal.Title,
                proposal.Severity,
                services,
                proposal.From,
                address
            );
            yield return new IncidentStepRow
            {
                IncidentId = incidentId,
                Room = pages.Name,
                Place = place,
                Kind = StepKind.Page,
                Payload = JsonSerializer.Serialize(new StepPayload { Page = call, Invitee = place }),
                NotBefore = now,
            };
        }
    }

    /// <summary>After the pages that were sent; one that never was needs no end.</summary>
    public static IEnumerable<IncidentStepRow> Ends(IEnumerable<IncidentStepRow> steps, DateTimeOffset now)
    {
        var pages = steps.Where(step => step.Kind == StepKind.Page).ToArray();
        foreach (var page in pages.Where(page => page.State is StepState.Done or StepState.Running))
        {
            yield return new IncidentStepRow
            {
                IncidentId = page.IncidentId,
                Room = page.Room,
                Place = pages.Max(step => step.Place) + 1 + page.Place,
                Kind = StepKind.PageEnd,
                Payload = page.Payload,
                NotBefore = now,
            };
        }
    }
}

/// <summary>What a step needs beyond its kind; only the members of that kind are set.</summary>
internal sealed record StepPayload
{
    public string? Text { get; init; }

    public Uri? Address { get; init; }

    public IReadOnlyList<RoomGuest>? Guests { get; init; }

    public RoomOrigin? Origin { get; init; }

    public PageCall? Page { get; init; }

    /// <summary>Whom a page is for: a place in the list of invitees.</summary>
    public int? Invitee { get; init; }

    /// <summary>Of the guide, from 0; null in steps that were planned when a guide was kept as text.</summary>
    public int? Part { get; init; }

    /// <summary>Which step posted what is to be pinned.</summary>
    public int? PostedBy { get; init; }
}
