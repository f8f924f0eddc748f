using System.Text.Json;
using Copilot.Diagnosis.Investigations;
using Copilot.Incidents;
using Copilot.Incidents.Proposals;
using Copilot.Incidents.Record;
using Copilot.Incidents.Rooms;
using Copilot.Slack.Api;
using Microsoft.Extensions.Logging;

namespace Copilot.Slack.Rooms;

/// <summary>From the button under an answer to the confirmed incident. Only a person's submission creates anything, and whatever comes of a
/// press, whoever pressed is told.</summary>
internal sealed class IncidentDialog(
    SlackApi api,
    SlackReplies replies,
    SlackGuests guests,
    ResolveModal resolving,
    IProposals proposals,
    IIncidents incidents,
    InvestigationRepository findings,
    SlackOptions slack,
    IncidentsOptions options,
    ILogger<IncidentDialog> log
)
{
    private const string NotAllowed = "You may not create incident rooms. Whoever set the copilot up can add you to Slack:MayCreate.";
    private const string Gone = "What was shown is not there any more. Ask again.";

    public const string CallbackId = "create_incident";
    public const string ProposeAction = "propose_incident";
    public const string JoinAction = "join_incident";
    public const string FindingAction = "propose_finding";

    public static bool Knows(string? action) =>
        action is ProposeAction or JoinAction or FindingAction or RoomReports.RetryAction or ResolveModal.Action
        || action?.StartsWith(RoomCard.TickAction + "/", StringComparison.Ordinal) == true;

    public async Task HandleActionAsync(JsonElement payload, CancellationToken cancellationToken)
    {
        var by = Presser.Of(payload);
        foreach (var action in payload.List("actions"))
        {
            if (action.Text("value") is not { } value || !Knows(action.Text("action_id")))
                continue;
            try
            {
                await ActAsync(action.Text("action_id")!, value, by, payload, cancellationToken);
            }
            catch (SlackErrorException e) when (!e.IsSlacksOwn)
            {
                log.LogError(e, "What was pressed in Slack was refused");
                await replies.TellAsync(by, Mrkdwn.Escape(e.Message), cancellationToken);
            }
        }
    }

    public async Task HandleSubmissionAsync(JsonElement payload, CancellationToken cancellationToken)
    {
        var user = payload.Member("user");
        var state = DialogState.Read(payload.Member("view").Text("private_metadata"));
        if (state is null || user.Text("id") is not { } userId)
            return;
        var by = new Presser(userId, state.Channel, state.Thread, state.Reply, IsPrivate: true);
        var problem = await ConfirmAsync(payload, state, by, cancellationToken);
        if (problem is not null)
            await replies.TellAsync(by, problem, cancellationToken);
    }

    /// <returns>Why nothing was made; null where the room's steps are on their way, the last of which reports.</returns>
    private async Task<string?> ConfirmAsync(JsonElement payload, DialogState state, Presser by, CancellationToken cancellationToken)
    {
        if (!slack.MayChange(by.User))
            return NotAllowed;
        // The digest that was shown is what is confirmed; people who were unticked make a narrower preview of the same.
        var shown = await proposals.FindAsync(state.ProposalId, cancellationToken);
        if (shown is null || shown.Digest != state.Digest)
            return Gone;
        // Somebody was quicker: one trouble, one room.
        if (shown.Existing is { } existing)
            return $"There is a room for this already: {await PlaceAsync(existing, cancellationToken)}";
        var ticks = payload.Member("view").Member("state");
        var confirmed =
            await proposals.ChooseAsync(
                state.ProposalId,
                ProposalModal.Kept(ticks, shown.Invitees.Count),
                ProposalModal.Paged(ticks, shown.Invitees.Count),
                cancellationToken
            ) ?? shown;
        var user = payload.Member("user");
        try
        {
            var incident = await incidents.ConfirmAsync(
                new Confirmation(confirmed.Id, confirmed.Digest, user.Text("username") ?? user.Text("name") ?? by.User, Origin(by)),
                cancellationToken
            );
            return incident.Proposal.Id == confirmed.Id
                ? null
                : $"There is a room for this already: {await PlaceAsync(incident.Id, cancellationToken)}";
        }
        catch (Exception e) when (e is UnknownProposalException or ChangedProposalException)
        {
            return Gone;
        }
    }

    private Task ActAsync(string action, string value, Presser by, JsonElement payload, CancellationToken cancellationToken) =>
        action switch
        {
            ProposeAction => OpenAsync(payload, by, value, cancellationToken),
            FindingAction => OpenForFindingAsync(payload, by, value, cancellationToken),
            JoinAction => JoinAsync(by, value, cancellationToken),
            RoomReports.RetryAction => RetryAsync(by, value, cancellationToken),
            ResolveModal.Action => resolving.OpenAsync(by, payload.Text("trigger_id"), value, cancellationToken),
            _ => TickAsync(by, payload.Member("user").Text("username") ?? by.User, value, cancellationToken),
        };

    private async Task OpenForFindingAsync(JsonElement payload, Presser by, string findingId, CancellationToken cancellationToken)
    {
        var diagnosis = (await findings.FindAsync(findingId, cancellationToken))?.Answer;
        if (diagnosis is null)
            await replies.TellAsync(by, "This finding is not there any more. Ask what is going wrong.", cancellationToken);
        else
            await OpenAsync(payload, by, await proposals.ProposeAsync(diagnosis, cancellationToken), cancellationToken);
    }

    private async Task OpenAsync(JsonElement payload, Presser by, string proposalId, CancellationToken cancellationToken) =>
        await OpenAsync(payload, by, await proposals.FindAsync(proposalId, cancellationToken), cancellationToken);

    private async Task OpenAsync(JsonElement payload, Presser by, IncidentProposal? proposal, CancellationToken cancellationToken)
    {
        var problem =
            proposal is null ? Gone
            : !slack.MayChange(by.User) ? NotAllowed
            : proposal.Existing is { } existing ? $"There is a room for this already: {await PlaceAsync(existing, cancellationToken)}"
            : null;
        if (problem is not null)
        {
            await replies.TellAsync(by, problem, cancellationToken);
            return;
        }

        var state = new DialogState(proposal!.Id, proposal.Digest, by.Channel, by.Thread) { Reply = by.Reply };
        var missing = await guests.MissingAsync(proposal.Invitees, cancellationToken);
        try
        {
            await api.DoAsync(
                "views.open",
                new { trigger_id = payload.Text("trigger_id"), view = ProposalModal.Of(proposal, state, options.PublicUrl, missing) },
                cancellationToken
            );
        }
        catch (SlackErrorException e) when (e.Error is "expired_trigger_id" or "trigger_exchanged")
        {
            // Slack lets a dialog open within three seconds of the click.
            await replies.TellAsync(by, "That took too long for Slack. Press the button again.", cancellationToken);
        }
    }

    private async Task<string> PlaceAsync(string incidentId, CancellationToken cancellationToken) =>
        (await RoomOfAsync(incidentId, cancellationToken)) is { } room ? $"<#{room}>"
        : options.PageOf(incidentId) is { } page ? $"<{page.AbsoluteUri}>"
        : "see the incidents in the browser.";

    private async Task<string?> RoomOfAsync(string incidentId, CancellationToken cancellationToken) =>
        (await incidents.FindAsync(incidentId, cancellationToken))?.Rooms.FirstOrDefault(room => room.Room == SlackRoom.PortName)?.Id;

    private async Task JoinAsync(Presser by, string incidentId, CancellationToken cancellationToken)
    {
        if (await incidents.FindAsync(incidentId, cancellationToken) is not { } incident)
        {
            await replies.TellAsync(by, "This incident is not there any more.", cancellationToken);
            return;
        }

        var room = incident.Rooms.FirstOrDefault(room => room.Room == SlackRoom.PortName);
        if (room?.Id is not { } channel)
        {
            // Whoever joins is on it all the same, and can bring it on.
            await incidents.NoteAsync(incidentId, by.User, "works on it, from Slack", cancellationToken);
            var (text, blocks) = RoomReports.Of(null, RoomCard.StateOf(incident) with { Problems = room?.Problems ?? [] }, options);
            await replies.TellAsync(by, text, cancellationToken, blocks);
            return;
        }

        try
        {
            await api.DoAsync("conversations.invite", new { channel, users = by.User }, cancellationToken);
        }
        catch (SlackErrorException e) when (e.Error == "already_in_channel")
        {
            // Then the link is all that is needed.
        }

        await replies.TellAsync(by, $"The incident is worked on in <#{channel}>.", cancellationToken);
    }

    private async Task RetryAsync(Presser by, string incidentId, CancellationToken cancellationToken)
    {
        if (!slack.MayChange(by.User))
        {
            await replies.TellAsync(by, NotAllowed, cancellationToken);
            return;
        }

        var incident = await incidents.RetryAsync(incidentId, SlackRoom.PortName, Origin(by), cancellationToken);
        if (incident is null || incident.IsResolved)
            await replies.TellAsync(by, "This incident is over.", cancellationToken);
    }

    private async Task TickAsync(Presser by, string name, string value, CancellationToken cancellationToken)
    {
        if (
            value.Split('/') is not [var incident, var step, var done]
            || !int.TryParse(step, System.Globalization.CultureInfo.InvariantCulture, out var number)
            || !await incidents.TickAsync(incident, number, done == "1", name, cancellationToken)
        )
            await replies.TellAsync(by, "This step is not there any more.", cancellationToken);
    }

    private static RoomOrigin Origin(Presser by) =>
        new(SlackRoom.PortName, by.Channel ?? by.User, by.Thread, null) { User = by.User, Reply = by.Reply };
}

/// <summary>What a dialog carries through Slack and back. It names what was shown; it is no permission.</summary>
internal sealed record DialogState(string ProposalId, string Digest, string? Channel, string? Thread)
{
    /// <summary>Where whoever pressed can be answered.</summary>
    public Uri? Reply { get; init; }

    public string Write() => JsonSerializer.Serialize(this);

    public static DialogState? Read(string? text) => SlackJson.Carried<DialogState>(text);
}
