using Copilot.Answers.Contract;
using Copilot.Models.Audit;
using Copilot.Models.Tests.Doubles;
using Copilot.Store.Conversations;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Copilot.Models.Tests.Engine;

/// <summary>What left for a model can be read afterwards, and is what really left.</summary>
[Trait("needs", "postgres")]
public sealed class AuditTests(ModelRoom room) : IClassFixture<ModelRoom>
{
    private const string Measure = """{"measures":["error_rate"],"services":["pay"],"from":"2026-03-01T12:02:00Z"}""";

    private static readonly (string Name, string Value)[] Price =
    [
        ("Model:Prices:0:Model", "double"),
        ("Model:Prices:0:Input", "3"),
        ("Model:Prices:0:Output", "15"),
    ];

    [Fact]
    public async Task Everything_that_left_is_recorded_as_it_left()
    {
        await using var model = new ChatDouble(turn =>
            turn.Round == 0 ? ChatRound.Call("query", Measure) : ChatRound.Says("The error rate was 50 %.")
        );
        var answer = await AskAsync(model, "error rate of pay in the last 2 minutes for ada@shop.example");
        var sent = await SentAsync(answer);

        Assert.Equal(("browser", "double", "answered", 2), (sent!.Asker, sent.Model, sent.Outcome, sent.Rounds));
        Assert.Equal((200L, 40L, 0.0012m), (sent.InputTokens, sent.OutputTokens, sent.Cost));
        Assert.Equal(["system", "user", "assistant", "tool", "assistant"], sent.Messages.Select(message => message.Role));
        Assert.Contains("[e-mail]", sent.Messages[1].Text, StringComparison.Ordinal);
        Assert.Equal("The error rate was 50 %.", sent.Messages[^1].Text);
        // Word by word what the server received.
        Assert.Equal(model.Requests[^1]["messages"]![3]!["content"]!.GetValue<string>(), sent.Messages[3].Text);
    }

    [Fact]
    public async Task What_left_before_a_failure_is_recorded_with_the_reason()
    {
        await using var model = new ChatDouble(turn => turn.Round == 0 ? ChatRound.Call("query", Measure) : ChatRound.Fails(503));
        var sent = await SentAsync(await AskAsync(model, "error rate of pay in the last 2 minutes"));
        Assert.Contains("503", sent!.Outcome, StringComparison.Ordinal);
        Assert.Equal(["system", "user", "assistant", "tool"], sent.Messages.Select(message => message.Role));
    }

    [Fact]
    public async Task Where_nothing_left_there_is_no_record()
    {
        Assert.Null(await SentAsync(await room.AskAsync(ModelRoom.NoModel, "error rate of pay in the last 2 minutes")));
        Assert.Null(
            await SentAsync(await room.AskAsync(ModelRoom.NoModel, "error rate of pay in the last 2 minutes", AnswerEngine.BuiltIn))
        );
    }

    [Fact]
    public async Task Old_records_are_forgotten()
    {
        await using var model = new ChatDouble(turn =>
            turn.Round == 0 ? ChatRound.Call("query", Measure) : ChatRound.Says("The error rate was 50 %.")
        );
        var answer = await AskAsync(model, "error rate of pay in the last 2 minutes");
        await room.SqlAsync(
            $"update model_audit set asked_at = now() - interval '91 days' where conversation_id = '{answer.ConversationId}'"
        );
        await using var provider = await room.ComposeAsync(ModelRoom.NoModel);
        Assert.Equal(1, await provider.GetRequiredService<ModelAudit>().ForgetAsync(CancellationToken.None));
        Assert.Null(await SentAsync(answer));
    }

    [Fact]
    public async Task What_was_being_asked_when_the_process_ended_is_closed_as_interrupted()
    {
        await using var model = new ChatDouble(turn =>
            turn.Round == 0 ? ChatRound.Call("query", Measure) : ChatRound.Says("The error rate was 50 %.")
        );
        var (ended, going, done) = (
            await AskAsync(model, "error rate of pay in the last 2 minutes"),
            await AskAsync(model, "error rate of pay in the last 2 minutes"),
            await AskAsync(model, "error rate of pay in the last 2 minutes")
        );
        await room.SqlAsync(
            $"update model_audit set outcome = 'asking' where conversation_id in ('{ended.ConversationId}', '{going.ConversationId}')"
        );
        await room.SqlAsync(
            $"update model_audit set asked_at = now() - interval '1 hour' where conversation_id in ('{ended.ConversationId}', '{done.ConversationId}')"
        );
        await using var provider = await room.ComposeAsync(ModelRoom.NoModel);
        Assert.Equal(
            1,
            await provider
                .GetRequiredService<ModelAudit>()
                .CloseInterruptedAsync(DateTimeOffset.UtcNow.AddMinutes(-5), CancellationToken.None)
        );
        Assert.Equal(
            ("interrupted", "asking", "answered"),
            ((await SentAsync(ended))!.Outcome, (await SentAsync(going))!.Outcome, (await SentAsync(done))!.Outcome)
        );
    }

    private Task<Answer> AskAsync(ChatDouble model, string question) =>
        room.AskAsync(
            model.Settings.Concat(Price.Select(price => KeyValuePair.Create(price.Name, (string?)price.Value))).ToDictionary(),
            question,
            asker: "browser"
        );

    private async Task<SentToModel?> SentAsync(Answer answer)
    {
        await using var provider = await room.ComposeAsync(ModelRoom.NoModel);
        return await provider.GetRequiredService<ModelAudit>().FindAsync(answer.ConversationId, answer.Turn!.Value, CancellationToken.None);
    }
}
