using Copilot.Answers.Contract;
using Copilot.Language.Frames;
using Copilot.Language.Questions;
using Copilot.Telemetry.Records;
using Xunit;

namespace Copilot.Answers.Tests.Drafts;

/// <summary>Windows that hang on a change which is told by what it took back or by what it did. One request a second.</summary>
[Trait("needs", "postgres")]
public sealed class NamedChangeTests(AnsweringRoom room) : IClassFixture<AnsweringRoom>, IAsyncLifetime
{
    public async Task InitializeAsync()
    {
        await room.ClearAsync();
        for (var second = 0; second < 60; second++)
            await room.Rows.SpanAsync("pay", "POST /charges", second, 1);
        await room.Rows.ChangeAsync("pay", 10, "deploy", "2.0.0", "pay 2.0.0");
        await room.Rows.ChangeAsync("pay", 30, "rollback", "1.9.0", "Roll pay back from 2.0.0");
        await room.Rows.ChangeAsync("ledger", 40, "config", null, "Start retention job");
        await room.Rows.ChangeAsync("ledger", 50, "config", null, "Stop retention job");
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task A_rollback_is_found_by_the_version_that_it_took_back()
    {
        var before = new ChangeAnchor("pay", "2.0.0", "rollback", TimeSpan.FromSeconds(-5), TimeSpan.Zero);
        Assert.Equal((25, 30), await WindowAsync(before));
        Assert.Equal((25, 30), await WindowAsync(before with { Version = "1.9.0" }));
        Assert.Null(await WindowAsync(before with { Version = "3.0.0" }));
    }

    [Fact]
    public async Task A_change_is_found_by_words_of_its_summary_be_it_of_another_service()
    {
        var after = new ChangeAnchor("pay", null, null, TimeSpan.Zero, TimeSpan.FromSeconds(5)) { Said = "retention job start" };
        Assert.Equal((40, 45), await WindowAsync(after));
        Assert.Equal((50, 55), await WindowAsync(after with { Said = "retention job stop" }));
        Assert.Null(await WindowAsync(after with { Said = "index rebuild" }));
    }

    private async Task<(double From, double To)?> WindowAsync(ChangeAnchor anchor)
    {
        var answer = await room.AnswerAsync(
            room.Plan(QuestionKind.Query, 0, 60, "pay") with
            {
                Window = PlannedWindow.Around(anchor, "test"),
                Frame = new QueryFrame
                {
                    Act = FrameAct.Measure,
                    Over = FramePopulation.Requests,
                    Measures = [FrameMeasure.Plain(MeasureKind.Count)],
                },
            }
        );
        if (answer.Outcome == Outcome.NoData)
            return null;
        var window = answer.Understood.Window!;
        Assert.Equal(new ScalarResult("request_count", (window.To - window.From).TotalSeconds, "count"), answer.Result);
        return ((window.From - AnsweringRoom.Start).TotalSeconds, (window.To - AnsweringRoom.Start).TotalSeconds);
    }
}
