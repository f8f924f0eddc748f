namespace Copilot.Slack.Inbound;

/// <summary>What Slack gets at once, within its three seconds.</summary>
/// <param name="Body">JSON to send; null for an empty answer.</param>
/// <param name="PlainText">Text to send instead.</param>
public sealed record SlackReply(object? Body = null, string? PlainText = null)
{
    public static SlackReply Empty { get; } = new();
}
