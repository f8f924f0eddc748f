using System.Text.RegularExpressions;
using Copilot.Slack.Api;

namespace Copilot.Slack.Rooms;

/// <summary>What Slack calls the public channels that a catalogue names, so that a name leads there.</summary>
internal sealed partial class ChannelNames(SlackApi api, TimeProvider time)
{
    private (DateTimeOffset ReadAt, IReadOnlyDictionary<string, string> Ids) _known = (
        DateTimeOffset.MinValue,
        new Dictionary<string, string>()
    );

    /// <summary>Ids by names; empty where Slack does not tell, which keeps nothing from being posted.</summary>
    public async Task<IReadOnlyDictionary<string, string>> ReadAsync(CancellationToken cancellationToken)
    {
        var known = _known;
        if (time.GetUtcNow() - known.ReadAt < SlackPatience.ChannelsKept)
            return known.Ids;
        try
        {
            return (_known = (time.GetUtcNow(), await ListAsync(cancellationToken))).Ids;
        }
        catch (Exception e) when (e is SlackErrorException or SlackRateException or HttpRequestException)
        {
            return known.Ids;
        }
    }

    /// <param name="mrkdwn">In which a channel's name stands between backticks.</param>
    public static string Linked(string mrkdwn, IReadOnlyDictionary<string, string> channels) =>
        Name().Replace(mrkdwn, match => channels.TryGetValue(match.Groups["name"].Value, out var id) ? $"<#{id}>" : match.Value);

    private async Task<IReadOnlyDictionary<string, string>> ListAsync(CancellationToken cancellationToken)
    {
        var arguments = new Dictionary<string, string>
        {
            ["types"] = "public_channel",
            ["limit"] = "1000",
            ["exclude_archived"] = "true",
        };
        var found = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        await foreach (var channel in SlackCall.PagesAsync(api, "conversations.list", arguments, "channels", cancellationToken))
        {
            if (channel.Text("name") is { } name && channel.Text("id") is { } id)
                found[name] = id;
        }

        return found;
    }

    [GeneratedRegex("`#(?<name>[^`\\s]{1,80})`")]
    private static partial Regex Name();
}
