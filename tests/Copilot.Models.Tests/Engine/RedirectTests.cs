using Copilot.Models.Tests.Doubles;
using Copilot.Store.Conversations;
using Copilot.Testing;
using Xunit;

namespace Copilot.Models.Tests.Engine;

/// <summary>A provider's server, or one that passes for it, points to another host: the key does not go there.</summary>
public sealed class RedirectTests(ModelRoom room) : IClassFixture<ModelRoom>
{
    private static readonly Dictionary<string, ModelProtocol> Protocols = new()
    {
        ["compatible"] = CompletionsProtocol.Compatible,
        ["openai"] = CompletionsProtocol.OpenAi,
        ["azure"] = CompletionsProtocol.Azure,
        ["anthropic"] = MessagesProtocol.Anthropic,
    };

    public static TheoryData<string, int> All
    {
        get
        {
            var all = new TheoryData<string, int>();
            foreach (var provider in Protocols.Keys)
            {
                foreach (var status in new[] { 301, 302, 307, 308 })
                    all.Add(provider, status);
            }

            return all;
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task No_provider_takes_the_key_to_another_host(string provider, int status)
    {
        await using var elsewhere = new OtherHost();
        await using var model = new ChatDouble(
            _ => new ChatRound { Status = status, Location = elsewhere.Address + "v1/messages" },
            Protocols[provider]
        );
        var answer = await room.AskAsync(model, "error rate of pay in the last 2 minutes");
        Assert.NotEmpty(model.Requests);
        Assert.Empty(elsewhere.Received);
        Assert.Equal(AnswerEngine.BuiltIn, answer.Engine);
        Assert.Contains("points to another address", answer.EngineNote, StringComparison.Ordinal);
    }
}
