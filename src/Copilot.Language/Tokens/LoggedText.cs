using System.Text.RegularExpressions;

namespace Copilot.Language.Tokens;

/// <summary>A log record as a program prints it: "[06:14:28 WRN] pool is empty", "ERROR orders Store.load failed: timeout". What it says is
/// quoted; who says it stands before.</summary>
internal static partial class LoggedText
{
    public static string Named(string text)
    {
        var clean = Quoted()
            .Replace(text, m => $"{m.Groups["name"].Value} {m.Groups["quote"].Value}{m.Groups["says"].Value}{m.Groups["quote"].Value}");
        return Printed().Replace(clean, m => $"{m.Groups["name"].Value} log \"{m.Groups["says"].Value.Replace('"', ' ').Trim()}\"");
    }

    private const string Severity = "TRACE|TRC|DEBUG|DBG|INFO|INF|WARN|WRN|WARNING|ERROR|ERR|FATAL|FTL|CRITICAL|CRIT";

    // A name ends with a colon or is written with hyphens.
    private const string Name = @"((?<name>[A-Za-z][\w.-]*):\s+|(?<name>[a-z][a-z0-9]*(-[a-z0-9]+)+)\s+)?";

    // `warn: pool is empty`, "WARN worker: consumer is behind"
    [GeneratedRegex(
        @"(?<quote>[""`])((?i:" + Severity + @")\b[:\]]?\s+)" + Name + @"(?<says>[^""`\n]{8,300})\k<quote>",
        RegexOptions.ExplicitCapture
    )]
    private static partial Regex Quoted();

    // A line of its own, with others around it.
    [GeneratedRegex(
        @"(?<=\A|\n)[ \t]*(\[?[\d:.,TZ-]{5,35}\]?\s+)?\[?([\d:.,]{5,15}\s+)?("
            + Severity
            + @")[\]:]{0,2}\s+"
            + Name
            + @"(?<says>[^\n]{8,400})(?=\n)",
        RegexOptions.ExplicitCapture
    )]
    private static partial Regex Printed();
}
