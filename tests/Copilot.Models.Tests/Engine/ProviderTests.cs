using Copilot.Answers.Contract;
using Copilot.Models.Engine;
using Copilot.Models.Providers;
using Copilot.Models.Tests.Doubles;
using Copilot.Store.Conversations;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Copilot.Models.Tests.Engine;

/// <summary>One question with tools through each provider's protocol, and every way in which it can fail.</summary>
[Trait("needs", "postgres")]
public sealed class ProviderTests(ModelRoom room) : IClassFixture<ModelRoom>
{
    private const string Question = "error rate of pay in the last 2 minutes";
    private const string Measure = """{"measures":["error_rate"],"services":["pay"],"from":"2026-03-01T12:02:00Z"}""";

    private static readonly Dictionary<string, ModelProtocol> Protocols = new()
    {
        ["compatible"] = CompletionsProtocol.Compatible,
        ["openai"] = CompletionsProtocol.OpenAi,
        ["azure"] = CompletionsProtocol.Azure,
        ["anthropic"] = MessagesProtocol.Anthropic,
    };

    public static TheoryData<string> All => [.. Protocols.Keys];

    [Theory]
    [MemberData(nameof(All))]
    public async Task A_question_with_several_calls_goes_through(string provider)
    {
        await using var model = new ChatDouble(
            turn =>
                turn.Round switch
                {
                    0 => new ChatRound
                    {
                        Text = "Let me look. ",
                        Calls = [("find", """{"text":"pay"}"""), ("owners", """{"services":["pay"]}""")],
                    },
                    1 => ChatRound.Call("query", Measure),
                    _ => ChatRound.Says("The error rate of `pay` was 50 %: 60 of 120 requests failed."),
                },
            Protocols[provider]
        );
        var answer = await room.AskAsync(model, Question);
        Assert.Empty(model.Complaints);
        Assert.Equal((AnswerEngine.Model, null), (answer.Engine, answer.EngineNote));
        Assert.Equal("The error rate of `pay` was 50 %: 60 of 120 requests failed.", answer.Text);
        Assert.Equal(new ScalarResult("error_rate", 0.5, "1"), answer.Result);
        Assert.Equal(3, model.Requests.Count);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Words_arrive_while_the_model_still_speaks(string provider)
    {
        await using var model = new ChatDouble(
            turn =>
                turn.Round == 0 ? ChatRound.Call("query", Measure) : ChatRound.Says("The error rate was 50 %. Another 777 requests hung."),
            Protocols[provider]
        );
        var parts = await room.AskInPartsAsync(model, Question);
        var told = parts.Select(part => part.TextDelta).OfType<string>().ToList();
        Assert.Empty(model.Complaints);
        Assert.Equal("The error rate was 50 %. ", told[0]);
        Assert.Contains("~~777~~", told[1], StringComparison.Ordinal);
        Assert.Equal(AnswerEngine.Model, parts[^1].Complete!.Engine);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task In_the_last_round_nothing_can_be_called_and_the_history_stays_whole(string provider)
    {
        var calls = 0;
        await using var model = new ChatDouble(
            turn =>
                turn.Tools.Count == 0 ? ChatRound.Says("The error rate was 50 %.")
                : calls++ == 0 ? ChatRound.Call("query", Measure)
                : ChatRound.Call("find", $$"""{"text":"{{calls}}"}"""),
            Protocols[provider]
        );
        var answer = await room.AskAsync(model, Question);
        Assert.Empty(model.Complaints);
        Assert.Equal((AnswerEngine.Model, "The error rate was 50 %."), (answer.Engine, answer.Text));
        Assert.Equal(8, model.Requests.Count);
    }

    [Theory]
    [InlineData("openai", 401, "key is not accepted")]
    [InlineData("openai", 429, "limits the rate")]
    [InlineData("azure", 404, "no such model")]
    [InlineData("azure", 503, "trouble itself")]
    [InlineData("anthropic", 400, "does not take the request")]
    [InlineData("anthropic", 401, "key is not accepted")]
    [InlineData("anthropic", 429, "limits the rate")]
    [InlineData("anthropic", 500, "trouble itself")]
    [InlineData("anthropic", 529, "overloaded")]
    public async Task A_refusing_provider_is_stood_in_for(string provider, int status, string words)
    {
        await using var model = new ChatDouble(_ => ChatRound.Fails(status), Protocols[provider]);
        var answer = await room.AskAsync(model, Question);
        AssertStoodIn(answer, words);
        Assert.InRange(model.Requests.Count, 1, 2);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task A_model_that_declines_is_stood_in_for(string provider)
    {
        await using var model = new ChatDouble(
            turn =>
                turn.Round == 0 ? ChatRound.Call("query", Measure) : new ChatRound { Text = "I cannot help with that.", Refused = true },
            Protocols[provider]
        );
        AssertStoodIn(await room.AskAsync(model, Question), "declined");
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task An_answer_cut_at_its_limit_is_not_shown_as_whole(string provider)
    {
        await using var model = new ChatDouble(
            turn => turn.Round == 0 ? ChatRound.Call("query", Measure) : new ChatRound { Text = "The error rate was", Cut = true },
            Protocols[provider]
        );
        AssertStoodIn(await room.AskAsync(model, Question), "cut off");
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task A_torn_stream_is_not_shown_as_whole(string provider)
    {
        await using var model = new ChatDouble(
            turn =>
                turn.Round == 0 ? ChatRound.Call("query", Measure) : new ChatRound { Text = "The error rate was 50 %. And", Torn = true },
            Protocols[provider]
        );
        AssertStoodIn(await room.AskAsync(model, Question), "broke off");
    }

    [Fact]
    public async Task An_overload_in_the_middle_of_a_stream_is_stood_in_for()
    {
        await using var model = new ChatDouble(
            turn => turn.Round == 0 ? ChatRound.Call("query", Measure) : new ChatRound { Text = "The error rate", Overloaded = true },
            MessagesProtocol.Anthropic
        );
        AssertStoodIn(await room.AskAsync(model, Question), "overloaded");
    }

    [Theory]
    [InlineData("https://name.openai.azure.com", "https://name.openai.azure.com/openai/v1/")]
    [InlineData("https://name.openai.azure.com/openai/v1", "https://name.openai.azure.com/openai/v1/")]
    [InlineData("https://name.openai.azure.com/openai/", "https://name.openai.azure.com/openai/v1/")]
    public void Azures_address_is_that_of_its_v1_endpoint(string configured, string used) =>
        Assert.Equal(used, ChatClients.AzureAddress(configured));

    [Theory]
    [MemberData(nameof(All))]
    public async Task The_check_says_that_a_model_works(string provider)
    {
        await using var model = new ChatDouble(
            turn => turn.Round == 0 ? ChatRound.Call("ready", "{}") : ChatRound.Says("ready"),
            Protocols[provider]
        );
        var result = await CheckAsync(model.Settings);
        Assert.Empty(model.Complaints);
        Assert.True(result.Works, result.Message);
    }

    [Theory]
    [InlineData("openai", 401, "key is not accepted")]
    [InlineData("anthropic", 404, "no such model")]
    public async Task The_check_says_what_is_wrong(string provider, int status, string words)
    {
        await using var model = new ChatDouble(_ => ChatRound.Fails(status), Protocols[provider]);
        var result = await CheckAsync(model.Settings);
        Assert.False(result.Works);
        Assert.Contains(words, result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_check_does_not_pass_a_model_without_tools_or_an_address_without_a_server()
    {
        await using var model = new ChatDouble(_ => ChatRound.Says("ready"));
        Assert.Contains("cannot call tools", (await CheckAsync(model.Settings)).Message, StringComparison.Ordinal);
        Assert.Contains(
            "nothing listens",
            (await CheckAsync(CompletionsProtocol.Compatible.Settings("http://127.0.0.1:1/"))).Message,
            StringComparison.Ordinal
        );
        Assert.Contains("No model is configured", (await CheckAsync(ModelRoom.NoModel)).Message, StringComparison.Ordinal);
        var broken = new Dictionary<string, string?>
        {
            ["Model:Provider"] = "compatible",
            ["Model:Name"] = "x",
            ["Model:BaseUrl"] = "localhost:11434",
        };
        Assert.Contains("no http or https address", (await CheckAsync(broken)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_status_never_shows_a_key()
    {
        var status = ModelStatus.Of(
            new ModelOptions
            {
                Provider = "compatible",
                Name = "m",
                ApiKey = "sesame",
                BaseUrl = "https://me:sesame@models.example/v1/?key=sesame",
            }
        );
        Assert.Equal(("https://models.example", "key"), (status.Address, status.Identity));
        Assert.DoesNotContain("sesame", status.ToString(), StringComparison.Ordinal);
    }

    private static void AssertStoodIn(Answer answer, string words)
    {
        Assert.Equal(AnswerEngine.BuiltIn, answer.Engine);
        Assert.True(answer.EngineNote!.Contains(words, StringComparison.Ordinal), answer.EngineNote);
        Assert.Equal(new ScalarResult("error_rate", 0.5, "1"), answer.Result);
    }

    private async Task<ModelCheckResult> CheckAsync(IReadOnlyDictionary<string, string?> settings)
    {
        await using var provider = await room.ComposeAsync(settings);
        return await provider.GetRequiredService<ModelCheck>().RunAsync(CancellationToken.None);
    }
}
