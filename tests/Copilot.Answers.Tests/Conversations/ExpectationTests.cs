using System.Text.Json.Nodes;
using Copilot.Answers.Contract;
using Copilot.Answers.Conversations;
using Xunit;

namespace Copilot.Answers.Tests.Conversations;

/// <summary>What a right answer holds a later one to, as a question file has it.</summary>
public sealed class ExpectationTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 4, 23, 58, 0, TimeSpan.Zero);

    private static readonly TableColumn[] Columns = [new("region"), new("error_rate", "1"), new("request_count", "count")];

    [Fact]
    public void A_table_is_held_to_its_columns_and_rows() =>
        Holds(
            """{"outcome":"answered","kind":"table","columns":["region","error_rate","request_count"],"rows":[["EU",0.5,4],["US",null,0]],"tol":0.02}""",
            new TableResult(
                Columns,
                [
                    ["EU", 0.5, 4L],
                    ["US", null, 0L],
                ],
                2
            )
        );

    [Fact]
    public void Of_a_longer_table_only_what_comes_first_is_held_to() =>
        Holds(
            """{"outcome":"answered","kind":"table","columns":["region","error_rate","request_count"],"rows":[["EU",0.5,4]],"top":true,"tol":0.02}""",
            new TableResult(
                Columns,
                [
                    ["EU", 0.5, 4L],
                ],
                40
            )
        );

    [Fact]
    public void A_period_is_held_to_its_ends() =>
        Holds(
            """{"outcome":"answered","kind":"period","from":"2026-03-04T23:58:00.0000000Z","to":"2026-03-05T00:02:00.0000000Z","ongoing":false}""",
            Period(Start.AddMinutes(4))
        );

    [Fact]
    public void A_period_that_lasts_has_no_end() =>
        Holds("""{"outcome":"answered","kind":"period","from":"2026-03-04T23:58:00.0000000Z","to":null,"ongoing":true}""", Period(null));

    [Fact]
    public void Errors_are_held_to_their_groups_by_what_tells_these_apart() =>
        Holds(
            """{"outcome":"answered","kind":"errors","groups":[{"contains":"TimeoutException","service":"pay","count":9},{"contains":"no route 7","service":"pay","count":3},{"contains":"no host","service":"pay","count":2},{"contains":"card declined","service":"web","count":1}],"tol":0.02}""",
            new ErrorsResult([
                Error("pay", "TimeoutException", "after 5 s", 9),
                Error("pay", "IOException", "no route 7", 3),
                Error("pay", "IOException", "no host", 2),
                Error("web", null, "card declined", 1),
            ])
        );

    [Fact]
    public void Of_a_question_for_several_things_each_is_a_part() =>
        Holds(
            """{"outcome":"answered","kind":"parts","parts":[{"kind":"services","role":"match","set":["pay"],"order":["pay"]},{"kind":"scalar","name":"failed_count","value":7,"unit":"count","tol":0.02}]}""",
            new ServicesResult([new ServiceItem("pay", "match", 1, null)]),
            new SeriesResult("p95", "ms", []),
            new ScalarResult("failed_count", 7, "count")
        );

    private static PeriodResult Period(DateTimeOffset? to) => new(Start, to, to is null, "pay", null, "error_rate", "1", 0.01, 0.5, Start);

    private static ErrorGroup Error(string service, string? type, string? message, long count) =>
        new(service, type, message, count, Start, Start, [], null);

    private static void Holds(string expected, AnswerResult result, params AnswerResult[] more) =>
        Assert.Equal(
            JsonNode.Parse(expected)!.ToJsonString(),
            Expectation
                .Of(
                    new Answer
                    {
                        ConversationId = "c_1",
                        Outcome = Outcome.Answered,
                        Text = "text",
                        Understood = new Understood { Intent = "query" },
                        Result = result,
                        More = more,
                        Coverage = new Coverage(true, null, ""),
                    }
                )
                .ToJsonString()
        );
}
