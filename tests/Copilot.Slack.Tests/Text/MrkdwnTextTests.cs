using Copilot.Slack.Api;
using Xunit;

namespace Copilot.Slack.Tests.Text;

/// <summary>What Markdown knows as formatting and Slack gets as text, and what tries to be more than text.</summary>
public sealed class MrkdwnTextTests
{
    private static readonly Uri Site = new("https://copilot.example");

    [Theory]
    [InlineData(
        "https://a.example and <https://a.example> and <me@a.example>",
        "https://a.example and &lt;https://a.example&gt; and &lt;me@a.example&gt;"
    )]
    [InlineData("<b>x</b>\n<!-- y -->", "&lt;b&gt;x&lt;/b&gt;\n&lt;!-- y --&gt;")]
    [InlineData("&lt;!channel&gt; &#60;", "&amp;lt;!channel&amp;gt; &amp;#60;")]
    [InlineData("Head\n====\nNext\n---", "Head\n====\nNext\n---")]
    [InlineData("a\n\n    indented *it*", "a\n\n    indented _it_")]
    [InlineData("3. three\n7. seven\n    - below", "3. three\n7. seven\n    • below")]
    [InlineData("[x]: https://evil.example\n[x]", "[x]: https://evil.example\n[x]")]
    [InlineData("service_name and _x_", "service_name and _x_")]
    [InlineData("~~~\n*a*\n~~~", "~~~\n_a_\n~~~")]
    [InlineData("**a\nb** and `c\nd`", "**a\nb** and `c\nd`")]
    [InlineData("one\n\n\ntwo\n- a\n\n- [x] b\n> c *d*", "one\n\n\ntwo\n• a\n\n☑ b\n> c _d_")]
    [InlineData("a\n```sql\n select *x* < 1\n\n```\nb", "a\n```\nselect *x* &lt; 1\n\n```\nb")]
    [InlineData("```\nopen", "```\nopen\n```")]
    public void What_is_not_formatting_stays_as_it_is_written(string markdown, string mrkdwn) =>
        Assert.Equal(mrkdwn, Mrkdwn.Of(markdown, Site));

    [Theory]
    [InlineData("[a|<!channel>](/x)", "<https://copilot.example/x|a/&lt;!channel&gt;>")]
    [InlineData("[a](https://b.example/>x)", "<https://b.example/%3Ex|a>")]
    [InlineData("[a](https://b.example/&#124;<!here>)", "a")]
    [InlineData("[a](<https://b.example/ <!here>)", "[a](&lt;https://b.example/ &lt;!here&gt;)")]
    [InlineData("[a](!channel)", "a")]
    [InlineData(@"[a](/\evil.example)", "a")]
    [InlineData("[![a](https://b.example)](/x)", "<https://copilot.example/x|!a>")]
    [InlineData("[`a|>`](/x)", "<https://copilot.example/x|`a/&gt;`>")]
    [InlineData("**<@U1>** *<!here>*", "*&lt;@U1&gt;* _&lt;!here&gt;_")]
    [InlineData("*<*!channel>", "_&lt;_!channel&gt;")]
    [InlineData(@"\<!channel\>", "&lt;!channel&gt;")]
    [InlineData("``a`<!here>``", "`a'&lt;!here&gt;`")]
    [InlineData("````\n```\n<!here>\n````", "```\n'''\n&lt;!here&gt;\n```")]
    [InlineData("```\n<!channel>", "```\n&lt;!channel&gt;\n```")]
    [InlineData("# *<!channel>* **a** \\* <@U1>", "*_&lt;!channel&gt;_ a  &lt;@U1&gt;*")]
    [InlineData("- <!channel>\n> <@U1>", "• &lt;!channel&gt;\n> &lt;@U1&gt;")]
    public void Nothing_breaks_out_of_a_link_code_or_emphasis(string markdown, string mrkdwn) =>
        Assert.Equal(mrkdwn, Mrkdwn.Of(markdown, Site));

    [Theory]
    [InlineData("[")]
    [InlineData("![")]
    [InlineData("*a ")]
    [InlineData("**a *b ")]
    [InlineData("> ")]
    [InlineData("`")]
    public void However_often_a_sign_is_repeated_the_text_is_shown_and_mentions_nobody(string sign)
    {
        var signs = string.Concat(Enumerable.Repeat(sign, 40000));
        var shown = Mrkdwn.Of(signs + "<!channel>" + string.Concat(Enumerable.Repeat("](/x)*", 40)), null);
        Assert.Contains("&lt;!channel&gt;", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("<", shown, StringComparison.Ordinal);
    }

    [Fact]
    public void Whatever_signs_are_put_together_an_angle_only_ever_opens_a_link_to_the_web()
    {
        string[] parts =
        [
            "<!here>",
            "<@U1>",
            "|",
            "[",
            "](",
            ")",
            "/x",
            "https://a.example",
            "`",
            "```",
            "*",
            "**",
            "# ",
            "> ",
            "- ",
            "\\",
            "!",
            "&lt;",
            "\n",
            " ",
        ];
        var random = new Random(1);
        for (var round = 0; round < 20_000; round++)
        {
            var markdown = string.Concat(random.GetItems(parts, 12));
            Assert.DoesNotMatch("<(?!https://(copilot|a)[.]example[^<>| ]*[|][^<>|\n]*>)", Mrkdwn.Of(markdown, Site));
        }
    }
}
