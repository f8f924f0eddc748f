using System.Collections.Concurrent;
using Copilot.Slack.Api;

namespace Copilot.Slack.Conversing;

/// <summary>In which time zone a person is, so that "since ten" means their ten.</summary>
internal sealed class SlackPeople(SlackApi api)
{
    private const int MostKept = 5000;

    private readonly ConcurrentDictionary<string, string> zones = new(StringComparer.Ordinal);

    /// <summary>An IANA name; UTC where Slack does not tell.</summary>
    public async Task<string> TimeZoneAsync(string userId, CancellationToken cancellation)
    {
        if (zones.TryGetValue(userId, out var known))
            return known;
        try
        {
            var user = (await api.ReadAsync("users.info", new Dictionary<string, string> { ["user"] = userId }, cancellation)).Member("user");
            var zone = user.Text("tz") is { Length: > 0 } told && TimeZoneInfo.TryFindSystemTimeZoneById(told, out _) ? told : "UTC";
            if (zones.Count >= MostKept)
                zones.Clear();
            return zones[userId] = zone;
        }
        catch (Exception e) when (e is SlackErrorException or SlackRateException or HttpRequestException)
        {
            // Worth an answer in UTC, not worth none.
            return "UTC";
        }
    }
}
