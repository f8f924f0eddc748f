using Copilot.Incidents.Guide;
using Copilot.Slack.Api;

namespace Copilot.Slack.Rooms;

/// <summary>A guide as the messages that hold it: cut between sections and steps, what to do first in the first.</summary>
internal static class GuidePages
{
    public static IReadOnlyList<GuideDocument> Of(GuideDocument guide, Uri? site)
    {
        var pages = new List<List<GuideSection>> { new() };
        var (characters, blocks) = (0, 0);
        foreach (var section in Ordered(guide).Sections)
        {
            Make(TextLength(section, site), SlackTelling.StatusSections);
            pages[^1].Add(section with { Steps = [] });
            foreach (var step in section.Steps)
            {
                if (Make(Length(step, site), 1))
                    pages[^1].Add(section with { Text = "", Steps = [] });
                pages[^1][^1] = pages[^1][^1] with { Steps = [.. pages[^1][^1].Steps, step] };
            }
        }

        return [.. pages.Select(page => new GuideDocument(page))];

        // Whether it began a message.
        bool Make(int length, int count)
        {
            var begins = blocks > 0 && (characters + length > SlackLimits.Message || blocks + count > SlackLimits.Sections);
            if (begins)
            {
                pages.Add([]);
                (characters, blocks) = (0, 0);
            }

            (characters, blocks) = (characters + length, blocks + count);
            return begins;
        }
    }

    /// <summary>A section's heading and text as Markdown, without its steps.</summary>
    public static string TextOf(GuideSection section) =>
        (section.Heading is null ? "" : $"{new string('#', section.Level)} {section.Heading}\n") + section.Text;

    /// <summary>What to do before anything else comes before anything else; where there is nothing, nothing says so.</summary>
    public static GuideDocument Ordered(GuideDocument guide) =>
        new([
            .. guide
                .Sections.Where(section => section is not { Heading: GuideSection.First, Steps.Count: 0 })
                .OrderBy(section => section.Heading == GuideSection.First ? 0 : 1),
        ]);

    private static int TextLength(GuideSection section, Uri? site) =>
        MessageText.Sections(TextOf(section), site, SlackTelling.StatusSections, DateTimeOffset.UnixEpoch).Sum(text => text.Length);

    // Who did a step comes below it; any day will do for how long a time is.
    private static int Length(GuideStep step, Uri? site) =>
        Math.Min(Mrkdwn.Of(GuideMarkdown.Of(step), site, DateTimeOffset.UnixEpoch).Length + SlackTelling.DoneBy, SlackLimits.Section);
}
