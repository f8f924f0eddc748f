using System.Net;
using System.Text.Json;
using Copilot.Slack.Api;

namespace Copilot.Slack.Rooms;

/// <summary>Who pressed something or typed a command, and where they can be answered.</summary>
/// <param name="Reply">Takes answers for half an hour; null where Slack gave none.</param>
/// <param name="Thread">What others see there as a thread; null in a private message.</param>
internal sealed record Presser(string User, string? Channel, string? Thread, Uri? Reply, bool IsPrivate)
{
    public static Presser Of(JsonElement payload)
    {
        var container = payload.Member("container");
        var message = payload.Member("message");
        // An ephemeral message has no thread that others could see.
        var isPrivate = container.Member("is_ephemeral").ValueKind == JsonValueKind.True;
        return new Presser(
            payload.Member("user").Text("id") ?? "",
            payload.Member("channel").Text("id") ?? container.Text("channel_id"),
            isPrivate ? null : message.Text("thread_ts") ?? message.Text("ts") ?? container.Text("message_ts"),
            Uri.TryCreate(payload.Text("response_url"), UriKind.Absolute, out var url) ? url : null,
            isPrivate
        );
    }
}

/// <summary>Answers one person, whatever of Slack's ways to do so is open: where they pressed, else privately in the channel, else in a
/// direct
/// message.</summary>
internal sealed class SlackReplies(SlackApi api)
{
    public async Task TellAsync(Presser to, string text, CancellationToken cancellationToken, IReadOnlyList<object>? blocks = null)
    {
        if (to.Reply is not null && await RespondedAsync(to.Reply, text, blocks, cancellationToken))
            return;
        if (to.Channel is not null && await PostedAsync(to, text, blocks, cancellationToken))
            return;
        await api.DoAsync(
            "chat.postMessage",
            new
            {
                channel = to.User,
                text,
                blocks,
            },
            cancellationToken
        );
    }

    private async Task<bool> RespondedAsync(Uri reply, string text, IReadOnlyList<object>? blocks, CancellationToken cancellationToken)
    {
        try
        {
            await api.RespondAsync(reply, text, blocks, cancellationToken);
            return true;
        }
        catch (HttpRequestException e) when (e.StatusCode is >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError)
        {
            // Half an hour is over, or it was used five times.
            return false;
        }
    }

    private async Task<bool> PostedAsync(Presser to, string text, IReadOnlyList<object>? blocks, CancellationToken cancellationToken)
    {
        try
        {
            await api.DoAsync(
                "chat.postEphemeral",
                new
                {
                    channel = to.Channel,
                    user = to.User,
                    thread_ts = to.Thread,
                    text,
                    blocks,
                },
                cancellationToken
            );
            return true;
        }
        catch (SlackErrorException e) when (!e.IsSlacksOwn)
        {
            // The app is not there, or they are not.
            return false;
        }
    }
}
