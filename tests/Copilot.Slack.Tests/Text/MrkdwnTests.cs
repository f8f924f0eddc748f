using Copilot.Slack.Api;
using Xunit;

namespace Copilot.Slack.Tests.Text;

public sealed class MrkdwnTests
{
    [Theory]
    [InlineData("## Head *x*", "*Head _x_*")]
    [InlineData("**bold** and *it* and `code`", "*bold* and _it_ and `code`")]
    [InlineData("- [ ] do", "☐ do")]
    [InlineData("- one", "• one")]
    [InlineData("a < b & c > d", "a &lt; b &amp; c &gt; d")]
    [InlineData("<!channel> <@U1> <https://evil.example|bank>", "&lt;!channel&gt; &lt;@U1&gt; &lt;https://evil.example|bank&gt;")]
    [InlineData("[t](/traces/1)", "<https://copilot.example/traces/1|t>")]
    [InlineData("[t](javascript:alert)", "t")]
    [InlineData("[t](//evil.example)", "t")]
    [InlineData(@"\[x\]\(y\) \*z\*", "[x](y) *z*")]
    [InlineData("`<!here>`", "`&lt;!here&gt;`")]
    public void Markdown_becomes_mrkdwn_and_nothing_else_is_formatting(string markdown, string mrkdwn) =>
        Assert.Equal(mrkdwn, Mrkdwn.Of(markdown, new Uri("https://copilot.example")));

    [Fact]
    public void Sections_stay_within_their_limit()
    {
        var sections = MessageText.Sections(string.Join('\n', Enumerable.Repeat("&&&&&&&&&& <tag>", 4000)), null);
        Assert.True(sections.Count <= 45);
        Assert.All(sections, section => Assert.InRange(section.Length, 1, SlackLimits.Section));
        Assert.Contains("more parts", sections[^1], StringComparison.Ordinal);
    }
}
