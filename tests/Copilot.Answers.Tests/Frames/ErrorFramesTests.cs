using Copilot.Answers.Contract;
using Copilot.Answers.Drafts;
using Copilot.Answers.Frames;
using Copilot.Answers.Tests.Drafts;
using Copilot.Language.Frames;
using Copilot.Language.Questions;
using Copilot.Telemetry.Records;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Copilot.Answers.Tests.Frames;

public sealed class ErrorFramesTests(AnsweringRoom room) : IClassFixture<AnsweringRoom>, IAsyncLifetime
{
    private static readonly QueryFrame Errors = new() { Act = FrameAct.Errors, Over = FramePopulation.Spans };

    public async Task InitializeAsync()
    {
        await room.ClearAsync();
        for (var i = 0; i < 3; i++)
            await room.Rows.SpanAsync("cart", "POST /order", i, 1, failed: true, statusMessage: $"order {i} refused");
        await room.Rows.SpanAsync("web", "GET /", 4, 1);
        await room.Rows.LogAsync("web", 5, "out of [memory](http://x) `", 17);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task The_most_frequent_comes_first_with_traces_as_evidence()
    {
        var inquiry = Inquiry(0);
        var answer = await AnswerAsync(inquiry, Errors);
        var groups = Assert.IsType<ErrorsResult>(answer.Result).Items;
        Assert.Equal([("cart", 3L), ("web", 1L)], groups.Select(g => (g.Service, g.Count)));
        Assert.Equal((3, 3), (groups[0].TraceIds.Count, inquiry.Evidence[0].TraceIds.Count));
        Assert.Equal([new ScalarResult("count", 4, "count")], answer.More);
        Assert.StartsWith("**`order 0 refused`** in `cart`, 3 times.", answer.Text, StringComparison.Ordinal);
        Assert.Contains("`out of [memory](http://x) '`", answer.Text, StringComparison.Ordinal);
        Assert.Equal("errors { }", Assert.Single(inquiry.Queries).TraceQl);
    }

    [Fact]
    public async Task Rows_are_cut_and_bounded_by_their_number()
    {
        Assert.Equal("web", Assert.Single(Items(await AnswerAsync(Inquiry(0), Errors with { Offset = 1, Limit = 1 }))).Service);
        Assert.Equal("cart", Assert.Single(Items(await AnswerAsync(Inquiry(0), Errors with { Threshold = 1 }))).Service);
        Assert.Equal("web", Assert.Single(Items(await AnswerAsync(Inquiry(0, "web"), Errors))).Service);
    }

    [Fact]
    public async Task None_is_an_answer_where_something_was_received_and_no_data_where_nothing_was()
    {
        var none = await AnswerAsync(Inquiry(0, "web"), Errors with { State = RecordState.Succeeded });
        Assert.Equal(Outcome.Answered, none.Outcome);
        Assert.Empty(Items(none));
        Assert.Equal(Outcome.NoData, (await AnswerAsync(Inquiry(60), Errors)).Outcome);
    }

    private static IReadOnlyList<ErrorGroup> Items(AnswerDraft draft) => Assert.IsType<ErrorsResult>(draft.Result).Items;

    private Task<AnswerDraft> AnswerAsync(Inquiry inquiry, QueryFrame frame) =>
        room.Services.GetServices<IFrameEngine>().Single(e => e.Handles(frame)).AnswerAsync(inquiry, frame, default);

    private Inquiry Inquiry(double from, params string[] services) =>
        new(room.Plan(QuestionKind.Query, from, from + 60, services), room.Rows.Window(from, from + 60), null, null);
}
