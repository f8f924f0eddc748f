using System.Runtime.CompilerServices;
using System.Text.Json;
using Copilot.Incidents.Rooms;
using Copilot.Slack.Api;

namespace Copilot.Slack.Rooms;

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
            throw new RoomBusyException(e.RetryAfter, e.Message);
        }
        catch (SlackErrorException e) when (!e.IsSlacksOwn)
        {
            throw new RoomRefusedException(e.Message);
        }
    }

    public static async IAsyncEnumerable<JsonElement> PagesAsync(
        SlackApi api, string method, Dictionary<string, string> arguments, string list, [EnumeratorCancellation] CancellationToken cancellation)
    {
        while (true)
        {
            var page = await api.ReadAsync(method, arguments, cancellation);
            foreach (var item in page.List(list))
                yield return item;
            if (page.Member("response_metadata").Text("next_cursor") is not { Length: > 0 } cursor)
                yield break;
            arguments["cursor"] = cursor;
        }
    }
}
