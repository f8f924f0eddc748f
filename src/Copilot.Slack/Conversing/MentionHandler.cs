using System.Text.Json;
using Copilot.Incidents;
using Copilot.Slack.Api;

namespace Copilot.Slack.Conversing;

/// <summary>Mentions in channels, direct messages, and the shortcut on a message. The answer is a reply in the thread.</summary>
internal sealed class MentionHandler(SlackApi api, SlackAsker asker, IncidentsOptions options)
{
    /// <summary>True for what people wrote to the app. A mention in a subscribed channel comes as a plain message too; that one is passed over.</summary>
    public static bool Reads(JsonElement message) =>
        message.Text("bot_id") is null && message.Text("subtype") is null && message.Text("user") is not null
        && (message.Text("type") == "app_mention" || (message.Text("type") == "message" && message.Text("channel_type") == "im"));

    public Task HandleAsync(JsonElement message, CancellationToken cancellation) => AnswerAsync(
        message.Text("text") ?? "", message.Text("user")!, message.Text("channel")!, message.Text("thread_ts") ?? message.Text("ts")!, cancellation);

    /// <summary>"Ask the copilot about this": an alert's text as the question.</summary>
    public Task HandleShortcutAsync(JsonElement payload, CancellationToken cancellation)
    {
        var message = payload.Member("message");
        return message.Text("ts") is { } ts && payload.Member("channel").Text("id") is { } channel
            ? AnswerAsync(message.Text("text") ?? "", payload.Member("user").Text("id") ?? "", channel, message.Text("thread_ts") ?? ts, cancellation)
            : Task.CompletedTask;
    }

    private async Task AnswerAsync(string text, string user, string channel, string thread, CancellationToken cancellation)
    {
        var question = SlackText.Plain(text);
        if (question.Length == 0)
        {
            await api.DoAsync("chat.postMessage", new { channel, thread_ts = thread, text = CommandHandler.Help }, cancellation);
            return;
        }

        var waiting = await api.DoAsync("chat.postMessage", new { channel, thread_ts = thread, text = "Looking…" }, cancellation);
        var ts = waiting.Text("ts");
        try
        {
            var answer = await asker.AskAsync(question, user, $"{channel}/{thread}", cancellation);
            var message = AnswerMessage.Of(question, answer, options.PublicUrl);
            await api.DoAsync("chat.update", new { channel, ts, text = message.Text, blocks = message.Blocks }, cancellation);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellation.IsCancellationRequested)
        {
            await api.DoAsync("chat.update", new { channel, ts, text = "That could not be answered just now. Ask again in a minute, or in the browser." }, cancellation);
            throw;
        }
    }
}
