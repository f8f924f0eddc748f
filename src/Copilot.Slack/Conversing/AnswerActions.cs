using System.Globalization;
using System.Text.Json;
using Copilot.Answers.Conversations;
using Copilot.Incidents;
using Copilot.Incidents.Outbox;
using Copilot.Slack.Api;
using Copilot.Slack.Rooms;

namespace Copilot.Slack.Conversing;

/// <summary>The buttons below an answer: the next question, and showing it to everybody.</summary>
internal sealed class AnswerActions(
    CommandHandler commands,
    MentionHandler mentions,
    ConversationStore conversations,
    SlackPosts posts,
    SlackReplies replies,
    IncidentsOptions options
)
{
    public static bool Knows(string? action) =>
        action is AnswerButtons.Share || action?.StartsWith(AnswerButtons.Ask + "/", StringComparison.Ordinal) == true;

    public async Task HandleAsync(Delivery delivery, JsonElement payload, CancellationToken cancellationToken)
    {
        foreach (var action in payload.List("actions"))
        {
            if (action.Text("value") is not { } value)
                continue;
            if (action.Text("action_id") == AnswerButtons.Share)
                await ShareAsync(delivery, payload, value, cancellationToken);
            else if (Knows(action.Text("action_id")))
                await AskAsync(delivery, payload, value, cancellationToken);
        }
    }

    // Asked where the answer was: privately below a private one, in the thread below one that everybody sees.
    private Task AskAsync(Delivery delivery, JsonElement payload, string value, CancellationToken cancellationToken)
    {
        var (question, isFresh) = AskButton.Read(value);
        var by = Presser.Of(payload);
        if (by.IsPrivate)
            return commands.AnswerAsync(question, by.User, by.Reply, cancellationToken);
        return by is { Thread: { } thread, Channel: { } channel }
            ? mentions.AnswerAsync(
                delivery,
                question,
                by.User,
                Place.Of(channel, thread, payload.Member("message").Text("thread_ts")),
                isFresh,
                cancellationToken
            )
            : Task.CompletedTask;
    }

    private async Task ShareAsync(Delivery delivery, JsonElement payload, string value, CancellationToken cancellationToken)
    {
        var by = Presser.Of(payload);
        if (
            value.Split('/') is not [var conversation, var number]
            || by.Channel is not { } channel
            || !int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var turn)
        )
            return;
        var row = (await conversations.TurnsAsync(conversation, cancellationToken)).FirstOrDefault(row => row.Number == turn);
        if (row is null || ConversationStore.AnswerOf(row) is not { } answer)
        {
            await replies.TellAsync(by, "This answer is not there any more. Ask again.", cancellationToken);
            return;
        }

        var message = AnswerMessage.Of(row.Question, answer, new AskedIn(options.PublicUrl, row.AskedAt, IsPrivate: false, by.User));
        try
        {
            if (!delivery.InDoubt || await posts.FindAsync(channel, null, delivery.Key, delivery.ReceivedAt, cancellationToken) is null)
                await posts.SendAsync(channel, null, delivery.Key, message.Text, message.Blocks, cancellationToken);
        }
        catch (SlackErrorException e) when (e.Error is "not_in_channel" or "channel_not_found")
        {
            await replies.TellAsync(by, "The app is not in this channel. Type `/invite @copilot`, then share again.", cancellationToken);
        }
    }
}
