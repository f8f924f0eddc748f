using Copilot.Answers.Contract;
using Copilot.Answers.Conversations;
using Copilot.Language.Tests.Readings;
using Copilot.Telemetry.Records;
using Copilot.Testing;
using Xunit;

namespace Copilot.Answers.Tests.Conversations;

/// <summary>What a later question of a conversation looks at, minutes after the one before.</summary>
[Trait("needs", "postgres")]
public sealed class RollingWindowTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private static readonly DateTimeOffset _later = Told.AsOf.AddMinutes(8);

    private ConversationStore Store => new(postgres.Contexts, TimeProvider.System);

    [Theory]
    [InlineData("p95 of loyalty", "and of fare-engine?", "08:11", "08:26")]
    [InlineData("p95 of loyalty in the last 30 minutes", "and of fare-engine?", "07:56", "08:26")]
    [InlineData("p95 of loyalty since 08:00", "and of fare-engine?", "08:00", "08:26")]
    [InlineData("p95 of loyalty between 07:00 and 07:30", "and of fare-engine?", "07:00", "07:30")]
    [InlineData("p95 of loyalty between 07:00 and 07:30", "what is going wrong right now?", "07:56", "08:26")]
    [InlineData("p95 of loyalty between 07:00 and 07:30", "is it still going on?", "07:56", "08:26")]
    [InlineData("p95 of loyalty between 07:00 and 07:30", "and now?", "07:56", "08:26")]
    [InlineData("p95 of loyalty between 07:00 and 07:30", "now the p99", "07:00", "07:30")]
    [InlineData("p95 of loyalty between 07:00 and 07:30", "why are checkins failing?", "07:56", "08:26")]
    [InlineData("p95 of loyalty between 07:00 and 07:30", "why is it slow?", "07:00", "07:30")]
    [InlineData("p95 of loyalty since 08:00 >> and the p99?", "and of fare-engine?", "08:00", "08:26")]
    public async Task A_window_that_ended_at_now_ends_at_the_next_questions_now(string before, string question, string from, string to)
    {
        var id = ConversationStore.NewId();
        var asked = before.Split(" >> ");
        for (var turn = 1; turn <= asked.Length; turn++)
            await AddAsync(id, string.Join(" >> ", asked.Take(turn)));

        var previous = await Store.PreviousAsync(id, _later, question, CancellationToken.None);

        Assert.Equal(new TimeWindow(At(from), At(to)), previous!.Plan.Window!.Window);
    }

    private static DateTimeOffset At(string clock) =>
        DateTimeOffset.Parse($"2026-11-22T{clock}:00Z", System.Globalization.CultureInfo.InvariantCulture);

    private async Task AddAsync(string id, string questions)
    {
        var plan = Told.Plan(questions);
        await Store.AddAsync(
            new AskRequest { Question = questions },
            Told.AsOf,
            plan,
            new Answer
            {
                ConversationId = id,
                Outcome = Outcome.Answered,
                Text = "text",
                Understood = new Understood { Intent = "query" },
                Result = new NoResult(),
                Coverage = new Coverage(true, null, ""),
            },
            TimeSpan.Zero,
            CancellationToken.None
        );
    }
}
