using Copilot.Incidents.Guide;

namespace Copilot.Web.Incidents;

/// <summary>A guide in pieces: texts as they are, and its steps to tick.</summary>
public static class GuideOutline
{
    public static IReadOnlyList<GuidePiece> Of(GuideDocument guide) => [.. guide.Sections.SelectMany(Of)];

    private static IEnumerable<GuidePiece> Of(GuideSection section)
    {
        var text = GuideMarkdown.Of(new GuideDocument([section with { Steps = [] }])).Trim('\n');
        if (text.Length > 0)
            yield return new GuidePiece(text, null);
        foreach (var step in section.Steps)
            yield return new GuidePiece(
                string.Join('\n', GuideMarkdown.Of(step).Split('\n').Select(line => line.TrimStart())),
                step.Number
            );
    }
}
