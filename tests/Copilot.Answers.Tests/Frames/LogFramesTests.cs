using Copilot.Answers.Contract;
using Copilot.Answers.Drafts;
using Copilot.Answers.Frames;
using Copilot.Answers.Tests.Drafts;
using Copilot.Language.Frames;
using Copilot.Language.Questions;
using Copilot.Telemetry.Records;
using Copilot.TraceQL;
using Copilot.TraceQL.Syntax;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Copilot.Answers.Tests.Frames;

public sealed class LogFramesTests(AnsweringRoom room) : IClassFixture<AnsweringRoom>, IAsyncLifetime
{
    public async Task InitializeAsync()
    {
        await room.ClearAsync();
        await room.Rows.SpanAsync("cart", "POST /order", 0, 1);
        await room.Rows.SpanAsync("web", "GET /", 0, 1);
        await room.Rows.SpanAsync("quiet", "GET /", 0, 1);
        await LogAsync("cart", 1, 9, 10, "blue");
        await LogAsync("cart", 2, 17, 20, "red");
        await LogAsync("cart", 31, 17, 60, "red");
        await LogAsync("web", 41, 17, 90, "red");
        await room.Rows.LogAsync("web", 42, "no attributes", 13);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task One_number_is_a_scalar_and_the_query_that_gave_it_is_shown()
    {
        var inquiry = Inquiry("cart");
        var answer = await AnswerAsync(inquiry, Measured(MeasureKind.Count) with { State = RecordState.Failed });
        Assert.Equal(new ScalarResult("log_count", 2, "count"), answer.Result);
        Assert.Equal("logs { resource.service.name = \"cart\" && .severity >= 17 } | log_count()", Assert.Single(inquiry.Queries).TraceQl);
        Assert.StartsWith("**2**", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Several_numbers_are_one_row_and_each_a_scalar()
    {
        var answer = await AnswerAsync(
            Inquiry("cart"),
            new QueryFrame
            {
                Act = FrameAct.Measure,
                Over = FramePopulation.Logs,
                Measures =
                [
                    new FrameMeasure
                    {
                        Kind = MeasureKind.Mean,
                        Of = Field.Any("ms"),
                        OfUnit = "ms",
                    },
                    new FrameMeasure
                    {
                        Kind = MeasureKind.Percentile,
                        Percent = 50,
                        Of = Field.Any("ms"),
                        OfUnit = "ms",
                    },
                    FrameMeasure.Plain(MeasureKind.ErrorRate),
                ],
            }
        );
        var table = Assert.IsType<TableResult>(answer.Result);
        Assert.Equal(["mean", "p50", "error_rate"], table.Columns.Select(c => c.Name));
        Assert.Equal([30d, 20d, 2 / 3d], Assert.Single(table.Rows).Cast<double>());
        Assert.Equal([30, 20, 2 / 3d], answer.More.Cast<ScalarResult>().Select(s => s.Value));
    }

    [Fact]
    public async Task Counts_by_one_attribute_are_a_breakdown_and_ranked_services_are_services()
    {
        var colours = await AnswerAsync(Inquiry(), Measured(MeasureKind.Count) with { By = [FrameGroup.Of(Field.Any("colour"))] });
        Assert.Equal(
            [("red", 3L, 0.6), ("blue", 1L, 0.2)],
            Assert.IsType<BreakdownResult>(colours.Result).Items.Select(i => (i.Value, i.Count, i.Share))
        );
        Assert.Contains("1 log record without such a value", colours.Text, StringComparison.Ordinal);
        var ranked = await AnswerAsync(
            Inquiry(),
            Measured(MeasureKind.Count) with
            {
                Act = FrameAct.Rank,
                By = [FrameGroup.Service],
                State = RecordState.Failed,
            }
        );
        Assert.Equal([("cart", 2d), ("web", 1d)], Assert.IsType<ServicesResult>(ranked.Result).Items.Select(i => (i.Service, i.Score)));
    }

    [Fact]
    public async Task Rows_by_several_things_are_sorted_cut_and_counted()
    {
        var frame = Measured(MeasureKind.Count) with
        {
            By = [FrameGroup.Service, FrameGroup.Of(Field.Any("severity"))],
            Limit = 2,
            Offset = 1,
        };
        var table = Assert.IsType<TableResult>((await AnswerAsync(Inquiry(), frame)).Result);
        Assert.Equal(["service", "severity", "log_count"], table.Columns.Select(c => c.Name));
        Assert.Equal(4, table.Total);
        Assert.Equal(
            [
                ["cart", "INFO", 1d],
                ["web", "ERROR", 1d],
            ],
            table.Rows
        );
        var above = Assert.IsType<TableResult>((await AnswerAsync(Inquiry(), frame with { Offset = 0, Threshold = 1 })).Result);
        Assert.Equal(["cart", "ERROR", 2d], Assert.Single(above.Rows));
    }

    [Fact]
    public async Task Over_time_empty_steps_are_zero_and_the_highest_has_its_time()
    {
        var frame = Measured(MeasureKind.Count) with { OverTime = true, Step = TimeSpan.FromSeconds(15) };
        var series = Assert.IsType<SeriesResult>((await AnswerAsync(Inquiry(), frame)).Result);
        Assert.Equal([2, 0, 3, 0], series.Points.Select(p => p.Value));
        var most = frame with { Reduce = FrameReduction.Highest };
        Assert.Equal(new ScalarResult("log_count", 3, "count"), (await AnswerAsync(Inquiry(), most)).Result);
        var highest = await AnswerAsync(Inquiry(), most with { AsksWhen = true });
        Assert.Equal(3, Assert.IsType<SeriesResult>(highest.Result).Points.Max(p => p.Value));
        Assert.Equal(
            [AnsweringRoom.Start.AddSeconds(30).ToString("O"), 3d],
            Assert.Single(Assert.IsType<TableResult>(Assert.Single(highest.More)).Rows)
        );
        Assert.StartsWith("**3 at 12:00:30 UTC**", highest.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_windows_or_two_values_are_compared()
    {
        var plan = room.Plan(QuestionKind.Query, 30, 60);
        var windows = new Inquiry(plan, room.Rows.Window(30, 60), room.Rows.Window(0, 30), null);
        Assert.Equal(new ComparisonResult("log_count", "count", 2, 3), (await AnswerAsync(windows, Measured(MeasureKind.Count))).Result);
        var sides = new FrameSides("blue", Where(".colour = \"blue\""), "red", Where(".colour = \"red\""));
        var compared = await AnswerAsync(Inquiry(), Measured(MeasureKind.Count) with { Sides = sides });
        Assert.Equal(new ComparisonResult("log_count", "count", 1, 3), compared.Result);
        Assert.Contains("+200 %", compared.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Records_are_listed_with_how_many_there_are_and_their_attributes()
    {
        var frame = new QueryFrame
        {
            Act = FrameAct.List,
            Over = FramePopulation.Logs,
            Where = Where(".ms > 15"),
            Limit = 1,
        };
        var logs = Assert.IsType<LogsResult>((await AnswerAsync(Inquiry(), frame)).Result);
        Assert.Equal((3, "took 90"), (logs.Total, Assert.Single(logs.Items).Body));
        Assert.Equal("red", logs.Items[0].Attributes!.Value.GetProperty("colour").GetString());
    }

    [Fact]
    public async Task Nothing_is_zero_of_counts_where_logs_came_at_all_and_no_data_of_the_rest()
    {
        var none = await AnswerAsync(Inquiry("quiet"), Measured(MeasureKind.Count));
        Assert.Equal(new ScalarResult("log_count", 0, "count"), none.Result);
        Assert.Contains("sent no logs at all", none.Text, StringComparison.Ordinal);
        var mean = new QueryFrame
        {
            Act = FrameAct.Measure,
            Over = FramePopulation.Logs,
            Measures = [new FrameMeasure { Kind = MeasureKind.Mean, Of = Field.Any("none") }],
        };
        Assert.Equal(Outcome.NoData, (await AnswerAsync(Inquiry(), mean)).Outcome);
        var later = new Inquiry(room.Plan(QuestionKind.Query, 60, 90), room.Rows.Window(60, 90), null, null);
        var nothing = await AnswerAsync(later, Measured(MeasureKind.Count));
        Assert.Equal(Outcome.NoData, nothing.Outcome);
        Assert.Contains("No logs were received", nothing.Text, StringComparison.Ordinal);
    }

    private Task<AnswerDraft> AnswerAsync(Inquiry inquiry, QueryFrame frame)
    {
        var engine = room.Services.GetServices<IFrameEngine>().Single(e => e.Handles(frame));
        return engine.AnswerAsync(inquiry, frame, default);
    }

    private Inquiry Inquiry(params string[] services) =>
        new(room.Plan(QuestionKind.Query, 0, 60, services), room.Rows.Window(0, 60), null, null);

    private Task LogAsync(string service, double at, int severity, int ms, string colour) =>
        room.Rows.LogAsync(
            service,
            at,
            $"took {ms}",
            severity,
            attributes: new Dictionary<string, object> { ["ms"] = ms, ["colour"] = colour }
        );

    private static QueryFrame Measured(MeasureKind kind) =>
        new()
        {
            Act = FrameAct.Measure,
            Over = FramePopulation.Logs,
            Measures = [FrameMeasure.Plain(kind)],
        };

    private static FieldExpression Where(string condition) => TraceQlParser.ParseFilter($"{{ {condition} }}").Condition;
}
