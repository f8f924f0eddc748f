using Copilot.Answers.Contract;
using Copilot.Answers.Frames;
using Copilot.Language.Frames;
using Copilot.Language.Questions;
using Copilot.Telemetry.Records;
using Copilot.Telemetry.Spans;
using Copilot.TraceQL;
using Copilot.TraceQL.Syntax;
using Xunit;

namespace Copilot.Answers.Tests.Drafts;

/// <summary>Ten charges of 10 to 100 ms, one a second: the first three fail; EUR but for the last two, which are CHF; tenants a and b in
/// turn. Each has an inner span of a carrier.</summary>
[Trait("needs", "postgres")]
public sealed class FrameAnsweringTests(AnsweringRoom room) : IClassFixture<AnsweringRoom>, IAsyncLifetime
{
    private static readonly FrameMeasure Count = FrameMeasure.Plain(MeasureKind.Count);
    private static readonly FrameMeasure Failed = FrameMeasure.Plain(MeasureKind.Failed);
    private static readonly FrameMeasure ErrorRate = FrameMeasure.Plain(MeasureKind.ErrorRate);
    private static readonly FrameMeasure Mean = FrameMeasure.Plain(MeasureKind.Mean);
    private static readonly FrameGroup Currency = FrameGroup.Of(Field.Span("currency"));
    private static readonly FrameGroup Tenant = FrameGroup.Of(Field.Span("tenant"));

    public async Task InitializeAsync()
    {
        await room.ClearAsync();
        for (var i = 0; i < 10; i++)
        {
            var span = await room.Rows.SpanAsync(
                "pay",
                i < 4 ? "POST /refunds" : "POST /charges",
                i,
                10 * (i + 1),
                failed: i < 3,
                attributes: new Dictionary<string, object>
                {
                    ["currency"] = i < 8 ? "EUR" : "CHF",
                    ["tenant"] = i % 2 == 0 ? "a" : "b",
                    ["amount"] = i + 0.5,
                }
            );
            var carrier = new Dictionary<string, object> { ["carrier"] = i < 2 ? "dhl" : "ups" };
            await room.Rows.SpanAsync("pay", "ship", i, 1, span, SpanKind.Internal, attributes: carrier);
        }

        await room.Rows.SpanAsync("web", "GET /", 20, 500);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task One_measure_is_a_number_and_several_are_a_row()
    {
        var one = await AskAsync(Frame(ErrorRate));
        Assert.Equal(new ScalarResult("error_rate", 0.3, "1"), one.Result);
        Assert.Contains("**30 %** (3 of 10 requests failed)", one.Text, StringComparison.Ordinal);
        Assert.Equal(3, one.Evidence[0].TraceIds.Count);
        Assert.Contains("error_rate", one.Queries[0].TraceQl, StringComparison.Ordinal);

        var several = await AskAsync(Frame(FrameMeasure.Percentile(50), FrameMeasure.Percentile(99.9), Failed));
        var table = Assert.IsType<TableResult>(several.Result);
        Assert.Equal(["p50 ms", "p99.9 ms", "failed_count count"], table.Columns.Select(c => $"{c.Name} {c.Unit}"));
        Assert.Equal([50.0, 100.0, 3.0], Assert.Single(table.Rows));
        Assert.Equal(
            [new ScalarResult("p50", 50, "ms"), new ScalarResult("p99.9", 100, "ms"), new ScalarResult("failed_count", 3, "count")],
            several.More
        );
    }

    [Fact]
    public async Task Negation_share_and_the_trace_narrow()
    {
        var negated = Frame(Count) with { Where = Condition("!(span.currency = \"EUR\")") };
        Assert.Equal(new ScalarResult("request_count", 2, "count"), (await AskAsync(negated)).Result);
        var share = Frame(new FrameMeasure { Kind = MeasureKind.Share, Part = Condition("span.currency = \"CHF\"") });
        var told = await AskAsync(share);
        Assert.Equal(new ScalarResult("share", 0.2, "1"), told.Result);
        Assert.Contains("2 of 10 requests", told.Text, StringComparison.Ordinal);
        var inner = await AskAsync(Frame(Count) with { InTrace = [Condition("span.carrier = \"dhl\"")], State = RecordState.Failed });
        Assert.Equal(new ScalarResult("request_count", 2, "count"), inner.Result);
        Assert.Contains("in traces with { span.carrier = \"dhl\" }", inner.Queries[0].TraceQl, StringComparison.Ordinal);
        Assert.Contains("number of failed requests of `pay`", inner.Text, StringComparison.Ordinal);
        var without = await AskAsync(Frame(Count) with { NotInTrace = [Condition("span.carrier = \"dhl\"")], State = RecordState.Failed });
        Assert.Contains("in traces without { span.carrier = \"dhl\" }", without.Queries[0].TraceQl, StringComparison.Ordinal);
        Assert.Contains("no `span.carrier = \"dhl\"` in the trace", without.Text, StringComparison.Ordinal);
        var slow = await AskAsync(Frame(Count) with { State = RecordState.Slow });
        Assert.Equal(new ScalarResult("request_count", 5, "count"), slow.Result);
    }

    [Fact]
    public async Task Attributes_are_measured_and_their_values_counted()
    {
        var amount = Field.Span("amount");
        var sum = await AskAsync(
            Frame(
                new FrameMeasure
                {
                    Kind = MeasureKind.Sum,
                    Of = amount,
                    OfUnit = "EUR",
                }
            )
        );
        Assert.Equal(new ScalarResult("sum", 50, "EUR"), sum.Result);
        Assert.Contains("total `amount`", sum.Text, StringComparison.Ordinal);
        var distinct = Frame(new FrameMeasure { Kind = MeasureKind.Distinct, Of = Field.Span("tenant") });
        Assert.Equal(new ScalarResult("distinct_count", 2, "count"), (await AskAsync(distinct)).Result);
        var none = await AskAsync(Frame(new FrameMeasure { Kind = MeasureKind.Mean, Of = Field.Span("no.such") }));
        Assert.Equal(Outcome.NoData, none.Outcome);
        Assert.Contains("none of the 10 requests", none.Text, StringComparison.Ordinal);
        var plain = await AskAsync(Frame(new FrameMeasure { Kind = MeasureKind.Maximum, Of = amount }));
        Assert.Contains("**9.5**", plain.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_attributes_make_a_table_and_one_a_break_down()
    {
        var table = Assert.IsType<TableResult>((await AskAsync(Frame(ErrorRate, Count) with { By = [Currency, Tenant] })).Result);
        Assert.Equal(["currency", "tenant", "error_rate", "request_count"], table.Columns.Select(c => c.Name));
        Assert.Equal(
            [
                ["EUR", "a", 0.5, 4.0],
                ["EUR", "b", 0.25, 4.0],
                ["CHF", "a", 0.0, 1.0],
                ["CHF", "b", 0.0, 1.0],
            ],
            table.Rows.OrderByDescending(r => (double)r[2]!).ThenBy(r => (string)r[1]!)
        );
        Assert.Equal(4, table.Total);
        var paged = Assert.IsType<TableResult>(
            (await AskAsync(Frame(ErrorRate) with { By = [Currency, Tenant], Limit = 1, Offset = 1 })).Result
        );
        Assert.Equal(["EUR", "b", 0.25], Assert.Single(paged.Rows));
        Assert.Equal(4, paged.Total);

        var counts = Assert.IsType<BreakdownResult>((await AskAsync(Frame(Count) with { By = [Currency] })).Result);
        Assert.Equal([new BreakdownItem("EUR", 8, 0.8, 1), new BreakdownItem("CHF", 2, 0.2, 1)], counts.Items);
        // Two of three failed are a's, three of seven others.
        var failed = Assert.IsType<BreakdownResult>(
            (await AskAsync(Frame(Count) with { By = [Tenant], State = RecordState.Failed })).Result
        );
        Assert.Equal([("a", 2L, 1.56), ("b", 1, 0.58)], failed.Items.Select(i => (i.Value, i.Count, i.Lift)));
        var inner = FrameGroup.Of(Field.Span("carrier")) with { InTrace = true };
        var carriers = Assert.IsType<BreakdownResult>((await AskAsync(Frame(Count) with { By = [inner] })).Result);
        Assert.Equal([("ups", 8L, 0.8), ("dhl", 2, 0.2)], carriers.Items.Select(i => (i.Value, i.Count, i.Share)));
    }

    [Fact]
    public async Task Ranks_name_services_operations_and_values()
    {
        var rank = Frame(ErrorRate) with { Act = FrameAct.Rank };
        var services = await AskAsync(rank with { By = [FrameGroup.Service] }, all: true);
        // The other one has no failures, so it does not rank.
        Assert.Equal(
            ("pay", "match", 0.3),
            Assert.Single(Assert.IsType<ServicesResult>(services.Result).Items) is var s ? (s.Service, s.Role, s.Score) : default
        );
        var operations = await AskAsync(rank with { By = [FrameGroup.Operation], Measures = [Mean] }, all: true);
        Assert.Equal(
            [
                new OperationItem("web", "GET /", 500, "ms"),
                new OperationItem("pay", "POST /charges", 75, "ms"),
                new OperationItem("pay", "POST /refunds", 25, "ms"),
            ],
            Assert.IsType<OperationsResult>(operations.Result).Items
        );
        Assert.StartsWith("**`web` `GET /`** has the highest mean latency: **500 ms**", operations.Text, StringComparison.Ordinal);
        var second = await AskAsync(rank with { By = [FrameGroup.Operation], Measures = [Mean], Offset = 1, Limit = 1 }, all: true);
        Assert.Equal("POST /charges", Assert.Single(Assert.IsType<OperationsResult>(second.Result).Items).Operation);
        var above = await AskAsync(rank with { By = [FrameGroup.Operation], Measures = [Mean], Threshold = 50 });
        Assert.Equal("POST /charges", Assert.Single(Assert.IsType<OperationsResult>(above.Result).Items).Operation);
        var tenants = Assert.IsType<TableResult>((await AskAsync(rank with { By = [Tenant], Measures = [Mean], Ascending = true })).Result);
        Assert.Equal(
            [
                ["a", 50.0],
                ["b", 60.0],
            ],
            tenants.Rows
        );
    }

    [Fact]
    public async Task Sides_and_windows_are_compared_in_percent()
    {
        var sides = new FrameSides("EUR", Condition("span.currency = \"EUR\""), "CHF", Condition("span.currency = \"CHF\""));
        var compared = await AskAsync(Frame(Mean, Count) with { Sides = sides });
        Assert.Equal(new ComparisonResult("mean_latency", "ms", 45, 95), compared.Result);
        Assert.Equal([new ComparisonResult("request_count", "count", 8, 2)], compared.More);
        Assert.Contains("**111 % (50 ms)** higher for `CHF` than for `EUR`", compared.Text, StringComparison.Ordinal);
        Assert.Contains("span.currency = \"CHF\"", compared.Queries[1].TraceQl, StringComparison.Ordinal);

        var plan = Plan(Frame(Count)) with
        {
            Window = PlannedWindow.At(room.Rows.Window(0, 4), "t"),
            Baseline = PlannedWindow.At(room.Rows.Window(4, 12), "t"),
        };
        var windows = await room.AnswerAsync(plan);
        Assert.Equal(new ComparisonResult("request_count", "count", 4, 6), windows.Result);
        Assert.Equal([new ScalarResult("change", 0.5, "1")], windows.More);
        Assert.Contains("went up by **50 % (2)**", windows.Text, StringComparison.Ordinal);
        var byTenant = await room.AnswerAsync(plan with { Frame = Frame(Mean) with { By = [Tenant] } });
        Assert.Equal(
            [
                ["a", 20.0, 70.0, 50.0, 2.5],
                ["b", 30.0, 80.0, 50.0, (80.0 / 30) - 1],
            ],
            Assert.IsType<TableResult>(byTenant.Result).Rows
        );
    }

    [Fact]
    public async Task A_series_and_its_highest_point_have_their_times()
    {
        var frame = Frame(Count) with { OverTime = true, Step = TimeSpan.FromSeconds(4) };
        var series = Assert.IsType<SeriesResult>((await AskAsync(frame, to: 12)).Result);
        Assert.Equal([4.0, 4, 2], series.Points.Select(p => p.Value));
        var peakOfMean = frame with { Reduce = FrameReduction.Highest, Measures = [Mean] };
        Assert.Equal(new ScalarResult("mean_latency", 95, "ms"), (await AskAsync(peakOfMean, to: 12)).Result);
        var highest = await AskAsync(peakOfMean with { AsksWhen = true }, to: 12);
        Assert.Equal(95, Assert.IsType<SeriesResult>(highest.Result).Points.Max(p => p.Value));
        var table = Assert.IsType<TableResult>(Assert.Single(highest.More));
        Assert.Equal(["time", "mean_latency"], table.Columns.Select(c => c.Name));
        Assert.Equal(["2026-03-01T12:00:08Z", 95.0], Assert.Single(table.Rows));
        Assert.Contains("**12:00:08 UTC**: **95 ms**", highest.Text, StringComparison.Ordinal);
        var peak = await AskAsync(Frame(FrameMeasure.Plain(MeasureKind.PeakRate) with { Per = TimeSpan.FromMinutes(1) }));
        Assert.Equal(new ScalarResult("peak_throughput", 60, "req/min"), peak.Result);
    }

    [Fact]
    public async Task Lists_carry_the_attributes_asked_for()
    {
        var list = Frame() with { Act = FrameAct.List, By = [Tenant], Where = Condition("span.currency = \"EUR\""), Limit = 2 };
        var table = Assert.IsType<TableResult>((await AskAsync(list)).Result);
        Assert.Equal(["time", "service", "operation", "durationMs", "traceId", "tenant"], table.Columns.Select(c => c.Name));
        Assert.Equal(["2026-03-01T12:00:07Z", "pay", "POST /charges", 80.0, "b"], table.Rows[0].Where((_, i) => i != 4));
        Assert.Equal((2, 8L), (table.Rows.Count, table.Total));
        var slowest = Assert.IsType<TableResult>((await AskAsync(list with { Measures = [Mean], Threshold = 70 })).Result);
        Assert.Equal(1, slowest.Total);
        Assert.Equal(10, Assert.IsType<TableResult>((await AskAsync(Frame() with { Act = FrameAct.List })).Result).Total);
        var traces = await AskAsync(Frame() with { Act = FrameAct.List, Over = FramePopulation.Traces, State = RecordState.Failed });
        Assert.Equal(3, Assert.IsType<TracesResult>(traces.Result).Total);
        var spans = await AskAsync(
            Frame() with
            {
                Act = FrameAct.List,
                Over = FramePopulation.Spans,
                Where = Condition("kind = internal"),
            }
        );
        Assert.Equal(10, Assert.IsType<TableResult>(spans.Result).Total);
    }

    [Fact]
    public async Task Nothing_says_why_and_a_count_of_none_is_a_number()
    {
        Assert.Equal(
            new ScalarResult("request_count", 0, "count"),
            (await AskAsync(Frame(Count) with { Where = Condition("span.currency = \"JPY\"") })).Result
        );
        var none = await AskAsync(Frame(Mean) with { Where = Condition("span.currency = \"JPY\"") });
        Assert.Equal(Outcome.NoData, none.Outcome);
        Assert.Contains("`span.currency = \"JPY\"`", none.Text, StringComparison.Ordinal);
        var before = await room.AnswerAsync(Plan(Frame(Count)) with { Window = PlannedWindow.At(room.Rows.Window(600, 660), "t") });
        Assert.Contains("Nothing was received", before.Text, StringComparison.Ordinal);
        var unknown = Plan(Frame(Count)) with { Services = [new ServiceReference("pya", ServiceStanding.Unknown, "pya")] };
        Assert.Contains("no service called `pya`", (await room.AnswerAsync(unknown)).Text, StringComparison.Ordinal);
        var vague = await AskAsync(Frame(FrameMeasure.Plain(MeasureKind.Distinct)));
        Assert.Equal(Outcome.Clarify, vague.Outcome);
        Assert.Equal(
            Outcome.Unsupported,
            (
                await AskAsync(
                    Frame(Count) with
                    {
                        By = [FrameGroup.Service with { Kind = FrameGroupKind.Attribute, Field = Field.Of(Intrinsic.Parent) }],
                    }
                )
            ).Outcome
        );
    }

    [Theory]
    [InlineData(
        FramePopulation.Requests,
        "{ resource.service.name = \"pay\" && span.a > 1 && (kind = server || kind = consumer || nestedSetParent < 0) } | count_over_time() by (span.currency)"
    )]
    [InlineData(FramePopulation.Spans, "{ resource.service.name = \"pay\" && span.a > 1 } | count_over_time() by (span.currency)")]
    [InlineData(
        FramePopulation.Traces,
        "traces with { resource.service.name = \"pay\" && span.a > 1 } | count_over_time() by (span.currency)"
    )]
    public void The_query_is_the_frame_printed(FramePopulation over, string expected)
    {
        var printed = FrameQuery.Print(Plan(Frame()), Frame(Count) with { Over = over, Where = Condition("span.a > 1"), By = [Currency] });
        Assert.Equal(expected, printed);
        if (over != FramePopulation.Traces)
            Assert.Equal(expected, TraceQlParser.Parse(printed).ToString());
    }

    private static QueryFrame Frame(params FrameMeasure[] measures) =>
        new()
        {
            Act = FrameAct.Measure,
            Over = FramePopulation.Requests,
            Measures = measures,
        };

    private static FieldExpression Condition(string traceQl) => TraceQlParser.ParseFilter($"{{ {traceQl} }}").Condition;

    private QuestionPlan Plan(QueryFrame frame, double to = 60) => room.Plan(QuestionKind.Query, 0, to, "pay") with { Frame = frame };

    private Task<Answer> AskAsync(QueryFrame frame, bool all = false, double to = 60) =>
        room.AnswerAsync(all ? Plan(frame, to) with { Services = [] } : Plan(frame, to));
}
