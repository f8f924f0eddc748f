namespace Copilot.Slack.Inbound;

/// <param name="Key">Names a delivery that may come again; null where it cannot.</param>
internal sealed record SlackWork(string? Key, Func<CancellationToken, Task> DoAsync);
