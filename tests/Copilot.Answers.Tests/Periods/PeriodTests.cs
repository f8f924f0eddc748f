using Copilot.Answers.Contract;
using Copilot.Answers.Tests.Drafts;
using Copilot.Language.Questions;
using Copilot.TraceQL.Syntax;
using Xunit;

namespace Copilot.Answers.Tests.Periods;

/// <summary>Half an hour in which one currency of <c>pay</c> failed for a while, <c>mail</c> got slow and stayed so, and <c>slip</c> failed
/// twice.</summary>
[Trait("needs", "postgres")]
public sealed class PeriodTests(PeriodTests.Troubled troubled) : IClassFixture<PeriodTests.Troubled>
{
    private const double Now = 1800;

    [Fact]
    public async Task Exactly_the_requests_that_are_named_tell_when_it_began_and_ended()
    {
        var answer = await AskAsync("pay", Currency("CHF"));
        var period = Assert.IsType<PeriodResult>(answer.Result);
        Assert.Equal((At(1200), At(1288), false), (period.From, period.To, period.Ongoing));
        Assert.Equal(("pay", "error_rate", 0.0, 1.0), (period.Service, period.Name, period.Before, period.Peak));
        Assert.Contains("It is over", answer.Text, StringComparison.Ordinal);
        Assert.Contains("not so at any other time", answer.Text, StringComparison.Ordinal);
        Assert.Contains("span.currency = \"CHF\"", Assert.Single(answer.Queries).TraceQl, StringComparison.Ordinal);
        Assert.Equal(new Language.Questions.Period(At(1200), At(1288)), answer.Understood.Window);
    }

    [Fact]
    public async Task What_is_well_has_no_trouble_however_the_rest_of_its_service_fares()
    {
        var answer = await AskAsync("pay", Currency("EUR"));
        Assert.Equal(Outcome.Answered, answer.Outcome);
        Assert.IsType<NoResult>(answer.Result);
        Assert.Contains("No trouble of `pay` with", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_lasts_has_no_end()
    {
        var period = Assert.IsType<PeriodResult>((await AskAsync("mail")).Result);
        Assert.Equal((At(1500), null, true), (period.From, period.To, period.Ongoing));
        Assert.Equal(("p95", "ms"), (period.Name, period.Unit));
        Assert.InRange(period.Before!.Value, 9.9, 10.1);
        Assert.InRange(period.Peak!.Value, 890, 910);
    }

    [Fact]
    public async Task What_is_said_to_be_wrong_is_what_is_looked_for()
    {
        Assert.IsType<NoResult>((await AskAsync("mail", plan => plan with { Trouble = Symptom.Errors })).Result);
        Assert.IsType<PeriodResult>((await AskAsync("mail", plan => plan with { Trouble = Symptom.Latency })).Result);
    }

    [Fact]
    public async Task Two_failures_are_no_trouble_but_are_told()
    {
        var answer = await AskAsync("slip");
        Assert.IsType<NoResult>(answer.Result);
        Assert.Contains(
            "2 of 360 requests failed, the first at 12:05 UTC, the last at 12:23:20 UTC",
            answer.Text,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_trouble_that_reaches_into_the_window_began_before_it()
    {
        var asked = PlannedWindow.At(troubled.Room.Rows.Window(1250, 1280), "between …");
        var period = Assert.IsType<PeriodResult>((await AskAsync("pay", plan => Currency("CHF")(plan) with { Window = asked })).Result);
        Assert.Equal((At(1200), At(1288)), (period.From, period.To));
        var quiet = PlannedWindow.At(troubled.Room.Rows.Window(300, 600), "between …");
        Assert.IsType<NoResult>((await AskAsync("pay", plan => Currency("CHF")(plan) with { Window = quiet })).Result);
    }

    [Fact]
    public async Task Without_a_name_it_is_what_lasts()
    {
        var period = Assert.IsType<PeriodResult>((await troubled.Room.AnswerAsync(Plan() with { Services = [] })).Result);
        Assert.Equal(("mail", At(1500), true), (period.Service, period.From, period.Ongoing));
    }

    [Fact]
    public async Task Nothing_received_is_no_data()
    {
        var later = Plan("pay") with { AsOfNs = troubled.Room.Rows.Window(0, 1e6).ToNs };
        Assert.Equal(Outcome.NoData, (await troubled.Room.AnswerAsync(later)).Outcome);
        Assert.Equal(Outcome.NoData, (await AskAsync("pay", Currency("SEK"))).Outcome);
    }

    private static DateTimeOffset At(double seconds) => AnsweringRoom.Start.AddSeconds(seconds);

    private static Func<QuestionPlan, QuestionPlan> Currency(string value) =>
        plan =>
            plan with
            {
                Conditions =
                [
                    new AttributeCondition(
                        AttributeScope.Span,
                        "currency",
                        ConditionOperator.Equal,
                        [value],
                        ConditionValueType.Text,
                        true,
                        value
                    ),
                ],
            };

    private QuestionPlan Plan(params string[] services)
    {
        var plan = troubled.Room.Plan(QuestionKind.Period, Now - 900, Now, services);
        return plan with { Window = plan.Window! with { Source = PlannedWindow.FromDefault } };
    }

    private Task<Answer> AskAsync(string service, Func<QuestionPlan, QuestionPlan>? more = null) =>
        troubled.Room.AnswerAsync((more ?? (plan => plan))(Plan(service)));

    public sealed class Troubled : IAsyncLifetime
    {
        public AnsweringRoom Room { get; } = new();

        public async Task InitializeAsync()
        {
            await Room.InitializeAsync();
            for (var at = 0; at < Now; at += 2)
            {
                var swiss = at % 8 == 0;
                await Room.Rows.SpanAsync(
                    "pay",
                    "charge",
                    at,
                    10,
                    failed: swiss && at is >= 1200 and < 1290,
                    attributes: new Dictionary<string, object> { ["currency"] = swiss ? "CHF" : "EUR" }
                );
            }

            for (var at = 0; at < Now; at += 5)
            {
                await Room.Rows.SpanAsync("mail", "send", at, at >= 1500 ? 900 : 10);
                await Room.Rows.SpanAsync("slip", "print", at, 10, failed: at is 300 or 1400);
            }
        }

        public Task DisposeAsync() => Room.DisposeAsync();
    }
}
