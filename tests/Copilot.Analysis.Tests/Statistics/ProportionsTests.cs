using Copilot.Analysis.Statistics;
using Xunit;

namespace Copilot.Analysis.Tests.Statistics;

public sealed class ProportionsTests
{
    [Theory]
    // Computed with exact integer binomial coefficients.
    [InlineData(3, 4, 1, 4, 0.2428571429)]
    [InlineData(7, 9, 0, 15, 0.0001040150)]
    [InlineData(0, 10, 5, 10, 1)]
    [InlineData(10, 10, 10, 10, 1)]
    public void Fishers_test_is_exact(int hits, int count, int baseHits, int baseCount, double p) =>
        Assert.Equal(p, Proportions.FisherGreater(hits, count, baseHits, baseCount), 7);

    [Fact]
    public void Large_samples_neither_overflow_nor_lose_the_tail()
    {
        Assert.Equal(38, Proportions.Surprise(50_000, 100_000, 100, 100_000), 0);
        Assert.InRange(Proportions.Surprise(10_100, 100_000, 10_000, 100_000), 0.5, 1);
    }

    [Fact]
    public void A_tail_becomes_standard_deviations()
    {
        Assert.Equal(3, Normal.FromUpperTail(0.0013499), 3);
        Assert.Equal(0, Normal.FromUpperTail(0.7));
    }
}
