using Copilot.Agent.Answers;
using Copilot.Agent.Conversations;
using Copilot.Agent.Questions;
using Copilot.Agent.Tests.Interpretation;
using Copilot.Testing;
using Xunit;

namespace Copilot.Agent.Tests.Conversations;

public sealed class ConversationStoreTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private ConversationStore Store => new(postgres.Contexts, TimeProvider.System);

    [Fact]
    public async Task A_plan_comes_back_as_it_was_read()
    {
        var id = ConversationStore.NewId();
        var plan = Told.Plan("error rate of fare-engine before and after the 2.0.0 deploy for LH");
        await AddAsync(id, "error rate of fare-engine before and after the 2.0.0 deploy for LH", plan, Outcome.Answered);

        var previous = await Store.PreviousAsync(id, CancellationToken.None);

        Assert.Equal(Told.Line(plan), Told.Line(previous!.Plan));
        Assert.Equal(plan.Window!.Anchor, previous.Plan.Window!.Anchor);
    }

    [Fact]
    public async Task The_last_answered_turn_is_what_a_follow_up_follows()
    {
        var id = ConversationStore.NewId();
        await AddAsync(id, "p95 of loyalty since 08:00", Told.Plan("p95 of loyalty since 08:00"), Outcome.Answered, new ServicesResult([new ServiceItem("seat-map", "cause", 1, null)]));
        await AddAsync(id, "compare them", Told.Plan("compare them"), Outcome.Clarify);

        var previous = await Store.PreviousAsync(id, CancellationToken.None);

        Assert.Equal(Measure.P95, previous!.Plan.Measure);
        Assert.Equal(["seat-map"], previous.FocusServices);
        Assert.Equal([1, 2], (await Store.TurnsAsync(id, CancellationToken.None)).Select(t => t.Number));
    }

    [Fact]
    public async Task An_unknown_conversation_is_said_to_be_unknown() =>
        await Assert.ThrowsAsync<UnknownConversationException>(() => Store.PreviousAsync("c_none", CancellationToken.None));

    [Fact]
    public async Task A_question_with_characters_that_Postgres_lacks_is_kept()
    {
        var id = ConversationStore.NewId();
        await AddAsync(id, "error\0 rate \ud83d\ude00 of \\u0000 loyalty", Told.Plan("error rate of loyalty"), Outcome.Answered);

        Assert.Contains("loyalty", Assert.Single(await Store.TurnsAsync(id, CancellationToken.None)).Question, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Conversations_are_found_by_their_words_and_rated()
    {
        var id = ConversationStore.NewId();
        await AddAsync(id, "throughput of zebrafish since 08:00", Told.Plan("throughput of loyalty since 08:00"), Outcome.Answered);

        Assert.Equal(id, Assert.Single(await Store.FindAsync("zebrafish", 10, CancellationToken.None)).Id);
        Assert.True(await Store.RateAsync(id, 1, false, "about 12", CancellationToken.None));
        Assert.False(await Store.RateAsync(id, 7, true, null, CancellationToken.None));
        Assert.Contains(await Store.RatedAsync(CancellationToken.None), t => t.ConversationId == id && t.Feedback == "wrong" && t.Expected == "about 12");
    }

    private Task AddAsync(string id, string question, QuestionPlan plan, Outcome outcome, AnswerResult? result = null) => Store.AddAsync(
        new AskRequest { Question = question },
        Told.AsOf,
        plan,
        new Answer
        {
            ConversationId = id,
            Outcome = outcome,
            Text = "text",
            Understood = new Understood { Intent = plan.Intent() },
            Result = result ?? new NoResult(),
            Coverage = new Coverage(true, null, ""),
        },
        TimeSpan.FromMilliseconds(5),
        CancellationToken.None);
}
