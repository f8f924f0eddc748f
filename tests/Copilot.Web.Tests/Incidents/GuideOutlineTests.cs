using Copilot.Incidents.Guide;
using Copilot.Web.Incidents;
using Xunit;

namespace Copilot.Web.Tests.Incidents;

public sealed class GuideOutlineTests
{
    [Fact]
    public void Boxes_are_counted_in_their_order_and_the_text_between_stays()
    {
        var pieces = GuideOutline.Of(GuideMarkdown.Read("## First\n\n- [ ] roll back\n- [ ] tell support\n\n## Then\n- [ ] look at `x`\n"));

        Assert.Equal(
            [("## First", null), ("roll back", 0), ("tell support", 1), ("## Then", null), ("look at `x`", 2)],
            pieces.Select(piece => (piece.Markdown, piece.Step))
        );
    }

    [Fact]
    public void A_step_keeps_the_lines_that_are_indented_below_it()
    {
        var pieces = GuideOutline.Of(GuideMarkdown.Read("- [ ] restart\n  with care\n- [ ] wait\nafter that, rest"));

        Assert.Equal(
            [("restart\nwith care", 0), ("wait", 1), ("after that, rest", null)],
            pieces.Select(piece => (piece.Markdown, piece.Step))
        );
    }

    [Fact]
    public void A_box_within_a_line_is_no_step_but_counts_as_the_incident_counts()
    {
        var pieces = GuideOutline.Of(GuideMarkdown.Read("write - [ ] to make a box\n- [ ] real"));

        Assert.Equal(1, Assert.Single(pieces, piece => piece.Step is not null).Step);
    }
}
