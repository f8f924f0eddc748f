using System.Text.RegularExpressions;
using Copilot.Telemetry.Text;

namespace Copilot.Incidents.Guide;

/// <summary>
/// A runbook's step inside the guide. Its authors are trusted with code spans and emphasis, not with HTML, images, or links whose
/// text hides where they lead.
/// </summary>
internal static partial class RunbookText
{
    public static string Of(string markdown)
    {
        var line = Hostile.Line(markdown, 600);
        line = Images().Replace(line, "$1");
        line = Links().Replace(line, "$1 ($2)");
        return line.Replace("<", "\\<", StringComparison.Ordinal);
    }

    [GeneratedRegex(@"!\[([^\]]*)\]\([^)]*\)")]
    private static partial Regex Images();

    [GeneratedRegex(@"\[([^\]]*)\]\(([^)\s]*)[^)]*\)")]
    private static partial Regex Links();
}
