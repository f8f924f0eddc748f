using System.Text.Json;
using Copilot.Answers.Contract;
using Copilot.Incidents;
using Copilot.Incidents.Outbox;
using Copilot.Slack.Api;
using Copilot.Slack.Rooms;
using Microsoft.Extensions.Logging;

namespace Copilot.Slack.Conversing;

/// <summary>Mentions in channels, direct messages, and the shortcut on a message. The answer is a reply in the thread.</summary>
internal sealed class MentionHandler(
    SlackApi api,
    SlackPosts posts,
    SlackAsker asker,
    IDeliveries deliveries,
    IncidentsOptions options,
    TimeProvider time,
    ILogger<MentionHandler> log
)
{
    public const string Apology = "That could not be answered just now. Ask again in a minute, or in the browser.";

    /// <summary>True for what people wrote to the app. A mention in a subscribed channel comes as a plain message too; that one is passed
    /// over.</summary>
    public static bool Reads(JsonElement message) =>
        message.Text("bot_id") is null
        && message.Text("subtype") is null
        && message.Text("user") is not null
        && (message.Text("type") == "app_mention" || (message.Text("type") == "message" && message.Text("channel_type") == "im"));

    public Task HandleAsync(Delivery delivery, JsonElement message, CancellationToken cancellationToken) =>
        AnswerAsync(
            delivery,
            message.Text("text") ?? "",
            message.Text("user")!,
            message.Text("channel")!,
            message.Text("thread_ts") ?? message.Text("ts")!,
            cancellationToken
        );

    /// <summary>"Ask the copilot about this": an alert's text as the question.</summary>
    public Task HandleShortcutAsync(Delivery delivery, JsonElement payload, CancellationToken cancellationToken)
    {
        var message = payload.Member("message");
        return message.Text("ts") is { } ts && payload.Member("channel").Text("id") is { } channel
            ? AnswerAsync(
                delivery,
                message.Text("text") ?? "",
                payload.Member("user").Text("id") ?? "",
                channel,
                message.Text("thread_ts") ?? ts,
                cancellationToken
            )
            : Task.CompletedTask;
    }

    private async Task AnswerAsync(
        Delivery delivery,
        string text,
        string user,
        string channel,
        string thread,
        CancellationToken cancellationToken
    )
    {
        var question = SlackText.Plain(text);
        var first = question.Length == 0 ? CommandHandler.Help : "Looking…";
        var ts = delivery.Progress ?? await FirstPostAsync(delivery, channel, thread, first, cancellationToken);
        if (question.Length == 0)
            return;
        await deliveries.NoteAsync(delivery, ts, cancellationToken);
        var live = new LiveMessage(api, channel, ts, time);
        Answer answer;
        try
        {
            answer = await asker.AskAsync(
                question,
                user,
                $"{channel}/{thread}",
                part => live.ShowAsync(part, cancellationToken),
                cancellationToken
            );
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            log.LogError(e, "A question from Slack could not be answered");
            await live.FinishAsync(Apology, null, cancellationToken);
            return;
        }

        var message = AnswerMessage.Of(question, answer, options.PublicUrl);
        await live.FinishAsync(message.Text, message.Blocks, cancellationToken);
    }

    private async Task<string> FirstPostAsync(
        Delivery delivery,
        string channel,
        string thread,
        string text,
        CancellationToken cancellationToken
    )
    {
        if (delivery.InDoubt && await FindAsync(delivery, channel, thread, cancellationToken) is { } posted)
            return posted;
        return await posts.SendAsync(channel, thread, delivery.Key, text, [], cancellationToken);
    }

    private async Task<string?> FindAsync(Delivery delivery, string channel, string thread, CancellationToken cancellationToken)
    {
        try
        {
            return await posts.FindAsync(channel, thread, delivery.Key, delivery.ReceivedAt, cancellationToken);
        }
        catch (SlackErrorException e) when (e.Error is "missing_scope" or "not_in_channel" or "channel_not_found")
        {
            // Where the app may post but not read, a second "Looking…" is better than no answer.
            return null;
        }
    }
}
