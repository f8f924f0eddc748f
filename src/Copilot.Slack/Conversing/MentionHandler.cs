using System.Text.Json;
using Copilot.Incidents;
using Copilot.Incidents.Outbox;
using Copilot.Slack.Api;
using Copilot.Slack.Rooms;
using Microsoft.Extensions.Logging;

namespace Copilot.Slack.Conversing;

/// <summary>Mentions in channels, direct messages, and the shortcut on a message. The answer is one message: below what was asked, or in a
/// direct message after it.</summary>
internal sealed class MentionHandler(
    SlackApi api,
    SlackPosts posts,
    SlackAsker asker,
    IncidentCommands about,
    AlertQuestions alerts,
    IncidentsOptions options,
    TimeProvider time,
    ILogger<MentionHandler> log
)
{
    public const string Apology = "That could not be answered just now. Ask again in a minute, or in the browser.";

    private const string Looking = "is looking…";

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
            SlackText.Plain(message.Text("text") ?? ""),
            message.Text("user")!,
            Place.Of(message),
            false,
            cancellationToken
        );

    /// <summary>"Ask the copilot about this": what is wrong, of an alert; else the message as the question.</summary>
    public async Task HandleShortcutAsync(Delivery delivery, JsonElement payload, CancellationToken cancellationToken)
    {
        var message = payload.Member("message");
        if (message.Text("ts") is not { } ts || payload.Member("channel").Text("id") is not { } channel)
            return;
        // Another alert in the same thread is a question of its own.
        var alert = await alerts.OfAsync(message, cancellationToken);
        await AnswerAsync(
            delivery,
            alert ?? MessageWords.Of(message),
            payload.Member("user").Text("id") ?? "",
            Place.Below(channel, message.Text("thread_ts") ?? ts),
            isFresh: false,
            cancellationToken
        );
    }

    /// <summary>A question, answered by one message.</summary>
    /// <param name="isFresh">Without what came before it.</param>
    public async Task AnswerAsync(
        Delivery delivery,
        string question,
        string user,
        Place place,
        bool isFresh,
        CancellationToken cancellationToken
    )
    {
        if (delivery.InDoubt && await IsPostedAsync(delivery, place, cancellationToken))
            return;
        if (!isFresh && place.Thread is { } thread && await AboutAlertAsync(thread, place, user, question, cancellationToken) is { } meant)
            question = meant;
        if (question.Length == 0)
        {
            await posts.SendAsync(place.Channel, place.Thread, delivery.Key, CommandHandler.Help, [], cancellationToken);
            return;
        }

        if (IncidentCommands.Read(question) is { } word)
        {
            var by = new Presser(user, place.Channel, place.Thread, null, IsPrivate: true);
            if (await about.AnswerAsync(word, by, null, cancellationToken) is { } told)
                await posts.SendAsync(place.Channel, place.Thread, delivery.Key, told.Text, told.Blocks, cancellationToken);
            return;
        }

        var status = new StatusLine(api, place.Channel, place.Status, time);
        await status.ShowAsync(Looking, cancellationToken);
        var message = await MessageAsync(question, user, isFresh ? null : place.Conversation, status, cancellationToken);
        await posts.SendAsync(place.Channel, place.Thread, delivery.Key, message.Text, message.Blocks, cancellationToken);
    }

    /// <summary>The first that is asked below an alert is about it.</summary>
    /// <returns>The alert's question where nothing but that is asked; null where the question stands as it is, after the alert's.</returns>
    private async Task<string?> AboutAlertAsync(
        string thread,
        Place place,
        string user,
        string question,
        CancellationToken cancellationToken
    )
    {
        if (
            await asker.IsBegunAsync(place.Conversation, cancellationToken)
            || await alerts.OfThreadAsync(place.Channel, thread, cancellationToken) is not { } alert
            || alert == question
        )
            return null;
        if (AlertQuestions.IsOnlyPointing(question))
            return alert;
        await asker.AskAsync(alert, user, place.Conversation, null, cancellationToken);
        return null;
    }

    private async Task<AnswerMessage> MessageAsync(
        string question,
        string user,
        string? conversation,
        StatusLine status,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var answer = await asker.AskAsync(
                question,
                user,
                conversation,
                part => status.ShowAsync(part, cancellationToken),
                cancellationToken
            );
            return AnswerMessage.Of(question, answer, new AskedIn(options.PublicUrl, time.GetUtcNow(), IsPrivate: false));
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            log.LogError(e, "A question from Slack could not be answered");
            return new AnswerMessage(Apology, []);
        }
    }

    private async Task<bool> IsPostedAsync(Delivery delivery, Place place, CancellationToken cancellationToken)
    {
        try
        {
            return await posts.FindAsync(place.Channel, place.Thread, delivery.Key, delivery.ReceivedAt, cancellationToken) is not null;
        }
        catch (SlackErrorException e) when (e.Error is "missing_scope" or "not_in_channel" or "channel_not_found" or "thread_not_found")
        {
            // Where the app may post but not read, a second answer is better than none.
            return false;
        }
    }
}

/// <summary>Where something is asked and answered.</summary>
/// <param name="Thread">The message that the answer stands below; null for the channel itself.</param>
/// <param name="Status">The message below which is said that the answer is coming.</param>
/// <param name="Conversation">What goes on from each other there.</param>
internal sealed record Place(string Channel, string? Thread, string Status, string Conversation)
{
    public static Place Of(JsonElement message) => Of(message.Text("channel")!, message.Text("ts")!, message.Text("thread_ts"));

    /// <summary>Of a direct message that is in no thread the follow-up is simply the next one.</summary>
    public static Place Of(string channel, string ts, string? thread) =>
        thread is null && channel.StartsWith('D') ? new Place(channel, null, ts, channel) : Below(channel, thread ?? ts);

    public static Place Below(string channel, string thread) => new(channel, thread, thread, $"{channel}/{thread}");
}
