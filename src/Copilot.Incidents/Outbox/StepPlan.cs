using System.Text.Json;
using Copilot.Incidents.Proposals;
using Copilot.Incidents.Rooms;
using Copilot.Store.Incidents;
using Copilot.Telemetry.Text;

namespace Copilot.Incidents.Outbox;

/// <summary>The steps that make a room. Guests come last, so that whoever enters finds the guide.</summary>
internal static class StepPlan
{
    // What the strictest known service takes in one call; documentation disagrees between 100 and 1000.
    private const int GuestsAtOnce = 100;

    // Subject lines and purposes are cut by the strictest known service at 250 characters.
    private const int LongestLine = 250;

    public static IEnumerable<IncidentStepRow> For(
        string incidentId, IncidentProposal proposal, IRoomPort room, RoomOrigin? origin, Uri? page, DateTimeOffset now)
    {
        var place = 0;
        IncidentStepRow Step(string kind, StepPayload payload) => new()
        {
            IncidentId = incidentId,
            Room = room.Name,
            Place = place++,
            Kind = kind,
            Payload = JsonSerializer.Serialize(payload),
            NotBefore = now,
        };

        yield return Step("open", new StepPayload { Text = proposal.ChannelName });
        yield return Step("subject", new StepPayload { Text = Cut($"{proposal.Severity}: {proposal.Title}") });
        yield return Step("purpose", new StepPayload { Text = Cut($"Incident {incidentId}. {proposal.Title}") });
        var guide = place;
        foreach (var part in room.Parts(proposal.Guide))
            yield return Step("guide", new StepPayload { Text = part });
        yield return Step("pin", new StepPayload { PostedBy = guide });
        if (page is not null)
            yield return Step("link", new StepPayload { Text = "Incident page", Address = page });
        var guests = proposal.Invitees.Select((invitee, at) => new RoomGuest(at, invitee.Name, invitee.Contact));
        foreach (var some in guests.Chunk(GuestsAtOnce))
            yield return Step("invite", new StepPayload { Guests = some });
        if (origin is not null && origin.Room == room.Name)
            yield return Step("tell", new StepPayload { Text = proposal.Title, Origin = origin });
    }

    private static string Cut(string text) => text.Length <= LongestLine ? text : TextStart.Of(text, LongestLine - 1) + "…";
}
