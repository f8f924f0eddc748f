using Copilot.Web.Display;
using Xunit;

namespace Copilot.Web.Tests.Display;

public sealed class ToldTimesTests
{
    private static readonly DateTimeOffset Near = new(2026, 11, 28, 23, 7, 0, TimeSpan.Zero);
    private static readonly LocalTime Berlin = new(TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"), Near);

    [Theory]
    [InlineData("deploy at 23:06:52 UTC (2.5.0)", "2026-11-28T23:06:52Z", "29 Nov 00:06:52")]
    [InlineData("deploy at 18:06:52 UTC-5 (2.5.0)", "2026-11-28T23:06:52Z", "29 Nov 00:06:52")]
    [InlineData("deploy at 04:36:52 UTC+5:30 (2.5.0)", "2026-11-28T23:06:52Z", "29 Nov 00:06:52")]
    public void A_time_with_its_zone_is_told_by_the_readers_clock(string text, string instant, string shown)
    {
        var html = ToldTimes.ToHtml(text, Near, Berlin with { Now = Near.AddDays(-3) }).Value;
        Assert.Contains(
            $"<time datetime=\"{instant}\" title=\"2026-11-28 23:06:52 UTC\">{shown}</time> (2.5.0)",
            html,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("UTC-5", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Both_ends_of_a_stretch_are_times()
    {
        var html = ToldTimes.ToHtml("From 2026-11-28 23:57:00 to 00:07:23 UTC, in all", Near, Berlin).Value;
        Assert.Contains("2026-11-28T23:57:00Z", html, StringComparison.Ordinal);
        Assert.Contains("2026-11-29T00:07:23Z", html, StringComparison.Ordinal);
        Assert.Contains("</time> to <time", html, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_time_of_a_zone_stays_as_it_is_and_is_encoded()
    {
        const string text = "<b>ratio 12:30 of 99:99 UTC in 10:20:30:40 UTC</b>";
        Assert.Equal("&lt;b&gt;ratio 12:30 of 99:99 UTC in 10:20:30:40 UTC&lt;/b&gt;", ToldTimes.ToHtml(text, Near, Berlin).Value);
    }

    [Fact]
    public void Markdown_tells_them_too_but_not_in_code()
    {
        var html = SafeMarkdown.ToHtml("**at 23:06:52 UTC** and `23:06:52 UTC`", Near, Berlin).Value;
        Assert.Contains("<strong>at <time", html, StringComparison.Ordinal);
        Assert.Contains("<code>23:06:52 UTC</code>", html, StringComparison.Ordinal);
    }
}
