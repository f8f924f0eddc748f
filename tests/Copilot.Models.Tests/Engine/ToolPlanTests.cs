using System.Text.Json;
using Copilot.Answers.Contract;
using Copilot.Models.Tests.Doubles;
using Copilot.Store.Conversations;
using Xunit;

namespace Copilot.Models.Tests.Engine;

/// <summary>Calls that a competent model would choose, played back: their data is what the built-in interpreter's reading gives.</summary>
[Trait("needs", "postgres")]
public sealed class ToolPlanTests(ModelRoom room) : IClassFixture<ModelRoom>
{
    private const string Window = """ "from":"2026-03-01T12:02:00Z","to":"2026-03-01T12:04:00Z" """;

    [Theory]
    [InlineData("error rate of pay since 12:02", "query", """{"measures":["error_rate"],"services":["pay"],W}""")]
    [InlineData("how many requests did pay get since 12:02", "query", """{"measures":["request_count"],"services":["pay"],W}""")]
    [InlineData("how many requests to pay failed since 12:02", "query", """{"measures":["failed_count"],"services":["pay"],W}""")]
    [InlineData("throughput of web since 12:02", "query", """{"measures":["throughput"],"services":["web"],W}""")]
    [InlineData("mean latency of pay since 12:02", "query", """{"measures":["mean_latency"],"services":["pay"],W}""")]
    [InlineData("p95 of web since 12:02", "query", """{"measures":["p95"],"services":["web"],W}""")]
    [InlineData("p99 of pay since 12:02", "query", """{"measures":["p99"],"services":["pay"],W}""")]
    [InlineData("median latency of web since 12:02", "query", """{"measures":["p50"],"services":["web"],W}""")]
    [InlineData(
        "error rate of pay for currency = EUR since 12:02",
        "query",
        """{"measures":["error_rate"],"services":["pay"],"where":"currency = \"EUR\"",W}"""
    )]
    [InlineData("show me the failed traces of pay since 12:02", "query", """{"over":"traces","state":"failed","services":["pay"],W}""")]
    [InlineData("who calls pay since 12:02", "calls", """{"direction":"callers","service":"pay",W}""")]
    [InlineData("what does web call since 12:02", "calls", """{"direction":"callees","service":"web",W}""")]
    [InlineData("who owns pay?", "owners", """{"services":["pay"]}""")]
    [InlineData(
        "what do the failed pay requests have in common since 12:02",
        "what_differs",
        """{"which":"failed","services":["pay"],W}"""
    )]
    [InlineData("what is the root cause of the errors since 12:02", "diagnose", """{"what":"cause",W}""")]
    [InlineData(
        "changes on pay in the last 10 minutes",
        "changes",
        """{"services":["pay"],"from":"2026-03-01T11:54:00Z","to":"2026-03-01T12:04:00Z"}"""
    )]
    [InlineData("what is the root cause of the errors since 12:02", "diagnose", """{"what":"incident",W}""")]
    [InlineData("slowest services by p95 since 12:02", "compare", """{W}""")]
    [InlineData("explain trace T", "trace", """{"traceId":"T","view":"spans"}""")]
    public async Task A_call_gives_what_the_words_give(string question, string tool, string arguments)
    {
        (question, arguments) = (
            question.Replace("trace T", $"trace {room.FirstFailed}", StringComparison.Ordinal),
            arguments.Replace("\"T\"", $"\"{room.FirstFailed}\"", StringComparison.Ordinal)
        );
        await using var model = new ChatDouble(turn =>
            turn.Round == 0
                ? ChatRound.Call(tool, arguments.Replace("W}", Window + "}", StringComparison.Ordinal))
                : ChatRound.Says("That is the answer.")
        );
        var byModel = await room.AskAsync(model, question);
        var byWords = await room.AskAsync(ModelRoom.NoModel, question, AnswerEngine.BuiltIn);
        Assert.Empty(model.Complaints);
        Assert.Equal(AnswerEngine.Model, byModel.Engine);
        Assert.Equal(byWords.Outcome, byModel.Outcome);
        Assert.Equal(Json(byWords.Result), Json(byModel.Result));
    }

    [Fact]
    public async Task Of_a_model_that_lies_in_every_third_number_no_lie_is_shown_unmarked()
    {
        string[] told = ["50 %", "60", "120", "14.5 ms", "12 ms", "14 ms"];
        for (var shift = 0; shift < 3; shift++)
        {
            var claims = told.Select((claim, place) => place % 3 == shift ? Lie(claim) : claim).ToList();
            await using var model = new ChatDouble(turn =>
                turn.Round == 0
                    ? ChatRound.Call("query", """{"measures":["error_rate"],"services":["pay"],"from":"2026-03-01T12:02:00Z"}""")
                    : ChatRound.Says(string.Join(". Then ", claims) + ".")
            );
            var answer = await room.AskAsync(model, "error rate of pay in the last 2 minutes");
            foreach (var lie in told.Where((_, place) => place % 3 == shift).Select(Lie))
            {
                var number = lie.Split(' ')[0];
                Assert.DoesNotContain($"{number} ", Unmarked(answer.Text), StringComparison.Ordinal);
                Assert.DoesNotContain($"{number}.", Unmarked(answer.Text), StringComparison.Ordinal);
            }
        }
    }

    private static string Lie(string claim) => "7" + claim;

    private static string Unmarked(string text) => System.Text.RegularExpressions.Regex.Replace(text, "~~.*?~~", string.Empty);

    private static string Json(AnswerResult result) => JsonSerializer.Serialize(result);
}
