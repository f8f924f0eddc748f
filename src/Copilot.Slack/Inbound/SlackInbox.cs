using System.Text.Json;
using System.Threading.Channels;
using Copilot.Slack.Api;
using Copilot.Slack.Conversing;
using Copilot.Slack.Creating;
using Microsoft.Extensions.Primitives;

namespace Copilot.Slack.Inbound;

/// <summary>
/// Takes what Slack sends, by request or by socket, and acknowledges it at once; the work is done afterwards. Slack repeats a
/// delivery that it thinks lost, so each is named by its own id and done once.
/// </summary>
public sealed class SlackInbox
{
    private readonly Channel<SlackWork> work = Channel.CreateBounded<SlackWork>(new BoundedChannelOptions(1000) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly CommandHandler commands;
    private readonly MentionHandler mentions;
    private readonly IncidentDialog dialog;

    internal SlackInbox(CommandHandler commands, MentionHandler mentions, IncidentDialog dialog) =>
        (this.commands, this.mentions, this.dialog) = (commands, mentions, dialog);

    internal ChannelReader<SlackWork> Work => work.Reader;

    /// <summary>A slash command's form.</summary>
    public SlackReply TakeCommand(IReadOnlyDictionary<string, StringValues> form)
    {
        // Slack checks certificates with an empty command now and then.
        if (form.ContainsKey("ssl_check") || SlashCommand.Read(form) is not { } command)
            return SlackReply.Empty;
        if (command.Text.Length == 0 || command.Text is "help")
            return Ephemeral(CommandHandler.Help);
        Add(new SlackWork(null, cancellation => commands.HandleAsync(command, cancellation)));
        return command.Text is "status" or "timeline" or "resolve" or "postmortem" ? SlackReply.Empty : Ephemeral("Looking…");
    }

    /// <summary>The body of an Events API request.</summary>
    public SlackReply TakeEvent(JsonElement body)
    {
        if (body.Text("type") == "url_verification")
            return new SlackReply(PlainText: body.Text("challenge") ?? "");
        if (body.Text("type") == "event_callback" && body.Text("event_id") is { } id && MentionHandler.Reads(body.Member("event")))
        {
            var message = body.Member("event").Clone();
            Add(new SlackWork($"slack/{id}", cancellation => mentions.HandleAsync(message, cancellation)));
        }

        return SlackReply.Empty;
    }

    /// <summary>The payload of an interaction.</summary>
    public SlackReply TakeInteraction(JsonElement payload)
    {
        var copy = payload.Clone();
        switch (payload.Text("type"))
        {
            case "block_actions":
                Add(new SlackWork(null, cancellation => dialog.HandleActionAsync(copy, cancellation)));
                break;
            case "view_submission" when payload.Member("view").Text("callback_id") == IncidentDialog.CallbackId:
                Add(new SlackWork($"slack/view/{payload.Member("view").Text("id")}", cancellation => dialog.HandleSubmissionAsync(copy, cancellation)));
                break;
            case "message_action":
                Add(new SlackWork($"slack/action/{payload.Text("action_ts")}", cancellation => mentions.HandleShortcutAsync(copy, cancellation)));
                break;
        }

        return SlackReply.Empty;
    }

    private void Add(SlackWork item) => work.Writer.TryWrite(item);

    private static SlackReply Ephemeral(string text) => new(new { response_type = "ephemeral", text });
}
