using Bunit;
using Copilot.Answers.Contract;
using Copilot.Language.Questions;
using Copilot.Web.Chat;
using Copilot.Web.Display;
using Copilot.Web.ResultViews;
using Copilot.Web.Tests.Display;
using Xunit;

namespace Copilot.Web.Tests.ResultViews;

/// <summary>Tables of any columns, periods and groups of errors, as the browser draws them.</summary>
public sealed class TableResultTests : ComponentTest
{
    private const string Trace = "0123456789abcdef0123456789abcdef";
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 3, 0, 0, TimeSpan.Zero);
    private static readonly LocalTime Clock = LocalTime.Utc(Start.AddHours(1));

    [Fact]
    public void Each_cell_is_drawn_as_what_its_column_holds()
    {
        var table = Drawn(
            new TableResult(
                [new("service"), new("time"), new("traceId"), new("span.region"), new("http.response.status_code"), new("p99", "ms")],
                [
                    ["pay", "2026-03-01T03:00:00Z", Trace, "EU", 500L, 1500.0],
                    [null, "noon", "x", "", null, null],
                ],
                40
            )
        );

        Assert.Equal(
            ["Service", "Time", "traceId", "span.region", "http.response.status_code", "p99 latency"],
            table.FindAll("th[scope=col]").Select(head => head.TextContent)
        );
        Assert.Equal(
            ["pay", "03:00:00", "01234567", "EU", "500", "1.5 s", "–", "noon", "x", "empty", "–", "–"],
            table.FindAll("td").Select(cell => cell.TextContent)
        );
        Assert.Equal("/service?name=pay", table.Find("a.service-name").GetAttribute("href"));
        Assert.Equal($"/trace/{Trace}", table.Find("a.mono").GetAttribute("href"));
        Assert.Contains("The first 2 of 40 rows", table.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_table_is_shown_in_parts()
    {
        var table = Drawn(
            new TableResult([new("span.n")], [.. Enumerable.Range(0, 30).Select(n => (IReadOnlyList<object?>)[(long)n])], 30)
        );
        Assert.Equal(15, table.FindAll("tbody tr").Count);
        table.Find("button").Click();
        Assert.Equal(30, table.FindAll("tbody tr").Count);
    }

    [Fact]
    public void What_telemetry_wrote_is_text_and_never_markup()
    {
        const string Evil = "<img src=x onerror=alert(1)>";
        AnswerResult[] results =
        [
            new TableResult(
                [new(Evil), new(Evil, Evil)],
                [
                    [Evil, 1L],
                ],
                1
            ),
            new ErrorsResult([new(Evil, Evil, Evil, 1, Start, Start, [Evil], Evil)]),
            new PeriodResult(Start, null, true, Evil, Evil, Evil, Evil, 1, 2, Start),
        ];
        foreach (var result in results)
        {
            var view = Drawn(result);
            Assert.Empty(view.FindAll("img"));
            Assert.Contains("&lt;img src=x", view.Markup, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_group_of_errors_has_its_traces_and_its_stack_trace_folded()
    {
        var view = Drawn(
            new ErrorsResult([new("pay", "TimeoutException", "after 5 s", 1200, Start, Start.AddMinutes(1), [Trace], "at x")])
        );

        Assert.Equal("1,200", view.Find("td.number").TextContent);
        Assert.Equal("TimeoutException", view.Find(".type").TextContent);
        Assert.Equal("after 5 s", view.Find(".message").TextContent);
        Assert.StartsWith($"/trace/{Trace}?at=", view.Find("a.mono").GetAttribute("href"), StringComparison.Ordinal);
        Assert.False(view.Find("details").HasAttribute("open"));
        Assert.Equal("at x", view.Find("details pre").TextContent);
    }

    [Fact]
    public void An_error_without_type_and_message_says_so() =>
        Assert.Contains(
            "without a message",
            Drawn(new ErrorsResult([new("pay", null, null, 1, Start, Start, [], null)])).Markup,
            StringComparison.Ordinal
        );

    [Fact]
    public void A_period_that_is_over_says_how_long_and_how_bad_it_was()
    {
        var view = Drawn(Period(Start.AddMinutes(4), 0.01, 0.5));

        Assert.Equal(["03:00:00", "03:04:00"], view.FindAll("time").Select(time => time.TextContent));
        Assert.Equal("4 min", view.Find(".badge").TextContent);
        Assert.Equal(["before 1 %", "→", "peak 50 %", "at 03:01:00"], view.FindAll("p > span").Select(part => part.TextContent));
    }

    [Fact]
    public void A_period_that_lasts_has_lasted_to_the_end_of_the_window()
    {
        var period = Period(null, null, null);

        var view = Drawn(period, new Period(Start, Start.AddMinutes(9)));

        Assert.Contains("going on", view.Markup, StringComparison.Ordinal);
        Assert.Equal("9 min so far", view.Find(".badge").TextContent);
        Assert.Empty(Drawn(period).FindAll(".badge"));
    }

    [Theory]
    [InlineData("p75", "p75 latency")]
    [InlineData("p99.9", "p99.9 latency")]
    [InlineData("peak_throughput", "highest throughput")]
    [InlineData("payload_size", "payload size")]
    public void A_measure_is_named_as_people_say_it(string name, string said) => Assert.Equal(said, MeasureName.Text(name));

    [Fact]
    public void Nothing_found_draws_nothing()
    {
        Assert.Empty(Drawn(new TableResult([new("a")], [], 0)).Markup.Trim());
        Assert.Empty(Drawn(new ErrorsResult([])).Markup.Trim());
    }

    [Fact]
    public void What_else_was_asked_for_stands_below_and_nothing_twice()
    {
        var answer = new Answer
        {
            ConversationId = "c_1",
            Outcome = Outcome.Answered,
            Text = "text",
            Understood = new Understood { Intent = "query" },
            Result = new TableResult(
                [new("p50", "ms"), new("p99", "ms")],
                [
                    [20.0, 1500.0],
                ],
                1
            ),
            More = [new ScalarResult("p99", 1500, "ms"), new ScalarResult("failed_count", 7, "count"), new ErrorsResult([])],
            Coverage = new Coverage(true, null, ""),
        };

        var view = Render<TurnView>(turn => turn.Add(t => t.Turn, Turn.Past("how slow?", answer)).Add(t => t.Clock, Clock));

        Assert.Equal(["20 ms", "1.5 s"], view.FindAll("td").Select(cell => cell.TextContent));
        Assert.Equal(["7"], view.FindAll("figure .value").Select(value => value.TextContent));
    }

    private IRenderedComponent<ResultView> Drawn(AnswerResult result, Period? window = null) =>
        Render<ResultView>(view => view.Add(v => v.Result, result).Add(v => v.Clock, Clock).Add(v => v.Window, window));

    private static PeriodResult Period(DateTimeOffset? to, double? before, double? peak) =>
        new(Start, to, to is null, "pay", "charge", "error_rate", "1", before, peak, peak is null ? null : Start.AddMinutes(1));
}
