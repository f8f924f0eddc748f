using Copilot.Answers.Contract;
using Copilot.Language.Questions;
using Copilot.Telemetry.Spans;
using Copilot.TraceQL.Syntax;
using Xunit;

namespace Copilot.Answers.Tests.Drafts;

[Trait("needs", "postgres")]
public sealed class PlanAnsweringTests(AnsweringRoom room) : IClassFixture<AnsweringRoom>, IAsyncLifetime
{
    public async Task InitializeAsync() => await room.ClearAsync();

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task A_measure_names_its_query_its_basis_and_its_window()
    {
        for (var i = 0; i < 10; i++)
            await room.Rows.SpanAsync("pay", "POST /charges", i, 10 * (i + 1), failed: i < 3);
        var answer = await room.AnswerAsync(room.Plan(QuestionKind.Measure, 0, 60, "pay") with { Measure = Measure.ErrorRate });
        Assert.Equal(Outcome.Answered, answer.Outcome);
        Assert.Equal(new ScalarResult("error_rate", 0.3, "1"), answer.Result);
        Assert.Equal("error_rate", answer.Understood.Intent);
        var query = Assert.Single(answer.Queries);
        Assert.Contains("resource.service.name = \"pay\"", query.TraceQl, StringComparison.Ordinal);
        Assert.Equal(10, query.Rows);
        Assert.Equal(("q1", "3 of 10 requests failed"), (answer.Evidence[0].Query, answer.Evidence[0].Claim));
        Assert.True(answer.Coverage.Exact);
        Assert.Equal(AnsweringRoom.Start.AddSeconds(9), answer.Coverage.ReceivedUntil);
        Assert.Contains("**30 %**", answer.Text, StringComparison.Ordinal);
        Assert.Null(answer.Proposal);
    }

    [Fact]
    public async Task No_data_says_which_of_the_reasons_it_is()
    {
        var rate = room.Plan(QuestionKind.Measure, 0, 60, "pay") with { Measure = Measure.ErrorRate };
        async Task Says(QuestionPlan plan, string words)
        {
            var answer = await room.AnswerAsync(plan);
            Assert.Equal(Outcome.NoData, answer.Outcome);
            Assert.IsType<NoResult>(answer.Result);
            Assert.Contains(words, answer.Text, StringComparison.Ordinal);
        }

        await Says(rate, "Nothing has been received at all");
        await room.Rows.SpanAsync("web", "GET /", 1, 10);
        await Says(rate, "sent nothing");
        await Says(rate with { Window = PlannedWindow.At(room.Rows.Window(600, 660), "test") }, "Nothing was received");
        await room.Rows.SpanAsync("pay", "POST /charges", 1, 10, attributes: new Dictionary<string, object> { ["currency"] = "EUR" });
        var swiss = new AttributeCondition(
            AttributeScope.Span,
            "currency",
            ConditionOperator.Equal,
            ["CHF"],
            ConditionValueType.Text,
            true,
            "CHF"
        );
        await Says(rate with { Conditions = [swiss] }, "Nothing matched");
        await Says(rate with { Services = [new ServiceReference("pya", ServiceStanding.Unknown, "pya")] }, "no service called `pya`");
    }

    [Fact]
    public async Task A_count_of_none_is_a_number_where_the_service_was_received()
    {
        await room.Rows.SpanAsync("pay", "POST /charges", 1, 10);
        var answer = await room.AnswerAsync(room.Plan(QuestionKind.Measure, 0, 60, "pay") with { Measure = Measure.FailedCount });
        Assert.Equal(new ScalarResult("failed_count", 0, "count"), answer.Result);
    }

    [Fact]
    public async Task A_peer_has_no_measures_but_its_callers_view()
    {
        var root = await room.Rows.SpanAsync("pay", "POST /charges", 1, 10);
        await room.Rows.SpanAsync("pay", "POST", 1, 8, root, SpanKind.Client, failed: true, serverAddress: "bank.example");
        var plan = room.Plan(QuestionKind.Measure) with
        {
            Measure = Measure.P95,
            Services = [new ServiceReference("bank.example", ServiceStanding.Peer, "bank")],
        };
        var answer = await room.AnswerAsync(plan);
        Assert.Equal(Outcome.NoData, answer.Outcome);
        Assert.Contains("is not instrumented", answer.Text, StringComparison.Ordinal);
        Assert.Contains("`pay` called it 1 time: 100 % failed", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_comparison_puts_the_earlier_window_first_however_it_was_asked()
    {
        await room.Rows.SpanAsync("pay", "POST /charges", 10, 10);
        await room.Rows.SpanAsync("pay", "POST /charges", 70, 90);
        var later = new ComparisonSide("later", PlannedWindow.At(room.Rows.Window(60, 120), "later"));
        var earlier = new ComparisonSide("earlier", PlannedWindow.At(room.Rows.Window(0, 60), "earlier"));
        var plan = room.Plan(QuestionKind.Comparison, 0, 120, "pay") with
        {
            Measure = Measure.P95,
            Comparison = new PlannedComparison(later, earlier),
        };
        Assert.Equal(new ComparisonResult("p95", "ms", 10, 90), (await room.AnswerAsync(plan)).Result);
    }

    [Fact]
    public async Task Operations_without_failures_do_not_rank_among_the_failing()
    {
        await room.Rows.SpanAsync("a", "one", 1, 10, failed: true);
        await room.Rows.SpanAsync("a", "two", 1, 10, failed: true);
        await room.Rows.SpanAsync("a", "two", 2, 10, failed: true);
        await room.Rows.SpanAsync("b", "three", 2, 10);
        var answer = await room.AnswerAsync(
            room.Plan(QuestionKind.Operations) with
            {
                Ranking = new PlannedRanking(Measure.FailedCount, null),
            }
        );
        Assert.Equal(
            [new OperationItem("a", "two", 2, "count"), new OperationItem("a", "one", 1, "count")],
            Assert.IsType<OperationsResult>(answer.Result).Items
        );
    }

    [Fact]
    public async Task What_sets_the_failed_apart_is_named_with_share_and_lift()
    {
        for (var i = 0; i < 40; i++)
            await room.Rows.SpanAsync(
                "pay",
                "charge",
                i,
                10,
                failed: i < 10,
                attributes: new Dictionary<string, object> { ["currency"] = i < 10 ? "CHF" : "EUR", ["n"] = i }
            );
        var answer = await room.AnswerAsync(
            room.Plan(QuestionKind.Breakdown, 0, 60, "pay") with
            {
                Breakdown = new PlannedBreakdown(BreakdownPopulation.Failed, [], false),
            }
        );
        var result = Assert.IsType<BreakdownResult>(answer.Result);
        Assert.Equal(
            ("currency", "CHF", 10L, 1.0),
            (result.Attribute, result.Items[0].Value, result.Items[0].Count, result.Items[0].Share)
        );
    }

    [Fact]
    public async Task A_trace_is_explained_by_its_critical_path_and_an_unknown_one_is_no_data()
    {
        var root = await room.Rows.SpanAsync("web", "GET /", 1, 100);
        var call = await room.Rows.SpanAsync("web", "call", 1.01, 80, root, SpanKind.Client);
        await room.Rows.SpanAsync("db", "query", 1.02, 60, call);
        var answer = await room.AnswerAsync(room.Plan(QuestionKind.Trace) with { TraceId = root.TraceId.ToString() });
        var trace = Assert.IsType<TraceResult>(answer.Result);
        Assert.Equal(["db", "web"], trace.Services);
        Assert.Equal(
            ("db", "query", 60.0),
            trace.CriticalPath.Select(p => (p.Service, p.Operation, Math.Round(p.SelfMs, 3))).MaxBy(p => p.Item3)
        );
        Assert.Equal(
            Outcome.NoData,
            (await room.AnswerAsync(room.Plan(QuestionKind.Trace) with { TraceId = new TraceId(1, 2).ToString() })).Outcome
        );
    }

    [Fact]
    public async Task Names_from_telemetry_stay_inside_code_spans()
    {
        await room.Rows.SpanAsync("a", "GET `x` [click](http://evil.example) <b>@here", 1, 10, failed: true);
        var answer = await room.AnswerAsync(
            room.Plan(QuestionKind.Operations) with
            {
                Ranking = new PlannedRanking(Measure.FailedCount, null),
            }
        );
        Assert.Contains("`GET 'x' [click](http://evil.example) <b>@here`", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_worse_is_said_plainly_and_proposes_nothing()
    {
        for (var i = 0; i < 120; i++)
            await room.Rows.SpanAsync("web", "GET /", i, 10);
        var answer = await room.AnswerAsync(room.Plan(QuestionKind.Cause, 60, 120));
        Assert.Equal(Outcome.Answered, answer.Outcome);
        Assert.Empty(Assert.IsType<ServicesResult>(answer.Result).Items);
        Assert.Contains("No cause", answer.Text, StringComparison.Ordinal);
        Assert.Null(answer.Proposal);
        Assert.Null(answer.Explanation);
    }

    [Fact]
    public async Task A_cause_comes_with_its_evidence_and_a_proposal()
    {
        for (var i = 0; i < 240; i++)
        {
            var bad = i >= 120 && i % 2 == 0;
            var root = await room.Rows.SpanAsync("web", "GET /", i, 30, failed: bad);
            var call = await room.Rows.SpanAsync("web", "POST", i, 20, root, SpanKind.Client, failed: bad, serverAddress: "pay.internal");
            await room.Rows.SpanAsync("pay", "charge", i, 10, call, failed: bad);
        }

        // A window of its own: what was found in one is kept for those who ask again within seconds.
        var answer = await room.AnswerAsync(room.Plan(QuestionKind.Cause, 120, 241, "web"));
        var services = Assert.IsType<ServicesResult>(answer.Result).Items;
        Assert.Equal(("pay", "cause"), (services[0].Service, services[0].Role));
        Assert.Contains(services, service => service is { Service: "web", Role: "affected" });
        Assert.NotNull(answer.Proposal);
        Assert.Equal(("web", "pay"), Assert.Single(answer.Explanation!.Path) is var step ? (step.Caller, step.Callee) : default);
        Assert.NotEmpty(answer.Explanation.Checks);
        Assert.Equal(answer.Evidence.Count, answer.Evidence.Select(evidence => evidence.Claim).Distinct().Count());
        Assert.Contains(answer.Evidence, evidence => evidence.TraceIds.Count > 0);
        Assert.All(answer.Evidence, evidence => Assert.Contains(answer.Queries, query => query.Id == evidence.Query));
    }

    [Fact]
    public async Task Trouble_of_one_minute_is_found_in_a_long_window_and_the_stretch_is_said()
    {
        for (var i = 0; i < 1200; i++)
        {
            var bad = i is >= 600 and < 660 && i % 2 == 0;
            await room.Rows.SpanAsync("pay", "charge", i, 10, failed: bad);
        }

        var answer = await room.AnswerAsync(room.Plan(QuestionKind.Overview, 300, 1200, "pay"));
        Assert.Equal(
            ("pay", "cause"),
            (Assert.IsType<ServicesResult>(answer.Result).Items[0].Service, Assert.IsType<ServicesResult>(answer.Result).Items[0].Role)
        );
        Assert.NotNull(answer.Proposal);
    }

    [Fact]
    public async Task A_cause_elsewhere_is_a_suspect_only_where_the_named_service_is_fine()
    {
        for (var i = 0; i < 240; i++)
        {
            await room.Rows.SpanAsync("pay", "charge", i, 10, failed: i >= 120 && i % 2 == 0);
            await room.Rows.SpanAsync("mail", "send", i, 10);
        }

        var answer = await room.AnswerAsync(room.Plan(QuestionKind.Overview, 120, 240, "mail"));
        Assert.DoesNotContain(Assert.IsType<ServicesResult>(answer.Result).Items, item => item.Role == "cause");
        Assert.Contains("`mail` is not clearly worse", answer.Text, StringComparison.Ordinal);
        Assert.Null(answer.Proposal);
    }

    [Fact]
    public async Task TraceQL_is_answered_as_it_stands_and_a_broken_query_says_where()
    {
        var failed = await room.Rows.SpanAsync("pay", "charge", 1, 10, failed: true);
        await room.Rows.SpanAsync("pay", "charge", 2, 10);
        var plan = room.Plan(QuestionKind.SpanQuery) with { TraceQl = "{ resource.service.name = \"pay\" && status = error }" };
        var traces = Assert.IsType<TracesResult>((await room.AnswerAsync(plan)).Result);
        Assert.Equal((failed.TraceId.ToString(), 1L, 1), (traces.Items[0].TraceId, traces.Total, traces.Items[0].ErrorSpans));
        Assert.IsType<SeriesResult>((await room.AnswerAsync(plan with { TraceQl = "{ status = error } | count_over_time()" })).Result);
        Assert.Equal(Outcome.Unsupported, (await room.AnswerAsync(plan with { TraceQl = "{ status = " })).Outcome);
    }

    [Fact]
    public async Task A_comparison_of_two_services_names_both()
    {
        await room.Rows.SpanAsync("pay", "charge", 1, 10, failed: true);
        await room.Rows.SpanAsync("mail", "send", 1, 10);
        ComparisonSide Side(string name) => new(name, Service: new ServiceReference(name, ServiceStanding.Instrumented, name));
        var answer = await room.AnswerAsync(
            room.Plan(QuestionKind.Comparison) with
            {
                Measure = Measure.ErrorRate,
                Comparison = new PlannedComparison(Side("pay"), Side("mail")),
            }
        );
        Assert.Equal(new ComparisonResult("error_rate", "1", 1, 0), answer.Result);
        Assert.Contains("of `pay` and of `mail` differs; that of `pay` is higher", answer.Text, StringComparison.Ordinal);
    }
}
