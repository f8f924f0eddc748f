using System.Text.Json;
using Copilot.Diagnosis.Investigations;
using Copilot.Incidents;
using Copilot.Incidents.Proposals;
using Copilot.Incidents.Record;
using Copilot.Incidents.Rooms;
using Copilot.Slack.Api;

namespace Copilot.Slack.Rooms;

/// <summary>From the button under an answer to the confirmed incident. Only a person's submission creates anything.</summary>
internal sealed class IncidentDialog(
    SlackApi api,
    IProposals proposals,
    IIncidents incidents,
    InvestigationRepository findings,
    SlackOptions slack,
    IncidentsOptions options
)
{
    private const string NotAllowed = "You may not create incident rooms. Whoever set the copilot up can add you to Slack:MayCreate.";

    public const string CallbackId = "create_incident";
    public const string ProposeAction = "propose_incident";
    public const string JoinAction = "join_incident";
    public const string FindingAction = "propose_finding";

    public static bool Knows(string? action) => action is ProposeAction or JoinAction or FindingAction;

    public async Task HandleActionAsync(JsonElement payload, CancellationToken cancellationToken)
    {
        foreach (var action in payload.List("actions"))
        {
            if (action.Text("action_id") == ProposeAction && action.Text("value") is { } proposalId)
                await OpenAsync(payload, proposalId, cancellationToken);
            else if (action.Text("action_id") == FindingAction && action.Text("value") is { } findingId)
                await OpenForFindingAsync(payload, findingId, cancellationToken);
            else if (action.Text("action_id") == JoinAction && action.Text("value") is { } incidentId)
                await JoinAsync(payload, incidentId, cancellationToken);
        }
    }

    public async Task HandleSubmissionAsync(JsonElement payload, CancellationToken cancellationToken)
    {
        var user = payload.Member("user");
        var state = DialogState.Read(payload.Member("view").Text("private_metadata"));
        if (state is null || user.Text("id") is not { } userId)
            return;
        if (!MayCreate(userId))
        {
            await TellAsync(state, NotAllowed, cancellationToken);
            return;
        }

        // The digest that was shown is what is confirmed; people who were unticked make a narrower preview of the same.
        var shown = await proposals.FindAsync(state.ProposalId, cancellationToken);
        if (shown is null || shown.Digest != state.Digest)
        {
            await TellAsync(state, "What was shown is not there any more. Ask again.", cancellationToken);
            return;
        }

        // Somebody was quicker: one trouble, one room.
        if (shown.Existing is { } existing)
        {
            await TellAsync(state, $"There is a room for this already: {await PlaceAsync(existing, cancellationToken)}", cancellationToken);
            return;
        }

        var ticks = payload.Member("view").Member("state");
        var confirmed =
            await proposals.ChooseAsync(
                state.ProposalId,
                ProposalModal.Kept(ticks, shown.Invitees.Count),
                ProposalModal.Paged(ticks, shown.Invitees.Count),
                cancellationToken
            ) ?? shown;
        var origin = state.Channel is null ? null : new RoomOrigin(SlackRoom.PortName, state.Channel, state.Thread, null);
        await incidents.ConfirmAsync(
            new Confirmation(confirmed.Id, confirmed.Digest, user.Text("username") ?? user.Text("name") ?? userId, origin),
            cancellationToken
        );
    }

    private async Task OpenForFindingAsync(JsonElement payload, string findingId, CancellationToken cancellationToken)
    {
        var diagnosis = (await findings.FindAsync(findingId, cancellationToken))?.Answer;
        if (diagnosis is null)
            await RespondAsync(payload, "This finding is not there any more. Ask what is going wrong.", cancellationToken);
        else
            await OpenAsync(payload, await proposals.ProposeAsync(diagnosis, cancellationToken), cancellationToken);
    }

    private async Task OpenAsync(JsonElement payload, string proposalId, CancellationToken cancellationToken) =>
        await OpenAsync(payload, await proposals.FindAsync(proposalId, cancellationToken), cancellationToken);

    private async Task OpenAsync(JsonElement payload, IncidentProposal? proposal, CancellationToken cancellationToken)
    {
        var container = payload.Member("container");
        var message = payload.Member("message");
        var channel = payload.Member("channel").Text("id") ?? container.Text("channel_id");
        var thread = message.Text("thread_ts") ?? message.Text("ts") ?? container.Text("message_ts");
        // An ephemeral message has no thread that others could see.
        if (container.Member("is_ephemeral").ValueKind == JsonValueKind.True)
            thread = null;
        var userId = payload.Member("user").Text("id") ?? "";
        var problem =
            proposal is null ? "This proposal is not there any more. Ask again."
            : !MayCreate(userId) ? NotAllowed
            : proposal.Existing is { } existing ? $"There is a room for this already: {await PlaceAsync(existing, cancellationToken)}"
            : null;
        if (problem is not null)
        {
            await RespondAsync(payload, problem, cancellationToken);
            return;
        }

        var state = new DialogState(proposal!.Id, proposal.Digest, channel, thread);
        try
        {
            await api.DoAsync(
                "views.open",
                new { trigger_id = payload.Text("trigger_id"), view = ProposalModal.Of(proposal, state, options.PublicUrl) },
                cancellationToken
            );
        }
        catch (SlackErrorException e) when (e.Error is "expired_trigger_id" or "trigger_exchanged")
        {
            // Slack lets a dialog open within three seconds of the click.
            await RespondAsync(payload, "That took too long for Slack. Press the button again.", cancellationToken);
        }
    }

    private async Task<string> PlaceAsync(string incidentId, CancellationToken cancellationToken) =>
        (await incidents.FindAsync(incidentId, cancellationToken))?.Rooms.FirstOrDefault(room => room.Room == SlackRoom.PortName)?.Id
            is { } room
            ? $"<#{room}>"
        : options.PageOf(incidentId) is { } page ? $"<{page.AbsoluteUri}>"
        : "see the incidents in the browser.";

    private async Task JoinAsync(JsonElement payload, string incidentId, CancellationToken cancellationToken)
    {
        var room = (await incidents.FindAsync(incidentId, cancellationToken))
            ?.Rooms.FirstOrDefault(room => room.Room == SlackRoom.PortName)
            ?.Id;
        if (room is null)
        {
            await RespondAsync(
                payload,
                options.PageOf(incidentId) is { } page
                    ? $"That incident has no channel here. Its page: <{page.AbsoluteUri}>"
                    : "That incident has no channel here.",
                cancellationToken
            );
            return;
        }

        try
        {
            await api.DoAsync("conversations.invite", new { channel = room, users = payload.Member("user").Text("id") }, cancellationToken);
        }
        catch (SlackErrorException e) when (e.Error == "already_in_channel")
        {
            // Then the link is all that is needed.
        }

        await RespondAsync(payload, $"The incident is worked on in <#{room}>.", cancellationToken);
    }

    private bool MayCreate(string userId) => slack.MayCreate.Count == 0 || slack.MayCreate.Contains(userId);

    private async Task RespondAsync(JsonElement payload, string text, CancellationToken cancellationToken)
    {
        if (Uri.TryCreate(payload.Text("response_url"), UriKind.Absolute, out var url))
            await api.RespondAsync(
                url,
                new
                {
                    response_type = "ephemeral",
                    replace_original = false,
                    text,
                },
                cancellationToken
            );
    }

    private async Task TellAsync(DialogState state, string text, CancellationToken cancellationToken)
    {
        if (state.Channel is not null)
            await api.DoAsync(
                "chat.postMessage",
                new
                {
                    channel = state.Channel,
                    thread_ts = state.Thread,
                    text,
                },
                cancellationToken
            );
    }
}

/// <summary>What a dialog carries through Slack and back. It names what was shown; it is no permission.</summary>
internal sealed record DialogState(string ProposalId, string Digest, string? Channel, string? Thread)
{
    public string Write() => JsonSerializer.Serialize(this);

    public static DialogState? Read(string? text)
    {
        try
        {
            return text is null ? null : JsonSerializer.Deserialize<DialogState>(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
