using Xunit;

namespace Copilot.Demo.Tests;

public sealed class ScheduleTests
{
    private static readonly Schedule Schedule = new(calm: TimeSpan.FromMinutes(4), trouble: TimeSpan.FromMinutes(5));

    [Theory]
    [InlineData(0, null)]
    [InlineData(59, null)]
    [InlineData(60, typeof(RoundingDeploy))]
    [InlineData(359, typeof(RoundingDeploy))]
    [InlineData(360, null)]
    [InlineData(600, typeof(StockRecount))]
    [InlineData(1140, typeof(BrokenIndexPod))]
    [InlineData(1440, null)]
    [InlineData(1680, typeof(RoundingDeploy))]
    public void Three_incidents_take_turns_with_calm_between(int seconds, Type? expected) =>
        Assert.Equal(expected, Schedule.At(TimeSpan.FromSeconds(seconds))?.GetType());
}
