using Copilot.Web.Charts;
using Xunit;

namespace Copilot.Web.Tests.Charts;

public sealed class ChartScaleTests
{
    [Theory]
    [InlineData(20.8)]
    [InlineData(1.09)]
    [InlineData(0.154)]
    [InlineData(885)]
    [InlineData(1_000_001)]
    [InlineData(3e-9)]
    public void The_axis_ends_just_above_what_is_shown_and_has_a_few_round_ticks(double highest)
    {
        var scale = ChartScale.Of(highest);
        Assert.InRange(highest / scale.Top, 0.7, 1);
        Assert.InRange(scale.Ticks.Count, 3, 6);
        Assert.Equal(0, scale.Ticks[0]);
        Assert.Equal(scale.Top, scale.Ticks[^1], 12);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(double.NaN)]
    public void Nothing_to_show_is_an_axis_all_the_same(double highest) => Assert.Equal(1, ChartScale.Of(highest).Top);

    [Fact]
    public void A_gap_stays_a_gap_and_a_lonely_point_is_seen()
    {
        var at = new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
        var geometry = new ChartGeometry(at, at.AddMinutes(4), 10);
        var path = geometry.Path([
            new ChartPoint(at, 10),
            new ChartPoint(at.AddMinutes(1), 0),
            new ChartPoint(at.AddMinutes(2), null),
            new ChartPoint(at.AddMinutes(3), 5),
        ]);
        Assert.Equal("M0 0 L250 100 M750 50 h1", path);
    }

    [Fact]
    public void Times_of_an_axis_are_round_on_the_readers_clock()
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById("Asia/Kolkata");
        var from = new DateTimeOffset(2026, 1, 1, 12, 7, 0, TimeSpan.Zero);
        var ticks = TimeTicks.Of(from, from.AddHours(1), zone);
        Assert.Equal(["17:40", "17:50", "18:00", "18:10", "18:20", "18:30"], ticks.Select(tick => tick.Text));
    }
}
