using System.Text;
using System.Text.RegularExpressions;

namespace Copilot.Slack.Api;

/// <summary>
/// Markdown as Slack's mrkdwn. Everything that is not formatting is escaped, so no text from elsewhere can mention anyone, link
/// anywhere, or call a channel.
/// </summary>
public static partial class Mrkdwn
{
    /// <summary>The three signs that Slack reads in plain text.</summary>
    public static string Escape(string text) =>
        text.Replace("&", "&amp;", StringComparison.Ordinal)
            .Replace("<", "&lt;", StringComparison.Ordinal)
            .Replace(">", "&gt;", StringComparison.Ordinal);

    /// <param name="site">What relative links lead to; without it they become plain text.</param>
    public static string Of(string markdown, Uri? site = null)
    {
        var text = new StringBuilder();
        var fenced = false;
        foreach (var line in markdown.TrimEnd('\n').Split('\n'))
        {
            if (line.TrimStart().StartsWith("```", StringComparison.Ordinal))
            {
                fenced = !fenced;
                text.Append("```\n");
                continue;
            }

            text.Append(fenced ? Escape(line.Trim()) : Line(line, site)).Append('\n');
        }

        if (fenced)
            text.Append("```\n");
        return text.ToString().TrimEnd('\n');
    }

    private static string Line(string line, Uri? site)
    {
        if (HeadingLine().Match(line) is { Success: true } heading)
            return $"*{Inline(heading.Groups[1].Value, site).Replace("*", "", StringComparison.Ordinal)}*";
        if (BoxLine().Match(line) is { Success: true } box)
            return $"{box.Groups[1].Value}{(box.Groups[2].Value == " " ? "☐" : "☑")} {Inline(box.Groups[3].Value, site)}";
        if (BulletLine().Match(line) is { Success: true } bullet)
            return $"{bullet.Groups[1].Value}• {Inline(bullet.Groups[2].Value, site)}";
        return line.StartsWith("> ", StringComparison.Ordinal) ? $"> {Inline(line[2..], site)}" : Inline(line, site);
    }

    private static string Inline(string text, Uri? site)
    {
        var made = new StringBuilder();
        var from = 0;
        foreach (Match match in InlineSigns().Matches(text))
        {
            made.Append(Escape(text[from..match.Index])).Append(Sign(match, site));
            from = match.Index + match.Length;
        }

        return made.Append(Escape(text[from..])).ToString();
    }

    private static string Sign(Match match, Uri? site)
    {
        if (match.Groups["escaped"].Success)
            return Escape(match.Groups["escaped"].Value);
        if (match.Groups["code"].Success)
            return $"`{Escape(match.Groups["code"].Value)}`";
        if (match.Groups["bold"].Success)
            return $"*{Inline(match.Groups["bold"].Value, site)}*";
        if (match.Groups["italic"].Success)
            return $"_{Inline(match.Groups["italic"].Value, site)}_";
        var label = Inline(match.Groups["label"].Value, null).Replace("|", "/", StringComparison.Ordinal);
        var address = Address(match.Groups["address"].Value, site);
        return address is null ? label : $"<{Escape(address)}|{label}>";
    }

    private static string? Address(string text, Uri? site)
    {
        if (text.StartsWith('/') && !text.StartsWith("//", StringComparison.Ordinal))
            return site is null ? null : new Uri(site, text).AbsoluteUri;
        return
            Uri.TryCreate(text, UriKind.Absolute, out var address)
            && address.Scheme is "https" or "http"
            && !text.Contains('|', StringComparison.Ordinal)
            ? new Uri(text).AbsoluteUri
            : null;
    }

    [GeneratedRegex(@"^#{1,6}\s+(.+)$")]
    private static partial Regex HeadingLine();

    [GeneratedRegex(@"^(\s*)- \[([ xX])\] (.*)$")]
    private static partial Regex BoxLine();

    [GeneratedRegex(@"^(\s*)[-*+] (.*)$")]
    private static partial Regex BulletLine();

    [GeneratedRegex(
        @"\\(?<escaped>[\\`*_\[\]<>#|~&!()])|`(?<code>[^`]+)`|\*\*(?<bold>.+?)\*\*|\*(?<italic>[^*\s][^*]*)\*|\[(?<label>[^\]]*)\]\((?<address>[^)\s]+)\)"
    )]
    private static partial Regex InlineSigns();
}
