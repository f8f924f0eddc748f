using System.Text.Json;
using Copilot.Incidents;
using Copilot.Incidents.Desk;
using Copilot.Incidents.Findings;
using Copilot.Incidents.Proposals;
using Copilot.Incidents.Rooms;
using Copilot.Slack.Api;
using Copilot.Slack.Rooms;

namespace Copilot.Slack.Creating;

/// <summary>From the button under an answer to the confirmed incident. Only a person's submission creates anything.</summary>
internal sealed class IncidentDialog(
    SlackApi api, IProposals proposals, IIncidents incidents, FindingBoard findings, SlackOptions slack, IncidentsOptions options)
{
    private const string NotAllowed = "You may not create incident rooms. Whoever set the copilot up can add you to Slack:MayCreate.";

    public const string CallbackId = "create_incident";
    public const string ProposeAction = "propose_incident";
    public const string JoinAction = "join_incident";
    public const string FindingAction = "propose_finding";

    public static bool Knows(string? action) => action is ProposeAction or JoinAction or FindingAction;

    public async Task HandleActionAsync(JsonElement payload, CancellationToken cancellation)
    {
        foreach (var action in payload.List("actions"))
        {
            if (action.Text("action_id") == ProposeAction && action.Text("value") is { } proposalId)
                await OpenAsync(payload, proposalId, cancellation);
            else if (action.Text("action_id") == FindingAction && action.Text("value") is { } findingId)
                await OpenForFindingAsync(payload, findingId, cancellation);
            else if (action.Text("action_id") == JoinAction && action.Text("value") is { } incidentId)
                await JoinAsync(payload, incidentId, cancellation);
        }
    }

    public async Task HandleSubmissionAsync(JsonElement payload, CancellationToken cancellation)
    {
        var user = payload.Member("user");
        var state = DialogState.Read(payload.Member("view").Text("private_metadata"));
        if (state is null || user.Text("id") is not { } userId)
            return;
        if (!MayCreate(userId))
        {
            await TellAsync(state, NotAllowed, cancellation);
            return;
        }

        // The digest that was shown is what is confirmed; people who were unticked make a narrower preview of the same.
        var shown = await proposals.FindAsync(state.ProposalId, cancellation);
        if (shown is null || shown.Digest != state.Digest)
        {
            await TellAsync(state, "What was shown is not there any more. Ask again.", cancellation);
            return;
        }

        // Somebody was quicker: one trouble, one room.
        if (shown.Existing is { } existing)
        {
            await TellAsync(state, $"There is a room for this already: {await PlaceAsync(existing, cancellation)}", cancellation);
            return;
        }

        var ticks = payload.Member("view").Member("state");
        var confirmed = await proposals.ChooseAsync(
            state.ProposalId, ProposalModal.Kept(ticks, shown.Invitees.Count), ProposalModal.Paged(ticks, shown.Invitees.Count), cancellation) ?? shown;
        var origin = state.Channel is null ? null : new RoomOrigin(SlackRoom.PortName, state.Channel, state.Thread, null);
        await incidents.ConfirmAsync(
            new Confirmation(confirmed.Id, confirmed.Digest, user.Text("username") ?? user.Text("name") ?? userId, origin), cancellation);
    }

    private async Task OpenForFindingAsync(JsonElement payload, string findingId, CancellationToken cancellation)
    {
        var trouble = (await findings.FindAsync(findingId, cancellation))?.Answer;
        if (trouble is null)
            await RespondAsync(payload, "This finding is not there any more. Ask what is going wrong.", cancellation);
        else
            await OpenAsync(payload, await proposals.ProposeAsync(trouble, cancellation), cancellation);
    }

    private async Task OpenAsync(JsonElement payload, string proposalId, CancellationToken cancellation) =>
        await OpenAsync(payload, await proposals.FindAsync(proposalId, cancellation), cancellation);

    private async Task OpenAsync(JsonElement payload, IncidentProposal? proposal, CancellationToken cancellation)
    {
        var container = payload.Member("container");
        var message = payload.Member("message");
        var channel = payload.Member("channel").Text("id") ?? container.Text("channel_id");
        var thread = message.Text("thread_ts") ?? message.Text("ts") ?? container.Text("message_ts");
        // An ephemeral message has no thread that others could see.
        if (container.Member("is_ephemeral").ValueKind == JsonValueKind.True)
            thread = null;
        var userId = payload.Member("user").Text("id") ?? "";
        var problem = proposal is null ? "This proposal is not there any more. Ask again."
            : !MayCreate(userId) ? NotAllowed
            : proposal.Existing is { } existing ? $"There is a room for this already: {await PlaceAsync(existing, cancellation)}" : null;
        if (problem is not null)
        {
            await RespondAsync(payload, problem, cancellation);
            return;
        }

        var state = new DialogState(proposal!.Id, proposal.Digest, channel, thread);
        try
        {
            await api.DoAsync("views.open", new { trigger_id = payload.Text("trigger_id"), view = ProposalModal.Of(proposal, state, options.PublicUrl) }, cancellation);
        }
        catch (SlackErrorException e) when (e.Error is "expired_trigger_id" or "trigger_exchanged")
        {
            // Slack lets a dialog open within three seconds of the click.
            await RespondAsync(payload, "That took too long for Slack. Press the button again.", cancellation);
        }
    }

    private async Task<string> PlaceAsync(string incidentId, CancellationToken cancellation) =>
        (await incidents.FindAsync(incidentId, cancellation))?.Rooms.FirstOrDefault(room => room.Room == SlackRoom.PortName)?.Id is { } room ? $"<#{room}>"
        : options.PageOf(incidentId) is { } page ? $"<{page.AbsoluteUri}>" : "see the incidents in the browser.";

    private async Task JoinAsync(JsonElement payload, string incidentId, CancellationToken cancellation)
    {
        var room = (await incidents.FindAsync(incidentId, cancellation))?.Rooms.FirstOrDefault(room => room.Room == SlackRoom.PortName)?.Id;
        if (room is null)
        {
            await RespondAsync(payload, options.PageOf(incidentId) is { } page ? $"That incident has no channel here. Its page: <{page.AbsoluteUri}>" : "That incident has no channel here.", cancellation);
            return;
        }

        try
        {
            await api.DoAsync("conversations.invite", new { channel = room, users = payload.Member("user").Text("id") }, cancellation);
        }
        catch (SlackErrorException e) when (e.Error == "already_in_channel")
        {
            // Then the link is all that is needed.
        }

        await RespondAsync(payload, $"The incident is worked on in <#{room}>.", cancellation);
    }

    private bool MayCreate(string userId) => slack.MayCreate.Count == 0 || slack.MayCreate.Contains(userId);

    private async Task RespondAsync(JsonElement payload, string text, CancellationToken cancellation)
    {
        if (Uri.TryCreate(payload.Text("response_url"), UriKind.Absolute, out var url))
            await api.RespondAsync(url, new { response_type = "ephemeral", replace_original = false, text }, cancellation);
    }

    private async Task TellAsync(DialogState state, string text, CancellationToken cancellation)
    {
        if (state.Channel is not null)
            await api.DoAsync("chat.postMessage", new { channel = state.Channel, thread_ts = state.Thread, text }, cancellation);
    }
}
