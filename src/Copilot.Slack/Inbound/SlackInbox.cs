using System.Text.Json;
using System.Threading.Channels;
using Copilot.Incidents.Outbox;
using Copilot.Slack.Api;
using Copilot.Slack.Conversing;
using Copilot.Slack.Rooms;
using Microsoft.Extensions.Primitives;

namespace Copilot.Slack.Inbound;

/// <summary>
/// Takes what Slack sends, by request or by socket. It is in the database before Slack is told that it was taken, so that it is answered
/// whatever happens to this process; Slack repeats a delivery that it thinks lost, so each is named by its own id and done once.
/// </summary>
/// <exception cref="System.Data.Common.DbException">Nothing was taken; Slack is to send it again.</exception>
public sealed class SlackInbox(IDeliveries deliveries)
{
    private readonly Channel<bool> _news = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite }
    );

    /// <summary>Says that something was taken here.</summary>
    internal ChannelReader<bool> News => _news.Reader;

    /// <summary>A slash command's form.</summary>
    public async Task<SlackReply> TakeCommandAsync(IReadOnlyDictionary<string, StringValues> form, CancellationToken cancellationToken)
    {
        // Slack checks certificates with an empty command now and then.
        if (form.ContainsKey("ssl_check") || SlashCommand.Read(form) is not { } command)
            return SlackReply.Empty;
        if (command.Text.Length == 0 || command.Text.Trim(' ', '?', '.', '!').Equals("help", StringComparison.OrdinalIgnoreCase))
            return Ephemeral(CommandHandler.Help);
        await AddAsync(
            $"command/{(command.TriggerId.Length > 0 ? command.TriggerId : Guid.NewGuid().ToString("N"))}",
            SlackWorkKind.Command,
            JsonSerializer.Serialize(command),
            cancellationToken
        );
        return SlackReply.Empty;
    }

    /// <summary>The body of an Events API request.</summary>
    public async Task<SlackReply> TakeEventAsync(JsonElement body, CancellationToken cancellationToken)
    {
        if (body.Text("type") == "url_verification")
            return new SlackReply(PlainText: body.Text("challenge") ?? "");
        if (body.Text("type") == "event_callback" && body.Text("event_id") is { } id && MentionHandler.Reads(body.Member("event")))
            await AddAsync($"event/{id}", SlackWorkKind.Message, body.Member("event").GetRawText(), cancellationToken);
        return SlackReply.Empty;
    }

    /// <summary>The payload of an interaction.</summary>
    public async Task<SlackReply> TakeInteractionAsync(JsonElement payload, CancellationToken cancellationToken)
    {
        var view = payload.Member("view");
        switch (payload.Text("type"))
        {
            case "block_actions"
                when payload
                    .List("actions")
                    .Any(action => IncidentDialog.Knows(action.Text("action_id")) || AnswerActions.Knows(action.Text("action_id"))):
                await AddAsync($"action/{payload.Text("trigger_id")}", SlackWorkKind.Action, payload.GetRawText(), cancellationToken);
                break;
            case "view_submission" when view.Text("callback_id") is IncidentDialog.CallbackId or ResolveModal.CallbackId:
                await AddAsync(
                    $"view/{view.Text("id")}/{view.Text("hash")}",
                    SlackWorkKind.Submission,
                    payload.GetRawText(),
                    cancellationToken
                );
                break;
            case "message_action":
                await AddAsync(
                    $"shortcut/{payload.Text("action_ts") ?? payload.Text("trigger_id")}",
                    SlackWorkKind.Shortcut,
                    payload.GetRawText(),
                    cancellationToken
                );
                break;
        }

        return SlackReply.Empty;
    }

    private async Task AddAsync(string key, string kind, string body, CancellationToken cancellationToken)
    {
        // Postgres keeps no NUL, and nobody means one.
        if (
            await deliveries.TakeAsync(
                SlackAsker.Source,
                key,
                kind,
                body.Replace("\\u0000", "", StringComparison.Ordinal),
                cancellationToken
            )
        )
            _news.Writer.TryWrite(true);
    }

    private static SlackReply Ephemeral(string text) => new(new { response_type = "ephemeral", text });
}

/// <summary>What Slack gets at once, within its three seconds.</summary>
/// <param name="Body">JSON to send; null for an empty answer.</param>
/// <param name="PlainText">Text to send instead.</param>
public sealed record SlackReply(object? Body = null, string? PlainText = null)
{
    public static SlackReply Empty { get; } = new();
}

/// <summary>What a delivery is, as it is stored with it.</summary>
internal static class SlackWorkKind
{
    public const string Command = "command";
    public const string Message = "message";
    public const string Action = "action";
    public const string Submission = "submission";
    public const string Shortcut = "shortcut";
}
