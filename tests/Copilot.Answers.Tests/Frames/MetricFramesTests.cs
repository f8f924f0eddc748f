using Copilot.Answers.Contract;
using Copilot.Answers.Conversations;
using Copilot.Answers.Drafts;
using Copilot.Answers.Frames;
using Copilot.Answers.Tests.Drafts;
using Copilot.Language.Frames;
using Copilot.Language.Questions;
using Copilot.Telemetry.Records;
using Copilot.Testing;
using Copilot.TraceQL;
using Copilot.TraceQL.Syntax;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Copilot.Answers.Tests.Frames;

public sealed class MetricFramesTests(AnsweringRoom room) : IClassFixture<AnsweringRoom>, IAsyncLifetime
{
    public async Task InitializeAsync()
    {
        await room.ClearAsync();
        foreach (var (service, scale) in new[] { ("db", 1), ("mq", 10) })
        {
            foreach (var (at, value) in new[] { (0, 1), (30, 4), (60, 2) })
            {
                var pod = new Dictionary<string, object> { ["k8s.pod.name"] = service + "-0" };
                await room.Rows.PointAsync(
                    service,
                    "queue.depth",
                    at,
                    value * scale,
                    new MetricPointRow { Resource = pod, Unit = "{jobs}" }
                );
                await room.Rows.PointAsync(
                    service,
                    "jobs.done",
                    at,
                    100 + (at * scale),
                    new MetricPointRow
                    {
                        Kind = "sum",
                        Monotonic = true,
                        Since = -900,
                        Resource = pod,
                        Unit = "{jobs}",
                    }
                );
            }
        }

        await room.Rows.PointAsync(
            "db",
            "wait",
            10,
            null,
            new MetricPointRow
            {
                Kind = "histogram",
                Delta = true,
                Unit = "s",
                Count = 4,
                Sum = 8,
                Buckets = "{\"bounds\":[1.0,5.0],\"counts\":[0,4,0]}",
            }
        );
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task The_newest_value_and_the_mean_of_a_gauge_are_told_in_its_unit()
    {
        var inquiry = Inquiry("db");
        var frame = Metric("queue.depth", MeasureKind.Maximum);
        Assert.Equal(new ScalarResult("max", 4, "{jobs}"), (await AnswerAsync(inquiry, frame)).Result);
        Assert.Equal("metric \"queue.depth\" { resource.service.name = \"db\" } | max", Assert.Single(inquiry.Queries).TraceQl);
        Assert.True(inquiry.Exact);
        var both = await AnswerAsync(Inquiry("db"), frame with { Measures = [Plain(MeasureKind.Mean), Plain(MeasureKind.Last)] });
        Assert.Equal([7 / 3d, 2d], Assert.Single(Assert.IsType<TableResult>(both.Result).Rows).Cast<double>());
    }

    [Fact]
    public async Task Services_are_ranked_and_pods_are_rows()
    {
        var frame = Metric("queue.depth", MeasureKind.Maximum) with { Act = FrameAct.Rank, By = [FrameGroup.Service] };
        Assert.Equal(
            [("mq", 40d), ("db", 4d)],
            Assert.IsType<ServicesResult>((await AnswerAsync(Inquiry(), frame)).Result).Items.Select(i => (i.Service, i.Score))
        );
        var pods = await AnswerAsync(
            Inquiry(),
            frame with
            {
                Act = FrameAct.Measure,
                By = [FrameGroup.Of(Field.Resource("k8s.pod.name"))],
                Where = TraceQlParser.ParseFilter("{ .k8s.pod.name = \"db-0\" }").Condition,
            }
        );
        Assert.Equal(["db-0", 4d], Assert.Single(Assert.IsType<TableResult>(pods.Result).Rows));
    }

    [Fact]
    public async Task A_counter_is_told_as_growth_and_as_a_rate()
    {
        var inquiry = Inquiry(30, "db");
        Assert.Equal(
            new ScalarResult("increase", 60, "{jobs}"),
            (await AnswerAsync(inquiry, Metric("jobs.done", MeasureKind.Increase))).Result
        );
        Assert.True(inquiry.Exact);
        var rate = Metric("jobs.done", MeasureKind.Rate) with
        {
            Measures = [new FrameMeasure { Kind = MeasureKind.Rate, Per = TimeSpan.FromMinutes(1) }],
        };
        Assert.Equal(new ScalarResult("throughput", 60, "1/min"), (await AnswerAsync(Inquiry(30, "db"), rate)).Result);
    }

    [Fact]
    public async Task Percentiles_of_a_histogram_say_that_they_are_estimated()
    {
        var inquiry = Inquiry("db");
        Assert.Equal(new ScalarResult("mean", 2, "s"), (await AnswerAsync(inquiry, Metric("wait", MeasureKind.Mean))).Result);
        Assert.True(inquiry.Exact);
        var p50 = Metric("wait", MeasureKind.Mean) with { Measures = [FrameMeasure.Percentile(50)] };
        var answer = await AnswerAsync(inquiry, p50);
        Assert.Equal(new ScalarResult("p50", 3, "s"), answer.Result);
        Assert.False(inquiry.Exact);
        Assert.Contains("estimated", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Over_time_and_at_the_peak()
    {
        var frame = Metric("queue.depth", MeasureKind.Mean) with { OverTime = true, Step = TimeSpan.FromSeconds(30) };
        var series = Assert.IsType<SeriesResult>((await AnswerAsync(Inquiry("mq"), frame)).Result);
        Assert.Equal([10, 40, 20], series.Points.Select(p => p.Value));
        var peak = await AnswerAsync(Inquiry(), frame with { By = [FrameGroup.Service], Reduce = FrameReduction.Highest });
        Assert.Equal(
            [AnsweringRoom.Start.AddSeconds(30).ToString("O"), "mq", 40d],
            Assert.Single(Assert.IsType<TableResult>(peak.Result).Rows)
        );
    }

    [Fact]
    public async Task What_was_not_received_is_said()
    {
        var unknown = await AnswerAsync(Inquiry(), Metric("no.such", MeasureKind.Mean));
        Assert.Equal(Outcome.NoData, unknown.Outcome);
        Assert.Contains("ever received", unknown.Text, StringComparison.Ordinal);
        var later = new Inquiry(room.Plan(QuestionKind.Query, 300, 360), room.Rows.Window(300, 360), null, null);
        Assert.Contains(
            "No metrics were received",
            (await AnswerAsync(later, Metric("wait", MeasureKind.Mean))).Text,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Metrics_are_among_the_known_names_and_the_names_stay_the_same_object_while_no_new_name_comes()
    {
        var loader = room.Services.GetRequiredService<KnownNamesLoader>();
        var known = await loader.CurrentAsync(default);
        Assert.Contains(
            "jobs.done {jobs} counter db,mq",
            known.Metrics.Select(m => $"{m.Name} {m.Unit} {m.Kind} {string.Join(',', m.Services)}")
        );
        await room.Rows.PointAsync(
            "db",
            "queue.depth",
            90,
            1,
            new MetricPointRow
            {
                Unit = "{jobs}",
                Attributes = new Dictionary<string, object> { ["again"] = Guid.NewGuid() },
            }
        );
        Assert.Same(known, await loader.CurrentAsync(default));
    }

    private Task<AnswerDraft> AnswerAsync(Inquiry inquiry, QueryFrame frame) =>
        room.Services.GetServices<IFrameEngine>().Single(e => e.Handles(frame)).AnswerAsync(inquiry, frame, default);

    private Inquiry Inquiry(params string[] services) => Inquiry(0, services);

    private Inquiry Inquiry(double from, params string[] services) =>
        new(room.Plan(QuestionKind.Query, from, 90, services), room.Rows.Window(from, 90), null, null);

    private static QueryFrame Metric(string name, MeasureKind kind) =>
        new()
        {
            Act = FrameAct.Measure,
            Over = FramePopulation.Metric,
            Metric = name,
            Measures = [Plain(kind)],
        };

    private static FrameMeasure Plain(MeasureKind kind) => FrameMeasure.Plain(kind);
}
