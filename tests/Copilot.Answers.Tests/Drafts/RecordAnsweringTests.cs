using Copilot.Answers.Contract;
using Copilot.Language.Frames;
using Copilot.Language.Questions;
using Copilot.Ownership.Catalog;
using Copilot.Ownership.Sources;
using Copilot.Telemetry.Records;
using Copilot.Telemetry.Spans;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Copilot.Answers.Tests.Drafts;

/// <summary>Web and shop call pay, 3 times and once; pay asks bank. The team money owns pay, nobody owns the rest. One runbook is about
/// pay.</summary>
[Trait("needs", "postgres")]
public sealed class RecordAnsweringTests(AnsweringRoom room) : IClassFixture<AnsweringRoom>, IAsyncLifetime
{
    private const string Catalog = """
        kind: Group
        metadata: {name: money}
        spec: {members: [ann]}
        ---
        kind: Component
        metadata: {name: pay}
        spec: {owner: money}
        """;

    private const string Runbook = """
        ---
        services: [pay]
        ---
        # Charges are *declined*

        ## What to do

        - Switch to the second bank
        - Tell @everyone
        """;

    public async Task InitializeAsync()
    {
        await room.ClearAsync();
        await room
            .Services.GetRequiredService<CatalogIntake>()
            .PutAsync([new CatalogFile("teams.yaml", Catalog), new CatalogFile("runbooks/declined.md", Runbook)], CancellationToken.None);
        for (var i = 0; i < 4; i++)
        {
            var caller = i < 3 ? "web" : "shop";
            var root = await room.Rows.SpanAsync(caller, "GET /", i, 100);
            var call = await room.Rows.SpanAsync(caller, "POST", i, 90, root, SpanKind.Client);
            var charge = await room.Rows.SpanAsync("pay", "POST /charges", i, 80, call, failed: i == 0);
            var asked = await room.Rows.SpanAsync("pay", "POST", i, 60, charge, SpanKind.Client);
            await room.Rows.SpanAsync("bank", "POST /bookings", i, 60, asked);
        }
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task Calls_of_one_service_to_another_are_the_requests_that_it_made()
    {
        var count = await room.AnswerAsync(Called("web", FrameMeasure.Plain(MeasureKind.Count)));
        Assert.Equal(new ScalarResult("request_count", 3, "count"), count.Result);
        Assert.Contains("of `pay` made by `web`", count.Text, StringComparison.Ordinal);
        Assert.StartsWith("{ resource.service.name = \"web\" } > { ", count.Queries[0].TraceQl, StringComparison.Ordinal);
        Assert.Equal(
            new ScalarResult("failed_count", 0, "count"),
            (await room.AnswerAsync(Called("shop", FrameMeasure.Plain(MeasureKind.Failed)))).Result
        );
        // Who only calls it through others did not make the request.
        Assert.Equal(
            new ScalarResult("request_count", 0, "count"),
            (await room.AnswerAsync(Called("bank", FrameMeasure.Plain(MeasureKind.Count)))).Result
        );
    }

    [Fact]
    public async Task Logs_of_a_trace_are_those_of_no_other()
    {
        var span = await room.Rows.SpanAsync("web", "GET /", 5, 100);
        await room.Rows.LogAsync("web", 5, "cannot charge", 17, span);
        await room.Rows.LogAsync("web", 5, "another's");

        var answer = await room.AnswerAsync(
            room.Plan(QuestionKind.Logs) with
            {
                Logs = new LogSelection(),
                TraceId = span.TraceId.ToString(),
            }
        );

        var logs = Assert.IsType<LogsResult>(answer.Result);
        Assert.Equal(1, logs.Total);
        Assert.Equal("cannot charge", Assert.Single(logs.Items).Body);
    }

    [Fact]
    public async Task Services_that_nobody_owns_are_listed()
    {
        var answer = await room.AnswerAsync(room.Plan(QuestionKind.Owners) with { Unowned = true });
        var found = Assert.IsType<ServicesResult>(answer.Result);
        Assert.Equal(["bank", "shop", "web"], found.Items.Select(item => item.Service));
        Assert.Contains("**3 of the 4 known services have no owner**", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_services_runbook_is_told_with_its_first_steps_as_quoted_text()
    {
        var answer = await room.AnswerAsync(room.Plan(QuestionKind.Runbooks, 0, 60, "pay"));
        var row = Assert.Single(Assert.IsType<TableResult>(answer.Result).Rows);
        Assert.Equal(["declined.md", "Charges are *declined*", "pay"], row);
        Assert.Contains("- Switch to the second bank", answer.Text, StringComparison.Ordinal);
        Assert.Contains(@"**Charges are \*declined\***", answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("@everyone", answer.Text, StringComparison.Ordinal);

        var none = await room.AnswerAsync(room.Plan(QuestionKind.Runbooks, 0, 60, "web"));
        Assert.Equal(Outcome.NoData, none.Outcome);
        Assert.Contains("None of the 1 runbook is about `web`", none.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_time_of_a_services_requests_is_split_over_those_that_they_waited_for()
    {
        var answer = await room.AnswerAsync(room.Plan(QuestionKind.TimeSpent, 0, 60, "pay"));
        var table = Assert.IsType<TableResult>(answer.Result);
        Assert.Equal(["service", "operation", "self_time", "share"], table.Columns.Select(column => column.Name));
        Assert.Equal(["bank", "POST /bookings", 60.0, 0.75], table.Rows[0]);
        Assert.Equal(["pay", "POST /charges", 20.0, 0.25], table.Rows[1]);
        Assert.Contains("took **80 ms** on average", answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(table.Rows, row => row[0] is "web" or "shop");
    }

    [Fact]
    public async Task Without_requests_there_is_no_time_to_split()
    {
        var answer = await room.AnswerAsync(room.Plan(QuestionKind.TimeSpent, 30, 60, "pay"));
        Assert.Equal(Outcome.NoData, answer.Outcome);
    }

    private QuestionPlan Called(string caller, FrameMeasure measure) =>
        room.Plan(QuestionKind.Query, 0, 60, "pay") with
        {
            Frame = new QueryFrame
            {
                Act = FrameAct.Measure,
                Over = FramePopulation.Requests,
                CalledBy = [caller],
                Measures = [measure],
            },
        };
}
