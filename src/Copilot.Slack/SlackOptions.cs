namespace Copilot.Slack;

/// <summary>Configuration section "Slack". Without a bot token nothing of Slack is on.</summary>
public sealed record SlackOptions
{
    /// <summary>xoxb-…</summary>
    public string? BotToken { get; init; }

    /// <summary>Proves that requests come from Slack; without it no request is answered.</summary>
    public string? SigningSecret { get; init; }

    /// <summary>xapp-…; with it events come through a socket instead of requests.</summary>
    public string? AppToken { get; init; }

    public Uri ApiUrl { get; init; } = new("https://slack.com/api/");

    /// <summary>Slack user ids that may create and resolve incidents; empty: everybody in the workspace.</summary>
    public IReadOnlyList<string> MayCreate { get; init; } = [];

    /// <summary>The id of the channel (C…) in which findings of the watch are told; none without it.</summary>
    public string? FindingsChannel { get; init; }

    public bool MayChange(string user) => MayCreate.Count == 0 || MayCreate.Contains(user);

    public bool IsOn => !string.IsNullOrWhiteSpace(BotToken);
}
