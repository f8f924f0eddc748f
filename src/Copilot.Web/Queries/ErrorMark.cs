using Copilot.TraceQL;

namespace Copilot.Web.Queries;

/// <summary>The line of a query that is wrong, in three parts, so that the wrong one can be marked.</summary>
public sealed record ErrorMark(string Before, string Wrong, string After)
{
    /// <summary>Where the trouble has no length, it lies at the end of the text: a space stands for what is missing.</summary>
    public static ErrorMark Of(string query, TraceQlError error)
    {
        var lines = query.ReplaceLineEndings("\n").Split('\n');
        var line = lines[Math.Clamp(error.Line - 1, 0, lines.Length - 1)];
        // The column counts characters, the length UTF-16 units.
        var start = 0;
        for (var column = 1; column < error.Column && start < line.Length; column++)
            start += char.IsHighSurrogate(line[start]) && start + 1 < line.Length ? 2 : 1;
        var end = Math.Min(start + error.Length, line.Length);
        return end > start ? new ErrorMark(line[..start], line[start..end], line[end..]) : new ErrorMark(line[..start], " ", line[start..]);
    }
}
