using Copilot.Answers.Contract;
using Copilot.Language.Frames;
using Copilot.Language.Linking;
using Copilot.Language.Questions;
using Copilot.Models.Tools;
using Copilot.Telemetry.Records;
using Copilot.TraceQL.Syntax;
using Xunit;

namespace Copilot.Models.Tests.Engine;

/// <summary>What a call of <c>query</c> says is the frame that the built-in reader would make of words.</summary>
public sealed class QueryToolTests
{
    private static readonly KnownNames Names = new()
    {
        Services = [new("pay", true, ["payments-api"]), new("payment-gateway", true, []), new("web", true, [])],
        Operations = [new("pay", "POST /charge", true), new("web", "GET /", true)],
        Attributes =
        [
            new(AttributeScope.Span, "currency", "pay", "string", true, false),
            new(AttributeScope.Span, "cart.items", "web", "int", false, false),
            new(AttributeScope.Resource, "cloud.region", "pay", "string", true, false),
            new(AttributeScope.Span, "team", "web", "string", true, false),
            new(AttributeScope.Resource, "team", "web", "string", true, false),
        ],
        Metrics = [new("queue.lag", "s", "gauge", ["pay"])],
        Teams = ["payments"],
    };

    private QuestionPlan? _plan;

    [Theory]
    [InlineData("count", MeasureKind.Count, null)]
    [InlineData("request_count", MeasureKind.Count, null)]
    [InlineData("error_rate", MeasureKind.ErrorRate, null)]
    [InlineData("p99.9", MeasureKind.Percentile, 99.9)]
    [InlineData("median", MeasureKind.Percentile, 50.0)]
    [InlineData("rate/min", MeasureKind.Rate, null)]
    [InlineData("mean(cart.items)", MeasureKind.Mean, null)]
    [InlineData("distinct(span.currency)", MeasureKind.Distinct, null)]
    [InlineData("share(failed)", MeasureKind.Share, null)]
    [InlineData("share(currency = \"CHF\" && !(cloud.region =~ \"eu-.*\"))", MeasureKind.Share, null)]
    public async Task A_measure_is_a_short_word(string written, MeasureKind kind, double? percent)
    {
        var frame = await FrameAsync(measures: [written]);
        Assert.Equal((kind, percent), (Assert.Single(frame.Measures).Kind, frame.Measures[0].Percent));
    }

    [Fact]
    public async Task Everything_that_a_frame_can_say_can_be_asked_for_at_once()
    {
        var frame = await FrameAsync(
            over: "spans",
            measures: ["count", "p95", "max(span.cart.items)"],
            by: ["service", "cloud.region", "kind"],
            where: "currency = \"CHF\" or duration > 1s",
            inTrace: ["cart.items > 3"],
            notInTrace: ["resource.service.name = \"stock\""],
            state: "failed",
            order: "least",
            threshold: 7,
            limit: 5,
            cursor: "10"
        );
        Assert.Equal((FrameAct.Measure, FramePopulation.Spans, RecordState.Failed), (frame.Act, frame.Over, frame.State));
        Assert.Equal("span.currency = \"CHF\" || duration > 1s", frame.Where!.ToString());
        Assert.Equal("span.cart.items > 3", Assert.Single(frame.InTrace).ToString());
        Assert.Equal("resource.service.name = \"stock\"", Assert.Single(frame.NotInTrace).ToString());
        Assert.Equal(["service", "cloud.region", "kind"], frame.By.Select(group => group.Column));
        Assert.Equal((true, 7.0, 5, 10), (frame.Ascending, frame.Threshold, frame.Limit, frame.Offset));
    }

    [Fact]
    public async Task What_no_request_carries_itself_is_looked_for_in_the_spans_below_it()
    {
        var frame = await FrameAsync(measures: ["count"], where: "cart.items > 3 && currency = \"CHF\"", by: ["cart.items"]);
        Assert.Equal("span.currency = \"CHF\"", frame.Where!.ToString());
        Assert.Equal("span.cart.items > 3", Assert.Single(frame.InTrace).ToString());
        Assert.True(Assert.Single(frame.By).InTrace);
    }

    [Theory]
    [InlineData("currency = \"CHF\"", "span.currency = \"CHF\"")]
    [InlineData("{ cloud.region == \"eu\" }", "resource.cloud.region = \"eu\"")]
    [InlineData("team = \"a\"", ".team = \"a\"")]
    [InlineData("service = \"pay\" and not (status = error)", "resource.service.name = \"pay\" && !(status = error)")]
    [InlineData("currency =~ \"and|or|not\" && duration >= 500ms", "span.currency =~ \"and|or|not\" && duration >= 500ms")]
    public async Task A_bare_key_gets_the_scope_that_it_was_seen_with(string written, string condition) =>
        Assert.Equal(condition, (await FrameAsync(measures: ["count"], where: written)).Where!.ToString());

    [Theory]
    [InlineData("severity >= 13 && severity < 17 && level.name != \"x\"")]
    public async Task Of_logs_every_key_is_a_field(string written)
    {
        var frame = await FrameAsync(over: "logs", where: written);
        Assert.Equal((FrameAct.List, FramePopulation.Logs), (frame.Act, frame.Over));
        Assert.Equal(".severity >= 13 && .severity < 17 && .level.name != \"x\"", frame.Where!.ToString());
    }

    [Fact]
    public async Task A_metric_is_named_and_reduced_to_its_worst_step()
    {
        var frame = await FrameAsync(over: "Queue.Lag", measures: ["max"], reduce: "highest", step: "30s");
        Assert.Equal((FramePopulation.Metric, "queue.lag", FrameReduction.Highest), (frame.Over, frame.Metric, frame.Reduce));
        Assert.Equal(TimeSpan.FromSeconds(30), frame.Step);
    }

    [Fact]
    public async Task Two_windows_or_two_conditions_are_the_sides_of_a_comparison()
    {
        await FrameAsync(measures: ["p95"], from: "-15m", againstFrom: "-2h", againstTo: "-1h");
        Assert.Equal(TimeSpan.FromHours(1), _plan!.Baseline!.Window!.Value.Length);
        var frame = await FrameAsync(measures: ["p95"], sides: ["currency = \"CHF\"", "currency = \"EUR\""]);
        Assert.Equal(
            ("span.currency = \"CHF\"", "span.currency = \"EUR\""),
            (frame.Sides!.Before.ToString(), frame.Sides.After.ToString())
        );
    }

    [Theory]
    [InlineData("service", "paymnt", "No service is called `paymnt`. Did you mean `payment-gateway` or `pay`?")]
    [InlineData("where", "curency = \"CHF\"", "No span was seen with an attribute `curency`. Did you mean `span.currency`?")]
    [InlineData("where", "resource.currency = \"CHF\"", "No span was seen with an attribute `currency`. Did you mean `span.currency`?")]
    [InlineData("where", "currency = ", "The condition `currency = ` cannot be read")]
    [InlineData("measure", "happiness", "`happiness` is no measure. There are count, failed")]
    [InlineData("measure", "p100", "is no measure")]
    [InlineData("measure", "distinct", "'distinct' needs a field")]
    [InlineData("over", "queue.lagg", "no metric is called `queue.lagg`. Did you mean `queue.lag`?")]
    [InlineData("operation", "POST /chrge", "No span is called `POST /chrge`. Did you mean `POST /charge`?")]
    [InlineData("from", "soon", "'from' must be an RFC 3339 time")]
    [InlineData("step", "often", "'step' must be a length of time such as 30s")]
    [InlineData("by", "time", "asked for with 'step'")]
    [InlineData("cursor", "next", "'cursor' is the cursor of an earlier result")]
    public async Task What_is_wrong_is_told_with_what_to_pass_instead(string argument, string given, string complaint)
    {
        var wrong = await Assert.ThrowsAnyAsync<ArgumentException>(() =>
            FrameAsync(
                over: argument == "over" ? given : "requests",
                measures: [argument == "measure" ? given : "count"],
                by: argument == "by" ? [given] : null,
                where: argument == "where" ? given : null,
                services: argument == "service" ? [given] : null,
                operations: argument == "operation" ? [given] : null,
                from: argument == "from" ? given : null,
                step: argument == "step" ? given : null,
                cursor: argument == "cursor" ? given : null
            )
        );
        Assert.Contains(complaint, wrong.Message, StringComparison.Ordinal);
    }

    private async Task<QueryFrame> FrameAsync(
        string over = "requests",
        string[]? measures = null,
        string[]? by = null,
        string? where = null,
        string[]? inTrace = null,
        string[]? notInTrace = null,
        string[]? services = null,
        string[]? operations = null,
        string? state = null,
        string? from = null,
        string? againstFrom = null,
        string? againstTo = null,
        string[]? sides = null,
        string? step = null,
        string? reduce = null,
        string? order = null,
        double? threshold = null,
        int? limit = null,
        string? cursor = null
    )
    {
        var tool = new QueryTool(
            new ToolArguments(Names, Findings.Window.To, "UTC"),
            (plan, _) =>
            {
                _plan = plan;
                return Task.FromResult(
                    new Answer
                    {
                        ConversationId = "c_1",
                        Outcome = Outcome.Answered,
                        Text = string.Empty,
                        Understood = new Understood { Intent = "query" },
                        Result = new NoResult(),
                        Coverage = new Coverage(true, null, string.Empty),
                    }
                );
            }
        );
        await tool.QueryAsync(
            over,
            measures,
            by,
            where,
            inTrace,
            notInTrace,
            services,
            operations,
            state,
            from,
            null,
            againstFrom,
            againstTo,
            sides,
            step,
            reduce,
            order,
            threshold,
            limit,
            cursor
        );
        return _plan!.Frame!;
    }
}
