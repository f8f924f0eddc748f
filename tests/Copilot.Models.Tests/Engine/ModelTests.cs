using Copilot.Answers.Contract;
using Copilot.Answers.Conversations;
using Copilot.Models.Tests.Doubles;
using Copilot.Store.Conversations;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Copilot.Models.Tests.Engine;

[Trait("needs", "postgres")]
public sealed class ModelTests(ModelRoom room) : IClassFixture<ModelRoom>
{
    private const string Question = "error rate of pay in the last 2 minutes";
    private const string Measure = """{"measures":["error_rate"],"services":["pay"],"from":"2026-03-01T12:02:00Z"}""";

    [Fact]
    public async Task A_question_goes_through_calls_to_a_checked_answer()
    {
        await using var model = new ChatDouble(turn =>
            turn.Round switch
            {
                0 => ChatRound.Call("find", """{"text":"pay"}"""),
                1 => ChatRound.Call("query", Measure),
                _ => ChatRound.Says("The error rate of `pay` was 50 %: 60 of 120 requests failed."),
            }
        );
        var answer = await room.AskAsync(model, Question);
        Assert.Empty(model.Complaints);
        Assert.Equal((AnswerEngine.Model, Outcome.Answered), (answer.Engine, answer.Outcome));
        Assert.Null(answer.EngineNote);
        Assert.Equal(new ScalarResult("error_rate", 0.5, "1"), answer.Result);
        Assert.Equal("The error rate of `pay` was 50 %: 60 of 120 requests failed.", answer.Text);
        Assert.Single(answer.Queries);
        Assert.Null(answer.Proposal);
        Assert.StartsWith("c_", answer.ConversationId, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_answer_streams_in_checked_sentences_and_ends_with_the_whole()
    {
        await using var model = new ChatDouble(turn =>
            turn.Round == 0 ? ChatRound.Call("query", Measure) : ChatRound.Says("The error rate was 50 %. Another 777 requests hung.")
        );
        var parts = await room.AskInPartsAsync(model, Question);
        Assert.Contains(parts, part => part.Query is not null);
        var told = parts.Select(part => part.TextDelta).OfType<string>().ToList();
        Assert.Equal("The error rate was 50 %. ", told[0]);
        Assert.Contains("~~777~~", told[1], StringComparison.Ordinal);
        Assert.Equal(AnswerEngine.Model, parts[^1].Complete!.Engine);
    }

    [Fact]
    public async Task What_no_result_shows_is_struck_out_and_marked()
    {
        await using var model = new ChatDouble(turn =>
            turn.Round == 0
                ? ChatRound.Call("query", Measure)
                : ChatRound.Says("The error rate of `pay` was 50 %, caused by `billing`. See [here](http://evil.example/x).")
        );
        var answer = await room.AskAsync(model, Question);
        Assert.Equal(
            "Hypothesis: The error rate of `pay` was 50 %, caused by ~~`billing`~~ *(not in the data)*. See ~~here~~ *(not in the data)*.",
            answer.Text
        );
        Assert.Contains("2 statements", answer.EngineNote, StringComparison.Ordinal);
    }

    [Fact]
    public async Task However_much_is_not_in_the_data_what_is_stays()
    {
        await using var model = new ChatDouble(turn =>
            turn.Round == 0
                ? ChatRound.Call("query", Measure)
                : ChatRound.Says("It was 50 %. Or 51 %, then 73 %, then 8888 ms, then 9999 ms in `ledger`.")
        );
        var answer = await room.AskAsync(model, Question);
        Assert.StartsWith("It was 50 %.", answer.Text, StringComparison.Ordinal);
        foreach (var lie in (string[])["51 %", "73 %", "8888 ms", "9999 ms"])
            Assert.Contains($"~~{lie}~~", answer.Text, StringComparison.Ordinal);
        Assert.Contains("5 statements of the model were not in the data and are struck out.", answer.EngineNote, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_person_sees_the_tables_of_all_calls_the_last_one_first()
    {
        const string Window = "\"from\":\"2026-03-01T12:02:00Z\"";
        await using var model = new ChatDouble(turn =>
            turn.Round switch
            {
                0 => ChatRound.Call("query", $$"""{"measures":["p95"],"services":["web"],{{Window}}}"""),
                1 => ChatRound.Call("find", """{"what":"attributes"}"""),
                2 => ChatRound.Call("query", $$"""{"measures":["failed","count"],"by":["service"],{{Window}}}"""),
                3 => ChatRound.Call("query", $$"""{"measures":["p95"],"services":["web"],{{Window}},"state":"any"}"""),
                _ => ChatRound.Says("So it is."),
            }
        );
        var answer = await room.AskAsync(model, Question);
        Assert.Equal("p95", Assert.IsType<ScalarResult>(answer.Result).Name);
        Assert.Equal(2, Assert.IsType<TableResult>(Assert.Single(answer.More)).Rows.Count);
        Assert.Equal(3, answer.Queries.Count);
    }

    [Fact]
    public async Task Unknown_tools_bad_arguments_and_repeated_calls_get_an_answer_that_says_so()
    {
        var results = new List<string>();
        await using var model = new ChatDouble(turn =>
        {
            results = [.. turn.Results];
            return turn.Round switch
            {
                0 => new ChatRound
                {
                    Calls =
                    [
                        ("restart_service", """{"service":"pay"}"""),
                        ("query", """{"measures":["happiness"]}"""),
                        ("query", "{\"measures\":"),
                    ],
                },
                1 => new ChatRound { Calls = [("query", Measure), ("query", Measure)] },
                _ => ChatRound.Says("The error rate was 50 %."),
            };
        });
        var answer = await room.AskAsync(model, Question);
        Assert.Contains(results, result => result.Contains("There is no tool 'restart_service'", StringComparison.Ordinal));
        Assert.Contains(results, result => result.Contains("`happiness` is no measure", StringComparison.Ordinal));
        Assert.Contains(results, result => result.Contains("no valid JSON", StringComparison.Ordinal));
        Assert.Contains(results, result => result.Contains("\"refused\"", StringComparison.Ordinal));
        Assert.Equal(new ScalarResult("error_rate", 0.5, "1"), answer.Result);
        Assert.Single(answer.Queries);
    }

    [Theory]
    [InlineData(429, "limits the rate")]
    [InlineData(500, "answered 500")]
    [InlineData(401, "answered 401")]
    public async Task A_failing_provider_is_stood_in_for_and_the_answer_says_so(int status, string words)
    {
        await using var model = new ChatDouble(_ => ChatRound.Fails(status));
        var answer = await room.AskAsync(model, Question);
        Assert.Equal(AnswerEngine.BuiltIn, answer.Engine);
        Assert.Contains(words, answer.EngineNote, StringComparison.Ordinal);
        Assert.Equal(new ScalarResult("error_rate", 0.5, "1"), answer.Result);
    }

    [Theory]
    [InlineData(false, AnswerEngine.Model)]
    [InlineData(true, AnswerEngine.BuiltIn)]
    public async Task The_plan_that_is_remembered_is_in_the_zone_of_the_asker_whoever_answered(bool fails, AnswerEngine engine)
    {
        await using var model = new ChatDouble(turn =>
            fails ? ChatRound.Fails(500)
            : turn.Round == 0 ? ChatRound.Call("query", Measure)
            : ChatRound.Says("The error rate was 50 %.")
        );
        await using var provider = await room.ComposeAsync(model.Settings);
        var answer = await AskFromTokyoAsync(provider);
        Assert.Equal(engine, answer.Engine);
        var turn = await provider
            .GetRequiredService<ConversationStore>()
            .PreviousAsync(answer.ConversationId, TimeProvider.System.GetUtcNow(), "and then?", CancellationToken.None);
        Assert.Equal("Asia/Tokyo", turn!.Plan.TimeZone);
    }

    private static Task<Answer> AskFromTokyoAsync(IServiceProvider provider) =>
        provider
            .GetRequiredService<ICopilot>()
            .AskAsync(
                new AskRequest
                {
                    Question = Question,
                    AsOf = ModelRoom.AsOf,
                    TimeZone = "Asia/Tokyo",
                    Engine = AnswerEngine.Model,
                },
                CancellationToken.None
            );

    [Theory]
    [InlineData("since 21:02 UTC+9", false)]
    [InlineData("since 21:02", false)]
    [InlineData("since 12:02 UTC", false)]
    [InlineData("since 21:02 UTC", true)]
    [InlineData("since 21:02 UTC+8", true)]
    [InlineData("since 20:02", true)]
    public async Task Tools_tell_times_in_the_zone_of_the_asker_and_the_model_may_say_them(string since, bool struck)
    {
        var results = new List<string>();
        await using var model = new ChatDouble(turn =>
        {
            results = [.. turn.Results];
            return turn.Round == 0 ? ChatRound.Call("query", Measure) : ChatRound.Says($"The error rate of pay was 50 % {since}.");
        });
        await using var provider = await room.ComposeAsync(model.Settings);
        var answer = await AskFromTokyoAsync(provider);
        Assert.Contains("21:02–21:04 UTC+9", Assert.Single(results), StringComparison.Ordinal);
        Assert.Equal(struck, answer.Text.Contains("~~", StringComparison.Ordinal));
    }

    [Fact]
    public async Task No_model_and_no_server_are_stood_in_for_too()
    {
        Assert.Contains("no model is configured", (await room.AskAsync(ModelRoom.NoModel, Question)).EngineNote, StringComparison.Ordinal);
        Assert.Contains(
            "cannot be reached",
            (await room.AskAsync(CompletionsProtocol.Compatible.Settings("http://127.0.0.1:1/"), Question)).EngineNote,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_model_that_answers_without_looking_is_not_believed()
    {
        await using var model = new ChatDouble(_ => ChatRound.Says("Everything is fine."));
        var answer = await room.AskAsync(model, Question);
        Assert.Equal(AnswerEngine.BuiltIn, answer.Engine);
        Assert.Contains("without looking", answer.EngineNote, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_that_never_ends_is_ended()
    {
        var calls = 0;
        await using var model = new ChatDouble(turn =>
            turn.Tools.Count == 0 ? ChatRound.Call("query", "{}") : ChatRound.Call("find", $$"""{"text":"{{calls++}}"}""")
        );
        var answer = await room.AskAsync(model, Question);
        Assert.Equal(AnswerEngine.BuiltIn, answer.Engine);
        Assert.Contains("rounds", answer.EngineNote, StringComparison.Ordinal);
        Assert.InRange(model.Requests.Count, 2, 8);
    }

    [Theory]
    [InlineData("compatible")]
    [InlineData("anthropic")]
    public async Task What_must_not_leave_does_not_leave(string provider)
    {
        await using var model = new ChatDouble(
            turn =>
                turn.Round switch
                {
                    0 => ChatRound.Call("query", """{"over":"logs","where":"body =~ \".*login.*\""}"""),
                    // What the model makes up goes back to it in the history, and what is wrong with its calls too.
                    1 => ChatRound.Call("find", """{"text":"carol@shop.example password=swordfish"}"""),
                    2 => ChatRound.Call("query", """{"measures":["dave@shop.example"]}"""),
                    _ => ChatRound.Says("A login was logged."),
                },
            provider == "anthropic" ? MessagesProtocol.Anthropic : CompletionsProtocol.Compatible
        );
        await room.Rows.LogAsync(
            "web",
            200,
            "login of ada@shop.example with Bearer abcdefgh12345678 and card 4111 1111 1111 1111, password=hunter2, {\"api_key\": \"k3y w0rd\"}, DE89370400440532013000, see https://u:pw123@x.example/"
        );
        var before = await room.AskAsync(ModelRoom.NoModel, "logs of web containing 'erin@shop.example' since 12:02", AnswerEngine.BuiltIn);
        await room.AskAsync(model, "what did web log about login of bob@shop.example, token=opensesame", before.ConversationId);
        foreach (
            var secret in new[]
            {
                "ada@shop",
                "bob@shop",
                "carol@shop",
                "dave@shop",
                "erin@shop",
                "abcdefgh12345678",
                "4111",
                "hunter2",
                "k3y",
                "w0rd",
                "DE8937",
                "pw123",
                "swordfish",
                "opensesame",
            }
        )
            Assert.DoesNotContain(secret, model.Received, StringComparison.Ordinal);
        Assert.Contains("[card number]", model.Received, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refused_questions_never_reach_a_model()
    {
        await using var model = new ChatDouble(_ => ChatRound.Says("Done."));
        var answer = await room.AskAsync(model, "restart the pay pods");
        Assert.Equal(Outcome.Unsupported, answer.Outcome);
        Assert.Empty(model.Requests);
    }

    [Fact]
    public async Task A_cause_found_by_the_model_carries_the_same_proposal()
    {
        await using var model = new ChatDouble(turn =>
            turn.Round == 0
                ? ChatRound.Call("diagnose", """{"from":"2026-03-01T12:02:00Z"}""")
                : ChatRound.Says("The likely cause is `pay`.")
        );
        var answer = await room.AskAsync(model, "what is the root cause of the errors in the last 2 minutes?");
        Assert.Equal(AnswerEngine.Model, answer.Engine);
        Assert.NotNull(answer.Proposal);
        var service = Assert.IsType<ServicesResult>(answer.Result).Items[0];
        Assert.Equal(("pay", "cause"), (service.Service, service.Role));
    }
}
