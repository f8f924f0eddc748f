using System.Text.Json;
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
                "*p95* `▁▁██▁`",
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

    [Fact]
    public void A_row_of_a_table_says_what_it_is_about_and_what_each_number_is() =>
        Assert.Equal(
            [
                "**By service**",
                "- `checkout` · `EU`: error\\_rate 12.5 %, p99 1.5 s",
                "- `–` · `US`: error\\_rate –, p99 20 ms",
                "- … 998 more in the browser",
            ],
            ResultLines.Of(
                new TableResult(
                    [new("service"), new("span.region"), new("error_rate", "1"), new("p99", "ms")],
                    [
                        ["checkout", "EU", 0.125, 1500L],
                        [null, "US", null, 20.0],
                    ],
                    1000
                )
            )
        );

    [Fact]
    public void A_row_of_numbers_alone_names_each() =>
        Assert.Equal(
            ["**By row**", "- p50 20 ms, p99 1.5 s"],
            ResultLines.Of(
                new TableResult(
                    [new("p50", "ms"), new("p99", "ms")],
                    [
                        [20.0, 1500.0],
                    ],
                    1
                )
            )
        );

    [Fact]
    public void A_table_of_many_rows_and_columns_is_cut()
    {
        var columns = Enumerable.Range(0, 30).Select(n => new TableColumn($"span.a{n}")).ToList();
        IReadOnlyList<object?> row = [.. columns.Select(_ => new string('x', 5000))];

        var lines = ResultLines.Of(new TableResult(columns, [.. Enumerable.Repeat(row, 40)], 40));

        Assert.Equal((12, "- … 30 more in the browser"), (lines.Count, lines[^1]));
        Assert.All(lines, line => Assert.InRange(line.Length, 10, 600));
    }

    [Fact]
    public void A_period_that_is_over_says_how_long_it_was() =>
        Assert.Equal(
            [
                "*error\\_rate* `pay` `charge`: from 2026-03-04 23:58:00 UTC, **to 2026-03-05 00:02:00 UTC, 4 min**",
                "- before: 1 %",
                "- peak: 50 % at 2026-03-04 23:59:00 UTC",
            ],
            ResultLines.Of(Period(Start.AddMinutes(4), 0.01, 0.5))
        );

    [Fact]
    public void A_period_that_lasts_is_going_on() =>
        Assert.Equal(
            ["*error\\_rate* `pay` `charge`: from 2026-03-04 23:58:00 UTC, **going on**"],
            ResultLines.Of(Period(null, null, null))
        );

    [Fact]
    public void A_group_of_errors_says_how_many_where_what_and_when() =>
        Assert.Equal(
            [
                "**Errors**",
                "- 1,200 × `pay` `TimeoutException` `after 5 s`: 2026-03-04 23:58:00 UTC to 2026-03-04 23:59:00 UTC, [0123abcd](/trace/0123abcd99)",
                "- 1 × `web` without a message: 2026-03-04 23:58:00 UTC to 2026-03-04 23:58:00 UTC",
            ],
            ResultLines.Of(
                new ErrorsResult([
                    new("pay", "TimeoutException", "after 5 s", 1200, Start, Start.AddMinutes(1), ["0123abcd99"], "at x"),
                    new("web", null, null, 1, Start, Start, [], null),
                ])
            )
        );

    [Fact]
    public void Nothing_that_telemetry_wrote_mentions_or_links_not_even_as_a_unit()
    {
        const string Evil = "`<!channel> [x](https://evil.example) <@U1>";
        AnswerResult[] results =
        [
            new ScalarResult(Evil, 1, Evil),
            new ComparisonResult(Evil, Evil, 1, 2),
            new SeriesResult(Evil, Evil, [new SeriesPoint(Start, 1)]),
            new TableResult(
                [new(Evil), new(Evil, Evil)],
                [
                    [Evil, 1L],
                    [Evil, Evil],
                ],
                2
            ),
            new PeriodResult(Start, null, true, Evil, Evil, Evil, Evil, 1, 2, Start),
            new ErrorsResult([new(Evil, Evil, Evil, 1, Start, Start, [], Evil)]),
        ];

        var shown = Mrkdwn.Of(string.Join('\n', ResultLines.Of(results)), new Uri("https://copilot.example"));

        Assert.DoesNotContain("<", shown, StringComparison.Ordinal);
    }

    [Fact]
    public void Several_results_stand_below_each_other()
    {
        var more = new ScalarResult("failed_count", 7, "count");

        Assert.Equal(
            ["**Services**", "- `pay` match", "", "*failed\\_count*: **7**"],
            ResultLines.Of([new ServicesResult([new("pay", "match", 1, null)]), new NoResult(), more])
        );
    }

    [Fact]
    public void A_message_has_what_else_was_asked_for_within_its_limits()
    {
        var errors = new ErrorsResult([
            .. Enumerable.Repeat(new ErrorGroup("pay", new string('&', 900), new string('<', 900), 1, Start, Start, [], null), 40),
        ]);
        var answer = new Answer
        {
            ConversationId = "c_1",
            Outcome = Outcome.Answered,
            Text = "text",
            Understood = new() { Intent = "errors" },
            Result = new ScalarResult("failed_count", 7, "count"),
            More = [new ScalarResult("p95", 2, "ms"), .. Enumerable.Repeat(errors, 5)],
            Coverage = new Coverage(true, null, ""),
        };

        var message = JsonSerializer
            .SerializeToNode(AnswerMessage.Of("how many?", answer, new AskedIn(null, Start, IsPrivate: false)).Blocks)!
            .AsArray();

        var sections = message
            .Where(block => (string)block!["type"]! == "section")
            .Select(block => (string)block!["text"]!["text"]!)
            .ToList();
        Assert.Contains("_p95_", sections[0], StringComparison.Ordinal);
        Assert.InRange(sections.Count, 3, 6);
        Assert.All(sections, text => Assert.InRange(text.Length, 1, 3000));
        Assert.Contains("in the browser", sections[^1], StringComparison.Ordinal);
    }

    private static PeriodResult Period(DateTimeOffset? to, double? before, double? peak) =>
        new(Start, to, to is null, "pay", "charge", "error_rate", "1", before, peak, peak is null ? null : Start.AddMinutes(1));

    private static SeriesResult Series(string name, string unit, params double[] values) =>
        new(name, unit, [.. values.Select((value, minute) => new SeriesPoint(Start.AddMinutes(minute), value))]);
}
