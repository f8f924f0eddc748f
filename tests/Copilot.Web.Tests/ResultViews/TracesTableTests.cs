using Bunit;
using Copilot.Answers.Contract;
using Copilot.Web.Display;
using Copilot.Web.ResultViews.Tables;
using Copilot.Web.Tests.Display;
using Xunit;

namespace Copilot.Web.Tests.ResultViews;

public sealed class TracesTableTests : ComponentTest
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 3, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Ten_traces_are_on_a_page_and_the_rest_on_the_next()
    {
        var table = Drawn(Traces(12), 12);
        Assert.Equal(10, table.FindAll("tbody tr").Count);
        table.FindAll("button").Single(button => button.GetAttribute("aria-label") == "Next page").Click();
        Assert.Equal(2, table.FindAll("tbody tr").Count);
    }

    [Fact]
    public void A_short_list_has_no_pager() => Assert.Empty(Drawn(Traces(3), 3).FindAll(".mud-table-pagination"));

    [Fact]
    public void The_longest_come_first_after_two_clicks_on_their_column()
    {
        var table = Drawn(Traces(3), 3);
        var sort = table
            .FindAll("th")
            .Single(header => header.TextContent.Contains("Duration", StringComparison.Ordinal))
            .QuerySelector(".sortable-column-header")!;
        sort.Click();
        Assert.Contains("10 ms", Rows(table)[0], StringComparison.Ordinal);
        table
            .FindAll("th")
            .Single(header => header.TextContent.Contains("Duration", StringComparison.Ordinal))
            .QuerySelector(".sortable-column-header")!
            .Click();
        Assert.Contains("30 ms", Rows(table)[0], StringComparison.Ordinal);
    }

    [Fact]
    public void What_telemetry_calls_an_operation_is_text_and_never_markup()
    {
        var table = Drawn([Trace(1) with { RootOperation = "<img src=x onerror=alert(1)>" }], 1);
        Assert.Empty(table.FindAll("img"));
        Assert.Contains("<img src=x", table.Find("a").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cut_list_says_of_how_many_it_is_the_beginning() =>
        Assert.Contains("The first 12 of 5,000", Drawn(Traces(12), 5_000).Markup, StringComparison.Ordinal);

    private IRenderedComponent<TracesTable> Drawn(IReadOnlyList<TraceItem> traces, long total) =>
        Render<TracesTable>(table => table.Add(t => t.Result, new TracesResult(traces, total)).Add(t => t.Clock, LocalTime.Utc(Now)));

    private static List<string> Rows(IRenderedComponent<TracesTable> table) =>
        [.. table.FindAll("tbody tr").Select(row => row.TextContent)];

    private static TraceItem[] Traces(int count) => [.. Enumerable.Range(1, count).Select(Trace)];

    private static TraceItem Trace(int number) =>
        new(number.ToString("x32", null), Now.AddSeconds(-number), 10 * number, "front", "GET /", number % 2);
}
