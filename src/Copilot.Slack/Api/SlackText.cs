using System.Text.RegularExpressions;

namespace Copilot.Slack.Api;

/// <summary>What a person typed in Slack, as plain words.</summary>
internal static partial class SlackText
{
    /// <summary>Mentions of users and groups are left out, links and channels become their labels, escapes become signs.</summary>
    public static string Plain(string text)
    {
        var plain = Entities()
            .Replace(text, match => match.Groups["label"].Success ? match.Groups["label"].Value : match.Groups["link"].Value);
        return plain
            .Replace("&lt;", "<", StringComparison.Ordinal)
            .Replace("&gt;", ">", StringComparison.Ordinal)
            .Replace("&amp;", "&", StringComparison.Ordinal)
            .Trim();
    }

    [GeneratedRegex(@"<(?:[@!][^>]*|#[^>|]*\|?(?<label>[^>]*)|(?<link>[a-z]+:[^>|]+)(?:\|(?<label>[^>]*))?)>")]
    private static partial Regex Entities();
}
