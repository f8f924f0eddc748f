using Copilot.Answers.Contract;
using Copilot.Answers.Conversations;
using Copilot.Language.Frames;
using Copilot.Language.Questions;
using Copilot.Language.Tests.Readings;
using Copilot.Store.Conversations;
using Copilot.Testing;
using Xunit;

namespace Copilot.Answers.Tests.Conversations;

[Trait("needs", "postgres")]
public sealed class ConversationStoreTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private ConversationStore Store => new(postgres.Contexts, TimeProvider.System);

    [Fact]
    public async Task A_plan_comes_back_as_it_was_read()
    {
        var id = ConversationStore.NewId();
        var plan = Told.Plan("error rate of fare-engine before and after the 2.0.0 deploy for LH");
        await AddAsync(id, "error rate of fare-engine before and after the 2.0.0 deploy for LH", plan, Outcome.Answered);

        var previous = await Store.PreviousAsync(id, Told.AsOf, "and then?", CancellationToken.None);

        Assert.Equal(Told.Line(plan), Told.Line(previous!.Plan));
        Assert.Equal(plan.Window!.Anchor, previous.Plan.Window!.Anchor);
    }

    [Fact]
    public async Task The_last_answered_turn_is_what_a_follow_up_follows()
    {
        var id = ConversationStore.NewId();
        await AddAsync(
            id,
            "p95 of loyalty since 08:00",
            Told.Plan("p95 of loyalty since 08:00"),
            Outcome.Answered,
            new ServicesResult([new ServiceItem("seat-map", "cause", 1, null)])
        );
        await AddAsync(id, "compare them", Told.Plan("compare them"), Outcome.Clarify);

        var previous = await Store.PreviousAsync(id, Told.AsOf, "and then?", CancellationToken.None);

        Assert.Equal(FrameMeasure.Percentile(95), Assert.Single(previous!.Plan.Frame!.Measures));
        Assert.Equal(["seat-map"], previous.FocusServices);
        Assert.Equal([1, 2], (await Store.TurnsAsync(id, CancellationToken.None)).Select(t => t.Number));
    }

    [Fact]
    public async Task An_unknown_conversation_is_said_to_be_unknown() =>
        await Assert.ThrowsAsync<UnknownConversationException>(() =>
            Store.PreviousAsync("c_none", Told.AsOf, "and then?", CancellationToken.None)
        );

    [Fact]
    public async Task A_question_with_characters_that_Postgres_lacks_is_kept()
    {
        var id = ConversationStore.NewId();
        await AddAsync(id, "error\0 rate \ud83d\ude00 of \\u0000 loyalty", Told.Plan("error rate of loyalty"), Outcome.Answered);

        Assert.Contains("loyalty", Assert.Single(await Store.TurnsAsync(id, CancellationToken.None)).Question, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_keeps_what_else_was_asked_for_and_the_cells_of_its_tables()
    {
        var id = ConversationStore.NewId();
        IReadOnlyList<object?> cells = ["EU \ud83d\ude00", 5L, 5.0, 0.1, null];
        var table = new TableResult([.. "abcde".Select(name => new TableColumn($"{name}"))], [cells], 7);
        var errors = new ErrorsResult([new ErrorGroup("pay", "E", "m", 2, Told.AsOf, Told.AsOf, ["a1"], "at x")]);
        await AddAsync(id, "how often, by what", Told.Plan("p95 of loyalty since 08:00"), Outcome.Answered, table, more: [errors]);

        var answer = ConversationStore.AnswerOf(Assert.Single(await Store.TurnsAsync(id, CancellationToken.None)))!;

        Assert.Equal(cells, Assert.IsType<TableResult>(answer.Result).Rows[0]);
        Assert.Equal(7, ((TableResult)answer.Result).Total);
        var group = Assert.Single(Assert.IsType<ErrorsResult>(Assert.Single(answer.More)).Items);
        Assert.Equal(
            ("pay", "E", "m", 2L, "a1", "at x"),
            (group.Service, group.Type, group.Message, group.Count, group.TraceIds[0], group.StackTrace)
        );
    }

    [Fact]
    public async Task Two_turns_at_once_both_get_a_number()
    {
        var id = ConversationStore.NewId();
        await AddAsync(id, "p95 of loyalty since 08:00", Told.Plan("p95 of loyalty since 08:00"), Outcome.Answered);

        var numbers = await Task.WhenAll(
            Enumerable.Range(0, 4).Select(_ => AddAsync(id, "p99 of loyalty", Told.Plan("p99 of loyalty"), Outcome.Answered))
        );

        Assert.Equal([2, 3, 4, 5], numbers.Order());
    }

    [Theory]
    [InlineData("zebrafish")]
    [InlineData("zebraf")]
    [InlineData("throughput zebrafish")]
    [InlineData("\"of zebrafish\"")]
    [InlineData("quagga")]
    [InlineData("zebrafish -unicorn")]
    public async Task Conversations_are_found_by_words_of_questions_and_answers(string words)
    {
        var id = ConversationStore.NewId();
        await AddAsync(
            id,
            "throughput of zebrafish since 08:00",
            Told.Plan("throughput of loyalty since 08:00"),
            Outcome.Answered,
            text: "The throughput of `quagga` was 12."
        );

        var hit = (await Search.FindAsync(words, 10, CancellationToken.None))[0];

        Assert.Equal((id, 1, "throughput of zebrafish since 08:00", 1), (hit.Id, hit.Turn, hit.Question, hit.Turns));
        Assert.Contains("quagga", hit.Excerpt, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("' or 1 = 1; drop table conversations --")]
    [InlineData("& | ! <-> :* ( ) \0 \\")]
    [InlineData("the \"unfinished")]
    public async Task Any_words_can_be_searched_for(string words) =>
        Assert.NotNull(await Search.FindAsync(words, 10, CancellationToken.None));

    private ConversationSearch Search => new(postgres.Database);

    private Task<int> AddAsync(
        string id,
        string question,
        QuestionPlan plan,
        Outcome outcome,
        AnswerResult? result = null,
        string text = "text",
        IReadOnlyList<AnswerResult>? more = null
    ) =>
        Store.AddAsync(
            new AskRequest { Question = question },
            Told.AsOf,
            plan,
            new Answer
            {
                ConversationId = id,
                Outcome = outcome,
                Text = text,
                Understood = new Understood { Intent = plan.Intent() },
                Result = result ?? new NoResult(),
                More = more ?? [],
                Coverage = new Coverage(true, null, ""),
            },
            TimeSpan.FromMilliseconds(5),
            CancellationToken.None
        );
}
