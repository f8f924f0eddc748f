using System.Text.Json.Nodes;
using Copilot.Answers.Contract;
using Copilot.Answers.Conversations;
using Copilot.Store.Conversations;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Copilot.Models.Tests.Engine;

/// <summary>Answers of a small shop, rated and exported as a scorer's question file.</summary>
[Trait("needs", "postgres")]
public sealed class FeedbackTests(ModelRoom room) : IClassFixture<ModelRoom>
{
    [Theory]
    [InlineData(
        "error rate of pay since 12:02",
        """{"outcome":"answered","kind":"scalar","name":"error_rate","value":0.5,"unit":"1","tol":0.02}"""
    )]
    [InlineData("who calls pay since 12:02", """{"outcome":"answered","kind":"services","role":"caller","set":["web"],"order":["web"]}""")]
    [InlineData("most failing operation of pay since 12:02", """{"outcome":"answered","kind":"operations","top":[["pay","charge"]]}""")]
    [InlineData(
        "what do the failed pay requests have in common since 12:02",
        """{"outcome":"answered","kind":"breakdown","attribute":"currency","value":"CHF"}"""
    )]
    [InlineData("restart the pay pods", """{"outcome":"unsupported","proposal":false}""")]
    [InlineData(
        "changes on pay in the last 10 minutes",
        """{"outcome":"answered","kind":"changes","set":[["pay","2026-03-01T12:01:59.0000000Z"]]}"""
    )]
    public async Task A_right_answer_is_what_a_scorer_is_to_expect(string question, string expect)
    {
        var answer = await room.AskAsync(ModelRoom.NoModel, question, AnswerEngine.BuiltIn);

        var line = await RateAsync(answer, new Rating(AnswerVerdict.Right, null, null, "ada"));

        Assert.Equal(JsonNode.Parse(expect)!.ToJsonString(), line.Line!["expect"]!.ToJsonString());
        Assert.Equal((question, "2026-03-01T12:04:00Z"), (line.Question, line.Line["asOf"]!.GetValue<string>()));
    }

    [Fact]
    public async Task A_follow_up_carries_what_was_asked_before()
    {
        var first = await room.AskAsync(ModelRoom.NoModel, "error rate of pay since 12:02", AnswerEngine.BuiltIn);
        var second = await room.AskAsync(ModelRoom.NoModel, "and the p95?", AnswerEngine.BuiltIn, first.ConversationId);

        var line = await RateAsync(second, new Rating(AnswerVerdict.Right, null, null, "ada"));

        Assert.Equal("""["error rate of pay since 12:02"]""", line.Line!["history"]!.ToJsonString());
    }

    [Fact]
    public async Task A_wrong_answer_expects_what_the_person_says()
    {
        var answer = await room.AskAsync(ModelRoom.NoModel, "error rate of pay since 12:02", AnswerEngine.BuiltIn);
        var expect = JsonNode
            .Parse("""{"outcome":"answered","kind":"scalar","name":"error_rate","value":0.25,"unit":"1","tol":0.02}""")!
            .AsObject();

        var line = await RateAsync(answer, new Rating(AnswerVerdict.Wrong, "a quarter", expect, "ada"));

        Assert.Equal(("a quarter", 0.25), (line.Line!["note"]!.GetValue<string>(), line.Line["expect"]!["value"]!.GetValue<double>()));
    }

    [Fact]
    public async Task Words_alone_are_no_line_but_are_not_lost()
    {
        var answer = await room.AskAsync(ModelRoom.NoModel, "error rate of pay since 12:02", AnswerEngine.BuiltIn);

        var line = await RateAsync(answer, new Rating(AnswerVerdict.Wrong, "much less", null, "ada"));

        Assert.Equal((null, "much less"), (line.Line, line.Expected));
    }

    [Fact]
    public async Task What_cannot_be_kept_is_refused()
    {
        var answer = await room.AskAsync(ModelRoom.NoModel, "error rate of pay since 12:02", AnswerEngine.BuiltIn);
        await using var provider = await room.ComposeAsync(ModelRoom.NoModel);
        var feedback = provider.GetRequiredService<Feedback>();

        Assert.False(
            await feedback.RateAsync(answer.ConversationId, 9, new Rating(AnswerVerdict.Right, null, null, "ada"), CancellationToken.None)
        );
        await Assert.ThrowsAsync<FormatException>(() =>
            feedback.RateAsync(answer.ConversationId, 1, new Rating(AnswerVerdict.Wrong, null, [], "ada"), CancellationToken.None)
        );
        await Assert.ThrowsAsync<FormatException>(() =>
            feedback.RateAsync(
                answer.ConversationId,
                1,
                new Rating(AnswerVerdict.Wrong, new string('x', 3000), null, "ada"),
                CancellationToken.None
            )
        );
    }

    [Fact]
    public async Task A_conversation_asked_again_on_the_same_window_says_the_same()
    {
        var first = await room.AskAsync(ModelRoom.NoModel, "error rate of pay since 12:02", AnswerEngine.BuiltIn);
        var second = await room.AskAsync(ModelRoom.NoModel, "and the p95?", AnswerEngine.BuiltIn, first.ConversationId);
        await using var provider = await room.ComposeAsync(ModelRoom.NoModel);
        var replay = provider.GetRequiredService<ConversationReplay>();

        var again = await replay.RunAsync(first.ConversationId, null, ReplayTime.Same, null, "ada", CancellationToken.None);
        var later = await replay.RunAsync(
            first.ConversationId,
            1,
            ReplayTime.Now,
            ModelRoom.AsOf.AddMinutes(-3),
            "ada",
            CancellationToken.None
        );

        Assert.NotEqual(first.ConversationId, again.ConversationId);
        Assert.Equal((second.Text, 2), (again.Text, again.Turn));
        Assert.NotEqual(first.Text, later.Text);
        await Assert.ThrowsAsync<UnknownConversationException>(() =>
            replay.RunAsync("c_none", null, ReplayTime.Same, null, "ada", CancellationToken.None)
        );
        await Assert.ThrowsAsync<UnknownConversationException>(() =>
            replay.RunAsync(first.ConversationId, 7, ReplayTime.Same, null, "ada", CancellationToken.None)
        );
    }

    private async Task<ScorerLine> RateAsync(Answer answer, Rating rating)
    {
        await using var provider = await room.ComposeAsync(ModelRoom.NoModel);
        var feedback = provider.GetRequiredService<Feedback>();
        Assert.True(await feedback.RateAsync(answer.ConversationId, answer.Turn!.Value, rating, CancellationToken.None));
        return (await feedback.ExportAsync(CancellationToken.None))[^1];
    }
}
