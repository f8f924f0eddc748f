using Copilot.Answers.Contract;
using Copilot.Language.Frames;
using Copilot.Language.Questions;
using Copilot.Ownership.Catalog;
using Copilot.Ownership.Sources;
using Copilot.Telemetry.Records;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Copilot.Answers.Tests.Drafts;

/// <summary>The team money owns pay (3 of 10 requests fail) and bank (1 of 10); web (none of 5) belongs to nobody.</summary>
[Trait("needs", "postgres")]
public sealed class TeamAnsweringTests(AnsweringRoom room) : IClassFixture<AnsweringRoom>, IAsyncLifetime
{
    private const string Catalog = """
        kind: Group
        metadata: {name: money}
        spec: {members: [ann]}
        ---
        kind: Component
        metadata: {name: pay}
        spec: {owner: money}
        ---
        kind: Component
        metadata: {name: bank}
        spec: {owner: money}
        """;

    public async Task InitializeAsync()
    {
        await room.ClearAsync();
        await room.Services.GetRequiredService<CatalogIntake>().PutAsync([new CatalogFile("teams.yaml", Catalog)], CancellationToken.None);
        for (var i = 0; i < 10; i++)
        {
            await room.Rows.SpanAsync("pay", "POST /charges", i, 10, failed: i < 3);
            await room.Rows.SpanAsync("bank", "POST /bookings", i, 10, failed: i < 1);
        }

        for (var i = 0; i < 5; i++)
            await room.Rows.SpanAsync("web", "GET /", i, 10);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task A_team_stands_for_the_services_that_it_owns()
    {
        var answer = await AskAsync(Frame(MeasureKind.ErrorRate), "money");
        Assert.Equal(new ScalarResult("error_rate", 0.2, "1"), answer.Result);
        Assert.Contains("bank", answer.Queries[0].TraceQl, StringComparison.Ordinal);
        Assert.DoesNotContain("web", answer.Queries[0].TraceQl, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Counts_and_rates_are_added_up_by_team_and_percentiles_are_not()
    {
        var answer = await AskAsync(Frame(MeasureKind.Failed, MeasureKind.ErrorRate) with { By = [FrameGroup.Team] });
        var table = Assert.IsType<TableResult>(answer.Result);
        Assert.Equal(["team", "failed_count", "error_rate"], table.Columns.Select(column => column.Name));
        Assert.Equal(["money", 4.0, 0.2], table.Rows[0]);
        Assert.Equal(["no owner", 0.0, 0.0], table.Rows[1]);

        var refused = await AskAsync(Frame(MeasureKind.Percentile) with { By = [FrameGroup.Team] });
        Assert.Equal(Outcome.Unsupported, refused.Outcome);
        Assert.Contains("by service", refused.Text, StringComparison.Ordinal);
    }

    private Task<Answer> AskAsync(QueryFrame frame, params string[] teams) =>
        room.AnswerAsync(room.Plan(QuestionKind.Query) with { Frame = frame, Teams = teams });

    private static QueryFrame Frame(params MeasureKind[] kinds) =>
        new()
        {
            Act = FrameAct.Measure,
            Over = FramePopulation.Requests,
            Measures = [.. kinds.Select(kind => kind == MeasureKind.Percentile ? FrameMeasure.Percentile(95) : FrameMeasure.Plain(kind))],
        };
}
