using Copilot.Telemetry.Records;
using Copilot.Web.Times;
using Xunit;

namespace Copilot.Web.Tests.Times;

public sealed class TimeRangeTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 29, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("15m", 15)]
    [InlineData("3h", 180)]
    [InlineData("7d", 10_080)]
    [InlineData(null, 60)]
    [InlineData("", 60)]
    [InlineData("99999d", 60)]
    [InlineData("-1h", 60)]
    [InlineData("0m", 60)]
    [InlineData("1h<script>", 60)]
    public void The_last_so_much_moves_with_the_time_of_day(string? word, int minutes)
    {
        var range = TimeRange.Of(word, null, null, Now);
        Assert.Equal(new TimeWindow(Now.AddMinutes(-minutes), Now), range.Window);
        Assert.NotNull(range.Last);
    }

    [Fact]
    public void Both_ends_of_an_address_stand()
    {
        var range = TimeRange.Of("15m", "2026-11-29T10:00:00Z", "2026-11-29T10:30:00Z", Now);
        Assert.Equal(new TimeWindow(Now.AddHours(-2), Now.AddHours(-1.5)), range.Window);
        Assert.Null(range.Last);
        Assert.Equal(new TimeWindow(Now.AddHours(-2.5), Now.AddHours(-2)), range.Before);
    }

    [Theory]
    [InlineData("2026-11-29T11:00:00Z", "2026-11-29T10:30:00Z")]
    [InlineData("soon", "later")]
    [InlineData(null, "2026-11-29T10:30:00Z")]
    public void A_damaged_address_still_opens_its_page(string? from, string? to) =>
        Assert.Equal(TimeRange.Usual, TimeRange.Of(null, from, to, Now).Last);

    [Theory]
    [InlineData("15m", 1)]
    [InlineData("6h", 5)]
    [InlineData("7d", 120)]
    public void Steps_are_round_and_few(string word, int minutes) =>
        Assert.Equal(TimeSpan.FromMinutes(minutes), TimeRange.Of(word, null, null, Now).Step(120));
}
