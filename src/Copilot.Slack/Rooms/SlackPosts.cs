using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Copilot.Diagnosis.Investigations;
using Copilot.Slack.Api;

namespace Copilot.Slack.Rooms;

/// <summary>Posts that are found again: each carries a key in its metadata, so that one whose answer was lost is not posted
/// twice.</summary>
internal sealed class SlackPosts(SlackApi api)
{
    private const string KeyEvent = "incident_step";

    /// <returns>The message's ts.</returns>
    public async Task<string> SendAsync(
        string channel,
        string? thread,
        string key,
        string text,
        IReadOnlyList<object> blocks,
        CancellationToken cancellationToken
    )
    {
        var metadata = new { event_type = KeyEvent, event_payload = new { key } };
        var posted = await api.DoAsync(
            "chat.postMessage",
            new
            {
                channel,
                thread_ts = thread,
                text,
                blocks = blocks.Count > 0 ? blocks : null,
                metadata,
                unfurl_links = false,
                unfurl_media = false,
            },
            cancellationToken
        );
        return posted.Text("ts")!;
    }

    /// <summary>The message with that key, not older than given; null where there is none.</summary>
    public async Task<string?> FindAsync(
        string channel,
        string? thread,
        string key,
        DateTimeOffset since,
        CancellationToken cancellationToken
    )
    {
        var arguments = new Dictionary<string, string>
        {
            ["channel"] = channel,
            ["limit"] = "200",
            ["include_all_metadata"] = "true",
            ["oldest"] = (since - SlackPatience.ClockSlack).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
        };
        if (thread is not null)
            arguments["ts"] = thread;
        await foreach (
            var message in SlackCall.PagesAsync(
                api,
                thread is null ? "conversations.history" : "conversations.replies",
                arguments,
                "messages",
                cancellationToken
            )
        )
        {
            if (message.Member("metadata").Member("event_payload").Text("key") == key)
                return message.Text("ts");
        }

        return null;
    }
}

/// <summary>Slack's errors in the port's words, and its pages as one list.</summary>
internal static class SlackCall
{
    public static async Task<T> AsRoomAsync<T>(Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (SlackRateException e)
        {
            throw new DeliveryBusyException(e.RetryAfter, e.Message);
        }
        catch (SlackErrorException e) when (!e.IsSlacksOwn)
        {
            throw new DeliveryRefusedException(e.Message);
        }
    }

    public static async IAsyncEnumerable<JsonElement> PagesAsync(
        SlackApi api,
        string method,
        Dictionary<string, string> arguments,
        string list,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        while (true)
        {
            var page = await api.ReadAsync(method, arguments, cancellationToken);
            foreach (var item in page.List(list))
                yield return item;
            if (page.Member("response_metadata").Text("next_cursor") is not { Length: > 0 } cursor)
                yield break;
            arguments["cursor"] = cursor;
        }
    }
}
