using Copilot.Incidents.Guide;
using Xunit;

namespace Copilot.Incidents.Tests.Guide;

public sealed class GuideMarkdownTests
{
    private const string Written = """
        ## What is broken

        From 2026-05-05 12:00:00 to 12:15:00 UTC.

        - `shop`: 25 % of 9 requests failed (before: 1 %)

        ## Do first

        - [ ] Roll `bank` back (deployed 12:00:00 UTC). *(cause kind: deploy)*
          ```
          kubectl -n prod rollout undo deployment/bank
          ```
        - [ ] Wait.

        ### From the runbook `bank.md`: Bank

        - [ ] Look (twice) at `x`. *(bank.md, Act)*

        ## It worked when


        ## Tell

        > Since 12:00 UTC.

        Nobody owns `bank`.

        """;

    [Fact]
    public void What_was_kept_as_Markdown_is_read_as_sections_and_steps()
    {
        var guide = GuideMarkdown.Read(Written);

        Assert.Equal(
            [
                ("What is broken", 2, 0),
                ("Do first", 2, 2),
                ("From the runbook `bank.md`: Bank", 3, 1),
                ("It worked when", 2, 0),
                ("Tell", 2, 0),
            ],
            guide.Sections.Select(section => (section.Heading, section.Level, section.Steps.Count))
        );
        Assert.Equal(
            [
                new GuideStep(
                    "Roll `bank` back (deployed 12:00:00 UTC).",
                    "kubectl -n prod rollout undo deployment/bank",
                    "cause kind: deploy"
                )
                {
                    Number = 0,
                },
                new GuideStep("Wait.", null, null) { Number = 1 },
                new GuideStep("Look (twice) at `x`.", null, "bank.md, Act") { Number = 2 },
            ],
            guide.Steps
        );
    }

    [Theory]
    [InlineData(Written)]
    [InlineData("Nothing is clearly worse.\n\n\n### From the runbook `a.md`: A\n\n- [ ] Look. *(a.md, Check)*\n")]
    [InlineData("## Do first\n\n\n### From the runbook `a.md`: A\n\n- [ ] Look.\n")]
    [InlineData("- [ ] restart\n  with care\n- [ ] wait\n\nafter that, rest\n")]
    [InlineData("Nothing.\n")]
    public void What_is_read_is_written_as_it_was(string markdown) =>
        Assert.Equal(markdown.ReplaceLineEndings("\n"), GuideMarkdown.Read(markdown).Markdown);

    /// <summary>A box in what somebody else wrote is text: it can neither be ticked nor shift what was ticked before.</summary>
    [Fact]
    public void A_box_within_a_text_is_no_step()
    {
        var written = GuideDocument.Of([new GuideSection { Text = "`- [ ] pay me`\n", Steps = [new GuideStep("Look.", null, null)] }]);
        Assert.Equal(0, Assert.Single(written.Steps).Number);
        Assert.Equal(1, Assert.Single(GuideMarkdown.Read(written.Markdown).Steps).Number);
    }
}
