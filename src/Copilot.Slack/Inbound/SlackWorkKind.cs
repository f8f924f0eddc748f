namespace Copilot.Slack.Inbound;

/// <summary>What a delivery is, as it is stored with it.</summary>
internal static class SlackWorkKind
{
    public const string Command = "command";
    public const string Message = "message";
    public const string Action = "action";
    public const string Submission = "submission";
    public const string Shortcut = "shortcut";
}
