using Copilot.Language.Questions;
using Copilot.Web.Display;
using Xunit;

namespace Copilot.Web.Tests.Display;

public sealed class LocalTimeTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 29, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Times_are_shown_in_the_readers_zone_across_its_change_of_clocks()
    {
        var berlin = new LocalTime(TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"), Now);

        Assert.Equal("01:30:00", berlin.Clock(new DateTimeOffset(2026, 3, 29, 0, 30, 0, TimeSpan.Zero)));
        Assert.Equal("03:30:00", berlin.Clock(new DateTimeOffset(2026, 3, 29, 1, 30, 0, TimeSpan.Zero)));
    }

    [Fact]
    public void A_window_names_its_day_unless_it_is_today()
    {
        var clock = LocalTime.Utc(Now);

        Assert.Equal("11:45 – 12:00", clock.Window(new Period(Now.AddMinutes(-15), Now)));
        Assert.Equal("27 Mar 12:00 – 28 Mar 12:00", clock.Window(new Period(Now.AddDays(-2), Now.AddDays(-1))));
        Assert.Equal("11:59:30 – 12:00:00", clock.Window(new Period(Now.AddSeconds(-30), Now)));
    }

    [Fact]
    public void A_window_in_words_can_be_asked_about()
    {
        var clock = LocalTime.Utc(Now);

        Assert.Equal("between 11:45:00 and 12:00:00", clock.Words(new Period(Now.AddMinutes(-15), Now)));
        Assert.Equal("between 2026-03-27 12:00:00 and 2026-03-28 12:00:00", clock.Words(new Period(Now.AddDays(-2), Now.AddDays(-1))));
    }

    [Fact]
    public void An_instant_survives_an_address()
    {
        var time = new DateTimeOffset(2026, 1, 2, 3, 4, 5, 678, TimeSpan.FromHours(2));

        Assert.Equal(time, Instant.Parse(Instant.Text(time)));
        Assert.Null(Instant.Parse("yesterday-ish"));
    }
}
