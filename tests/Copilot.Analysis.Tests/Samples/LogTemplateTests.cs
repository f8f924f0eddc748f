using Copilot.Analysis.Samples;
using Xunit;

namespace Copilot.Analysis.Tests.Samples;

public sealed class LogTemplateTests
{
    [Theory]
    [InlineData("12:01:02.345 INFO  o.Orders#31 [find][order 17 of user 4]", "INFO o.Orders#31 find order … of user …")]
    [InlineData("order 17 not found", "order … not found")]
    [InlineData("order 9c1e6679-7425-40de-944b-e07fc1f90ae7 not found", "order … not found")]
    [InlineData("request id=abc took", "request id … took")]
    [InlineData("no band for volume above 120 m3 in class", "no band for volume above … in class")]
    [InlineData("payment refused", "payment refused")]
    [InlineData("17", "")]
    [InlineData("", "")]
    public void Values_go_and_words_stay(string message, string template) => Assert.Equal(template, LogTemplate.Of(message));

    [Fact]
    public void A_body_of_any_length_is_cheap() =>
        Assert.Equal("a a a a a a a …", LogTemplate.Of(string.Concat(Enumerable.Repeat("a ", 1_000_000))));
}
