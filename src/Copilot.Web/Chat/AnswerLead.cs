namespace Copilot.Web.Chat;

/// <summary>
/// An answer's text in two: what is read first, and the lists that the tables below it hold with more figures. Without such a list all of
/// it is read first.
/// </summary>
/// <param name="First">Markdown.</param>
/// <param name="Rest">Markdown; empty where nothing is put aside.</param>
public sealed record AnswerLead(string First, string Rest)
{
    public static AnswerLead Of(string markdown)
    {
        var blocks = markdown.Replace("\r\n", "\n", StringComparison.Ordinal).Split("\n\n");
        var list = Array.FindIndex(blocks, IsList);
        // The line that announces a list goes with it.
        var cut = list > 0 && blocks[list - 1].TrimEnd().EndsWith(':') ? list - 1 : list;
        return cut <= 0
            ? new AnswerLead(markdown, string.Empty)
            : new AnswerLead(string.Join("\n\n", blocks[..cut]), string.Join("\n\n", blocks[cut..]));
    }

    private static bool IsList(string block)
    {
        var line = block.TrimStart('\n');
        return line.StartsWith("- ", StringComparison.Ordinal) || line.StartsWith("* ", StringComparison.Ordinal);
    }
}
