using Copilot.TraceQL;
using Copilot.Web.Queries;
using Xunit;

namespace Copilot.Web.Tests.Queries;

public sealed class ErrorMarkTests
{
    [Theory]
    [InlineData("{ status = eror }", "eror")]
    [InlineData("{ }\n&& }", "}")]
    [InlineData("{ \"🙈\" = foo }", "foo")]
    public void What_is_wrong_is_marked_in_its_line(string query, string wrong)
    {
        Assert.False(TraceQlParser.TryParse(query, out _, out var error));

        var mark = ErrorMark.Of(query, error);

        Assert.Contains(wrong, mark.Wrong + mark.After, StringComparison.Ordinal);
        Assert.Contains(mark.Before + mark.Wrong + mark.After, query, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_missing_at_the_end_is_marked_as_a_space()
    {
        Assert.False(TraceQlParser.TryParse("{ status = error", out _, out var error));

        Assert.Equal(new ErrorMark("{ status = error", " ", string.Empty), ErrorMark.Of("{ status = error", error));
    }
}
