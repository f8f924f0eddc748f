using System.Text.RegularExpressions;
using Xunit;

namespace Copilot.Architecture.Tests;

/// <summary>
/// What scrolls is reached with the keyboard. A browser's check sees it only on the day on which there is enough to scroll.
/// </summary>
public sealed partial class ScrollingTests
{
    /// <summary>These always hold something to go to with the keyboard, or are told apart by the page's own landmarks.</summary>
    private static readonly string[] HoldSomethingToReach =
    [
        "Shell/MainLayout.razor aside",
        "Shell/MainLayout.razor nav",
        "Shell/MainLayout.razor main",
        "Shell/RecentConversations.razor .recent",
        "Metrics/MetricList.razor .names",
        "Records/LogsPage.razor .patterns",
        "Traces/SpanPanel.razor .panel",
        "Chat/ChatPage.razor .log",
    ];

    [Fact]
    public void What_scrolls_can_be_reached_with_the_keyboard()
    {
        var web = Path.Combine(Repository.Root, "src/Copilot.Web");
        var shared = Scrolling(Path.Combine(web, "wwwroot/css/app.css")).ToList();
        var seen = 0;
        var unreachable = new List<string>();
        foreach (var file in Repository.Files("src/Copilot.Web", ".razor"))
        {
            var markup = File.ReadAllText(file);
            var own = File.Exists(file + ".css") ? Scrolling(file + ".css") : [];
            foreach (var part in own.Concat(shared))
            {
                var name = $"{Path.GetRelativePath(web, file).Replace('\\', '/')} {part}";
                foreach (var tag in Opened(markup, part))
                {
                    seen++;
                    if (!tag.Contains("tabindex=", StringComparison.Ordinal) && !HoldSomethingToReach.Contains(name))
                        unreachable.Add($"{name}: {tag}");
                }
            }
        }

        Assert.InRange(seen, 30, int.MaxValue);
        Assert.Empty(unreachable);
    }

    /// <summary>The last part of each selector whose rule lets its element scroll: a class or an element.</summary>
    private static IEnumerable<string> Scrolling(string styles) =>
        Rule()
            .Matches(Comment().Replace(File.ReadAllText(styles), string.Empty))
            .Where(rule => Overflow().IsMatch(rule.Groups["body"].Value))
            .SelectMany(rule => rule.Groups["selectors"].Value.Split(','))
            // What is in a text that was written elsewhere has no markup of its own: the text's renderer sees to it.
            .Where(selector => !selector.Contains(".prose", StringComparison.Ordinal))
            .Select(selector => selector.Trim().Split(' ')[^1])
            .Distinct();

    private static IEnumerable<string> Opened(string markup, string part) =>
        part[0] == '.'
            ? Tag()
                .Matches(markup)
                .Select(tag => tag.Value)
                .Where(tag => Regex.IsMatch(tag, $"class=\"[^\"]*(?<![\\w-]){Regex.Escape(part[1..])}(?![\\w-])"))
            : Tag().Matches(markup).Where(tag => tag.Groups["name"].Value == part).Select(tag => tag.Value);

    [GeneratedRegex(@"(?<selectors>[^{}]+)\{(?<body>[^{}]*)\}")]
    private static partial Regex Rule();

    [GeneratedRegex(@"/\*.*?\*/", RegexOptions.Singleline)]
    private static partial Regex Comment();

    [GeneratedRegex(@"overflow(-x|-y)?:\s*(auto|scroll)")]
    private static partial Regex Overflow();

    [GeneratedRegex(@"<(?<name>[a-z][a-z0-9]*)\b(?:""[^""]*""|[^<>])*>")]
    private static partial Regex Tag();
}
