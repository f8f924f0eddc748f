using System.Globalization;

namespace Copilot.Slack.Text;

/// <summary>Cuts long texts to what one message and one block may hold.</summary>
public static class MessageText
{
    /// <summary>A section's text holds at most this many characters.</summary>
    public const int LongestSection = 3000;

    // A total over all blocks is not documented; about 13,200 characters were refused.
    private const int LongestMessage = 9000;
    private const int LongestLine = 2500;

    /// <summary>Markdown in parts that each fit one message, cut between lines.</summary>
    public static IReadOnlyList<string> Parts(string markdown) => Cut(markdown, text => Mrkdwn.Of(text).Length <= LongestMessage);

    /// <summary>Markdown as section texts in mrkdwn, each within a section's limit.</summary>
    /// <param name="most">How many there may be; what is left over is counted in a last line.</param>
    public static IReadOnlyList<string> Sections(string markdown, Uri? site, int most = 45)
    {
        var pieces = Cut(markdown, text => Mrkdwn.Of(text, site).Length <= LongestSection);
        var sections = pieces.Take(most).Select(piece => Mrkdwn.Of(piece, site)).Where(text => text.Trim().Length > 0).ToList();
        if (pieces.Count > most)
            sections[^1] = string.Create(CultureInfo.InvariantCulture, $"_{pieces.Count - most + 1} more parts are in the browser._");
        return sections;
    }

    private static List<string> Cut(string markdown, Func<string, bool> fits)
    {
        var parts = new List<string>();
        var part = "";
        var fence = false;
        foreach (var line in markdown.Split('\n').SelectMany(Short))
        {
            var longer = part.Length == 0 ? line : part + "\n" + line;
            // A code block that is open at a cut is closed before it and opened again after it.
            if (part.Length > 0 && !fits(longer + (fence ? "\n```" : "")))
            {
                parts.Add(fence ? part + "\n```" : part);
                longer = fence ? "```\n" + line : line;
            }

            part = longer;
            if (line.TrimStart().StartsWith("```", StringComparison.Ordinal))
                fence = !fence;
        }

        if (part.Trim().Length > 0)
            parts.Add(part);
        return parts;
    }

    // Escaping makes "&" five characters, so a line is cut well below a section's limit.
    private static IEnumerable<string> Short(string line)
    {
        var longest = Mrkdwn.Of(line).Length <= LongestLine ? LongestLine : LongestLine / 5;
        for (var from = 0; from == 0 || from < line.Length; from += longest)
            yield return line.Substring(from, Math.Min(longest, line.Length - from));
    }
}
