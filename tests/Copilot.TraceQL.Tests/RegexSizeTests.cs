using Copilot.TraceQL.Regexes;

namespace Copilot.TraceQL.Tests;

public sealed class RegexSizeTests
{
    [Theory]
    [InlineData("", 0, 0)]
    [InlineData("abc", 3, 0)]
    [InlineData("a|[b-d]", 3, 0)]
    [InlineData(".*", 1, 1)]
    [InlineData("(ab?)+", 2, 2)]
    [InlineData("(ab){3}", 6, 0)]
    [InlineData("(a.*){2,4}", 8, 6)]
    [InlineData("(.{0,50}){0,50}x", 2501, 2550)]
    public void Places_and_choices_are_counted_with_repeats_written_out(string pattern, long states, long choices)
    {
        Assert.True(Re2.TryRead(pattern, out var parts, out _));
        Assert.Equal(new RegexSize(states, choices), RegexSize.Of(parts));
    }

    [Fact]
    public void Counts_of_counts_end_at_a_number()
    {
        Assert.True(Re2.TryRead("((((a{1000}){1000}){1000}){1000}){1000}", out var parts, out _));
        Assert.Equal(1_000_000_000, RegexSize.Of(parts).States);
    }
}
