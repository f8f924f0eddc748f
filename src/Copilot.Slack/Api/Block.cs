using Copilot.Telemetry.Text;

namespace Copilot.Slack.Api;

/// <summary>The few Block Kit shapes that are used, each within its limits.</summary>
internal static class Block
{
    /// <param name="accessory">A button beside it.</param>
    /// <param name="open">Shown whole: Slack folds a long section otherwise.</param>
    public static object Section(string mrkdwn, object? accessory = null, bool open = true) =>
        new
        {
            type = "section",
            text = new { type = "mrkdwn", text = Cut(mrkdwn, SlackLimits.Section) },
            expand = open ? true : (bool?)null,
            accessory,
        };

    public static object Header(string text) => new { type = "header", text = Plain(text, SlackLimits.Header) };

    public static object Context(string mrkdwn) =>
        new { type = "context", elements = new[] { new { type = "mrkdwn", text = Cut(mrkdwn, SlackLimits.Value) } } };

    public static object Divider() => new { type = "divider" };

    public static object Actions(string id, params object[] elements) =>
        new
        {
            type = "actions",
            block_id = id,
            elements,
        };

    public static object Button(string action, string text, string value, bool primary = false) =>
        new
        {
            type = "button",
            action_id = action,
            text = Plain(text, SlackLimits.Button),
            value = Cut(value, SlackLimits.Value),
            style = primary ? "primary" : null,
        };

    public static object LinkButton(string action, string text, Uri address) =>
        new
        {
            type = "button",
            action_id = action,
            text = Plain(text, SlackLimits.Button),
            url = address.AbsoluteUri,
        };

    public static object Plain(string text, int longest) =>
        new
        {
            type = "plain_text",
            text = Cut(text.Length == 0 ? "…" : text, longest),
            emoji = false,
        };

    public static IEnumerable<object> Sections(string markdown, Uri? site, int most = SlackLimits.Sections, DateTimeOffset? near = null) =>
        MessageText.Sections(markdown, site, most, near).Select(text => Section(text));

    public static string Cut(string text, int longest) => text.Length <= longest ? text : TextStart.Of(text, longest - 1) + "…";
}
