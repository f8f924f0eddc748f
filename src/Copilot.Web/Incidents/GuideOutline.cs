namespace Copilot.Web.Incidents;

/// <summary>A guide in pieces: texts as they are, and its boxes to tick, counted as the incident counts them.</summary>
public static class GuideOutline
{
    private const string Box = "- [ ] ";

    public static IReadOnlyList<GuidePiece> Of(string markdown)
    {
        var pieces = new List<GuidePiece>();
        var lines = new List<string>();
        int? step = null;
        var boxes = 0;
        foreach (var line in markdown.ReplaceLineEndings("\n").Split('\n'))
        {
            var text = line.TrimStart();
            var isStep = text.StartsWith(Box, StringComparison.Ordinal);
            // A step goes on as long as its lines are indented below it.
            if (isStep || (step is not null && text.Length > 0 && text.Length == line.Length))
                Close();
            if (isStep)
                step = boxes;
            lines.Add(
                isStep ? text[Box.Length..]
                : step is null ? line
                : text
            );
            boxes += line.Split(Box).Length - 1;
        }

        Close();
        return pieces;

        void Close()
        {
            var text = string.Join('\n', lines).Trim('\n');
            if (text.Length > 0)
                pieces.Add(new GuidePiece(text, step));
            lines.Clear();
            step = null;
        }
    }
}
