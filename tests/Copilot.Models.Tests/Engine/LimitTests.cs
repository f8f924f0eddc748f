using Copilot.Answers.Contract;
using Copilot.Models.Tests.Doubles;
using Copilot.Store.Conversations;
using Xunit;

namespace Copilot.Models.Tests.Engine;

/// <summary>What a question may use of a model, and what happens at each limit: the built-in interpreter answers, and the answer says
/// why.</summary>
[Trait("needs", "postgres")]
public sealed class LimitTests(ModelRoom room) : IClassFixture<ModelRoom>
{
    private const string Question = "error rate of pay in the last 2 minutes";
    private const string Measure = """{"measures":["error_rate"],"services":["pay"],"from":"2026-03-01T12:02:00Z"}""";

    [Fact]
    public async Task Steps()
    {
        var calls = 0;
        await using var model = new ChatDouble(turn => ChatRound.Call("find", $$"""{"text":"{{calls++}}"}"""));
        AssertStoodIn(await AskAsync(model, ("Steps", "3")), "no answer within 3 rounds");
        Assert.Equal(3, model.Requests.Count);
    }

    [Fact]
    public async Task Time()
    {
        await using var model = new ChatDouble(_ => new ChatRound { Torn = true, Silent = true });
        AssertStoodIn(await AskAsync(model, ("Time", "00:00:00.7")), "longer than 0.7 s");
    }

    [Fact]
    public async Task Tokens_that_the_provider_counts()
    {
        await using var model = new ChatDouble(turn => ChatRound.Call("query", Measure) with { InputTokens = 9_000, OutputTokens = 1_500 });
        AssertStoodIn(await AskAsync(model, ("Tokens", "10000")), "more than the 10,000 tokens");
        Assert.Single(model.Requests);
    }

    [Fact]
    public async Task Tokens_that_the_next_round_would_take_are_not_spent()
    {
        await using var model = new ChatDouble(turn =>
            turn.Round == 0 ? ChatRound.Call("query", Measure) with { InputTokens = 9_000 } : ChatRound.Says("It was 50 %.")
        );
        AssertStoodIn(await AskAsync(model, ("Tokens", "9200")), "more than the 9,200 tokens");
        Assert.Single(model.Requests);
    }

    [Fact]
    public async Task Money()
    {
        await using var model = new ChatDouble(turn =>
            ChatRound.Call("query", Measure) with
            {
                InputTokens = 20_000,
                OutputTokens = 1_000,
            }
        );
        var answer = await AskAsync(
            model,
            ("Money", "0.05"),
            ("Prices:0:Model", "double"),
            ("Prices:0:Input", "3"),
            ("Prices:0:Output", "15"),
            ("Currency", "EUR")
        );
        AssertStoodIn(answer, "more than the 0.05 EUR");
        Assert.Single(model.Requests);
    }

    [Fact]
    public async Task Without_a_known_price_money_is_no_limit()
    {
        await using var model = new ChatDouble(turn =>
            turn.Round == 0 ? ChatRound.Call("query", Measure) with { InputTokens = 20_000 } : ChatRound.Says("It was 50 %.")
        );
        var answer = await AskAsync(
            model,
            ("Money", "0.00001"),
            ("Prices:0:Model", "another"),
            ("Prices:0:Input", "3"),
            ("Prices:0:Output", "15")
        );
        Assert.Equal(AnswerEngine.Model, answer.Engine);
    }

    [Fact]
    public async Task The_same_call_in_other_words_is_the_same_call()
    {
        var results = new List<string>();
        await using var model = new ChatDouble(turn =>
        {
            results = [.. turn.Results];
            return turn.Round switch
            {
                0 => ChatRound.Call("query", Measure),
                1 => ChatRound.Call(
                    "query",
                    """{"from":"2026-03-01T12:02:00Z","services":["pay"],"measures":["error_rate"],"operations":null,"by":[]}"""
                ),
                _ => ChatRound.Says("It was 50 %."),
            };
        });
        await AskAsync(model);
        Assert.Contains("refused", results[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_result_stays_within_its_tokens_and_says_how_much_it_shows_of_how_much()
    {
        var result = string.Empty;
        await using var model = new ChatDouble(turn =>
        {
            if (turn.Results.Count > 0)
                result = turn.Results[0];
            return turn.Round == 0
                ? ChatRound.Call(
                    "query",
                    """{"over":"traces","state":"failed","services":["pay"],"from":"2026-03-01T12:02:00Z","limit":50}"""
                )
                : ChatRound.Says("There are 60.");
        });
        await AskAsync(model, ("ResultTokens", "300"));
        Assert.InRange(result.Length, 100, 1_200);
        Assert.Matches("\"page\":{\"total\":60,\"shown\":\\d,\"truncated\":true,\"cursor\":\"\\d\"", result);
        Assert.Contains("\"truncated\"", result, StringComparison.Ordinal);
    }

    private Task<Answer> AskAsync(ChatDouble model, params (string Name, string Value)[] limits)
    {
        var settings = new Dictionary<string, string?>(model.Settings);
        foreach (var (name, value) in limits)
            settings[name.StartsWith("Prices", StringComparison.Ordinal) || name == "Currency" ? $"Model:{name}" : $"Model:Limits:{name}"] =
                value;
        return room.AskAsync(settings, Question);
    }

    private static void AssertStoodIn(Answer answer, string words)
    {
        Assert.Equal(AnswerEngine.BuiltIn, answer.Engine);
        Assert.True(answer.EngineNote!.Contains(words, StringComparison.Ordinal), answer.EngineNote);
        Assert.Equal(new ScalarResult("error_rate", 0.5, "1"), answer.Result);
    }
}
