using System.Text.Json;
using Copilot.Incidents;
using Copilot.Incidents.Desk;
using Copilot.Incidents.Proposals;
using Copilot.Incidents.Rooms;
using Copilot.Slack.Api;
using Copilot.Slack.Rooms;

namespace Copilot.Slack.Creating;

/// <summary>From the button under an answer to the confirmed incident. Only a person's submission creates anything.</summary>
internal sealed class IncidentDialog(SlackApi api, IProposals proposals, IIncidents incidents, SlackOptions slack, IncidentsOptions options)
{
    public const string CallbackId = "create_incident";
    public const string ProposeAction = "propose_incident";
    public const string JoinAction = "join_incident";

    public async Task HandleActionAsync(JsonElement payload, CancellationToken cancellation)
    {
        foreach (var action in payload.List("actions"))
        {
            if (action.Text("action_id") == ProposeAction && action.Text("value") is { } proposalId)
                await OpenAsync(payload, proposalId, cancellation);
            else if (action.Text("action_id") == JoinAction && action.Text("value") is { } incidentId)
                await JoinAsync(payload, incidentId, cancellation);
        }
    }

    public async Task HandleSubmissionAsync(JsonElement payload, CancellationToken cancellation)
    {
        var user = payload.Member("user");
        var state = DialogState.Read(payload.Member("view").Text("private_metadata"));
        if (state is null || user.Text("id") is not { } userId || !MayCreate(userId))
            return;
        // The digest that was shown is what is confirmed; people who were unticked make a narrower preview of the same.
        var shown = await proposals.FindAsync(state.ProposalId, cancellation);
        if (shown is null || shown.Digest != state.Digest)
        {
            await TellAsync(state, "What was shown is not there any more. Ask again.", cancellation);
            return;
        }

        var confirmed = await proposals.NarrowAsync(state.ProposalId, ProposalModal.Ticked(payload.Member("view").Member("state"), shown.Invitees.Count), cancellation) ?? shown;
        var origin = state.Channel is null ? null : new RoomOrigin(SlackRoom.PortName, state.Channel, state.Thread, null);
        await incidents.ConfirmAsync(
            new Confirmation(confirmed.Id, confirmed.Digest, user.Text("username") ?? user.Text("name") ?? userId, origin), cancellation);
    }

    private async Task OpenAsync(JsonElement payload, string proposalId, CancellationToken cancellation)
    {
        var container = payload.Member("container");
        var message = payload.Member("message");
        var channel = payload.Member("channel").Text("id") ?? container.Text("channel_id");
        var thread = message.Text("thread_ts") ?? message.Text("ts") ?? container.Text("message_ts");
        // An ephemeral message has no thread that others could see.
        if (container.Member("is_ephemeral").ValueKind == JsonValueKind.True)
            thread = null;
        var userId = payload.Member("user").Text("id") ?? "";
        var proposal = await proposals.FindAsync(proposalId, cancellation);
        var problem = proposal is null ? "This proposal is not there any more. Ask again."
            : MayCreate(userId) ? null : "You may not create incident rooms. Whoever set the copilot up can add you to Slack:MayCreate.";
        if (problem is not null)
        {
            await RespondAsync(payload, problem, cancellation);
            return;
        }

        var state = new DialogState(proposal!.Id, proposal.Digest, channel, thread);
        await api.DoAsync("views.open", new { trigger_id = payload.Text("trigger_id"), view = ProposalModal.Of(proposal, state, options.PublicUrl) }, cancellation);
    }

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
