using System.Text.RegularExpressions;
using Copilot.Slack.Api;

namespace Copilot.Slack.Rooms;

/// <summary>What Slack calls the public channels that a catalogue names, so that a name leads there.</summary>
internal sealed partial class ChannelNames(SlackApi api, TimeProvider time)
{
    private Known _known = new(DateTimeOffset.MinValue, new Dictionary<string, string>());

    /// <summary>Ids by names; empty where Slack does not tell, which keeps nothing from being posted.</summary>
    public async Task<IReadOnlyDictionary<string, string>> ReadAsync(CancellationToken cancellationToken)
    {
        var known = _known;
        if (time.GetUtcNow() - known.ReadAt < SlackPatience.ChannelsKept)
            return known.Ids;
        // A step of the outbox waits for it, and its lease is not long.
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(SlackPatience.ChannelsListed);
        var ids = known.Ids;
        try
        {
            ids = await ListAsync(patience.Token);
        }
        catch (Exception e) when (e is SlackErrorException or SlackRateException or HttpRequestException)
        {
            // Asked again once what is known is old.
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The same.
        }

        _known = new Known(time.GetUtcNow(), ids);
        return ids;
    }

    /// <param name="mrkdwn">In its first lines channels' names stand between backticks; what is quoted below them names none.</param>
    public static string Linked(string mrkdwn, IReadOnlyDictionary<string, string> channels)
    {
        var quote = mrkdwn.IndexOf("\n&gt;", StringComparison.Ordinal);
        var (told, quoted) = quote < 0 ? (mrkdwn, "") : (mrkdwn[..quote], mrkdwn[quote..]);
        return Name().Replace(told, match => channels.TryGetValue(match.Groups["name"].Value, out var id) ? $"<#{id}>" : match.Value)
            + quoted;
    }

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

    private sealed record Known(DateTimeOffset ReadAt, IReadOnlyDictionary<string, string> Ids);
}
