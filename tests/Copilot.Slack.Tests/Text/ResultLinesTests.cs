using Copilot.Answers.Contract;
using Copilot.Slack.Api;
using Copilot.Slack.Conversing;
using Xunit;

namespace Copilot.Slack.Tests.Text;

public sealed class ResultLinesTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 4, 23, 58, 0, TimeSpan.Zero);

    [Fact]
    public void A_series_is_told_by_its_first_last_lowest_and_highest_point() =>
        Assert.Equal(
            [
                "*p95*",
                "- first: 120 ms at 2026-03-04 23:58:00 UTC",
                "- last: 130 ms at 2026-03-05 00:02:00 UTC",
                "- lowest: 80.5 ms at 2026-03-04 23:59:00 UTC",
                "- highest: 2.4 s at 2026-03-05 00:00:00 UTC",
            ],
            ResultLines.Of(Series("p95", "ms", 120, 80.5, 2400, 2400, 130))
        );

    [Fact]
    public void The_order_in_which_points_arrive_does_not_decide_which_is_first()
    {
        var series = Series("error rate", "1", 0.01, 0.25, 0.02);

        Assert.Equal(ResultLines.Of(series), ResultLines.Of(series with { Points = [.. series.Points.Reverse()] }));
    }

    [Fact]
    public void A_series_without_points_has_no_lines() => Assert.Empty(ResultLines.Of(Series("p95", "ms")));

    [Fact]
    public void The_name_of_a_series_mentions_nobody()
    {
        var message = string.Join('\n', ResultLines.Of(Series("<!channel> [x](https://evil.example)", "count", 1, 2)));

        var shown = Mrkdwn.Of(message, new Uri("https://copilot.example"));

        Assert.DoesNotContain("<", shown, StringComparison.Ordinal);
    }

    private static SeriesResult Series(string name, string unit, params double[] values) =>
        new(name, unit, [.. values.Select((value, minute) => new SeriesPoint(Start.AddMinutes(minute), value))]);
}
