using Copilot.Language.Questions;
using Copilot.Web.Chat;
using Xunit;

namespace Copilot.Web.Tests.Chat;

public sealed class ChipEditTests
{
    [Fact]
    public void The_words_that_the_chip_came_from_are_replaced_in_place() =>
        Assert.Equal(
            "error rate of checkout since 14:00?",
            ChipEdit.Rephrase("error rate of Payment since 14:00?", new Chip("service", "payment", "payment"), "checkout")
        );

    [Theory]
    [InlineData("window", "default", "last 30 minutes", "error rate of payment last 30 minutes")]
    [InlineData("service", "conversation", "checkout", "error rate of payment for checkout")]
    public void What_the_question_did_not_say_is_added(string name, string source, string value, string expected) =>
        Assert.Equal(expected, ChipEdit.Rephrase("error rate of payment?", new Chip(name, "old", source), value));

    [Theory]
    [InlineData("old")]
    [InlineData("  ")]
    public void No_change_asks_nothing_new(string value) =>
        Assert.Equal("error rate?", ChipEdit.Rephrase("error rate?", new Chip("window", "old", "default"), value));
}
