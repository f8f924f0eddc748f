using Copilot.Web.Chat;
using Xunit;

namespace Copilot.Web.Tests.Chat;

public sealed class AnswerLeadTests
{
    [Fact]
    public void What_a_table_tells_again_is_put_aside_with_the_line_that_announces_it()
    {
        var lead = AnswerLead.Of(
            "**It is still going on.**\n\nLikely cause: `a`.\n\nAffected:\n\n- `a`: 3 %\n\nWho should come:\n\n- **money**"
        );
        Assert.Equal("**It is still going on.**\n\nLikely cause: `a`.", lead.First);
        Assert.StartsWith("Affected:", lead.Rest, StringComparison.Ordinal);
        Assert.EndsWith("- **money**", lead.Rest, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("No list at all.")]
    [InlineData("- it begins with one\n\nand goes on")]
    [InlineData("")]
    public void Without_anything_before_a_list_all_of_it_comes_first(string text) =>
        Assert.Equal(new AnswerLead(text, string.Empty), AnswerLead.Of(text));
}
