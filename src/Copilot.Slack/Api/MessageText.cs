using System.Globalization;
using System.Text;

namespace Copilot.Slack.Api;

/// <summary>Cuts long texts to what one message and one block may hold.</summary>
public static class MessageText
{
    private const int FenceLength = 8;

    /// <summary>Markdown as section texts in mrkdwn, each within a section's limit.</summary>
    /// <param name="most">How many there may be; what is left over is counted in a last line.</param>
    /// <param name="near">As for <see cref="Mrkdwn.Of"/>.</param>
    public static IReadOnlyList<string> Sections(string markdown, Uri? site, int most = SlackLimits.Sections, DateTimeOffset? near = null)
    {
        var pieces = Cut(markdown, site, SlackLimits.Section, near);
        var sections = pieces.Take(most).Select(piece => Mrkdwn.Of(piece, site, near)).Where(text => text.Trim().Length > 0).ToList();
        if (pieces.Count > most)
            sections[^1] = string.Create(CultureInfo.InvariantCulture, $"_{pieces.Count - most + 1} more parts are in the browser._");
        return sections;
    }

    private static List<string> Cut(string markdown, Uri? site, int longest, DateTimeOffset? near)
    {
        var parts = new List<string>();
        var part = new StringBuilder();
        var rendered = 0;
        var fence = false;
        foreach (var line in markdown.Split('\n').SelectMany(Short))
        {
            // In a code block a line is only escaped, elsewhere it is formatted too; the longer of both is on the safe side.
            var cost = Math.Max(Mrkdwn.Escape(line).Length, Mrkdwn.Of(line, site, near).Length) + 1;
            if (part.Length > 0 && rendered + cost + FenceLength > longest)
            {
                // A code block that is open at a cut is closed before it and opened again after it.
                parts.Add(fence ? $"{part}\n```" : part.ToString());
                part.Clear().Append(fence ? "```" : "");
                rendered = part.Length;
            }

            if (part.Length > 0)
                part.Append('\n');
            part.Append(line);
            rendered += cost;
            if (line.TrimStart().StartsWith("```", StringComparison.Ordinal))
                fence = !fence;
        }

        if (part.ToString().Trim().Length > 0)
            parts.Add(part.ToString());
        return parts;
    }

    // Escaping makes "&" five characters, so a line is cut well below a section's limit.
    private static IEnumerable<string> Short(string line)
    {
        var longest = Mrkdwn.Of(line).Length <= SlackLimits.Line ? SlackLimits.Line : SlackLimits.Line / SlackLimits.EscapedTimes;
        for (var from = 0; from == 0 || from < line.Length; from += longest)
            yield return line.Substring(from, Math.Min(longest, line.Length - from));
    }
}
