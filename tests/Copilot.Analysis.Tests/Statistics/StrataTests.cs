using Copilot.Analysis.Statistics;
using Xunit;

namespace Copilot.Analysis.Tests.Statistics;

public sealed class StrataTests
{
    [Theory]
    [InlineData(7, 9, 7, 24)]
    [InlineData(3, 4, 4, 8)]
    [InlineData(40, 60, 55, 200)]
    public void One_stratum_is_fishers_test(int hits, int count, int allHits, int all) =>
        Assert.Equal(
            Proportions.Surprise(hits, count, allHits - hits, all - count),
            Strata.Surprise([new Stratum(hits, count, allHits, all)]),
            9
        );

    [Fact]
    public void Two_strata_are_the_exact_distribution_of_their_sum()
    {
        // Of 2 with the property, 1 of 4 is hit: none or one with chance 1/2 each; twice that: both hit with chance 1/4.
        var one = new Stratum(1, 2, 1, 4);
        Assert.Equal(Normal.FromUpperTail(0.25), Strata.Surprise([one, one]), 9);
    }

    [Fact]
    public void What_is_hit_more_only_for_belonging_to_a_worse_stratum_is_no_surprise()
    {
        // 45 of 60 with the property are hit and 15 of 60 without, but within each stratum it makes no difference.
        Assert.Equal(0, Strata.Surprise([new Stratum(45, 50, 54, 60), new Stratum(1, 10, 6, 60)]), 1);
    }

    [Fact]
    public void Strata_in_which_all_have_the_property_tell_nothing() => Assert.Equal(0, Strata.Surprise([new Stratum(20, 30, 20, 30)]));
}
