using Copilot.Answers.Contract;
using Copilot.Web.Chat;
using Xunit;

namespace Copilot.Web.Tests.Chat;

public sealed class TurnTests
{
    private static readonly Understood Understood = new() { Intent = "error_rate" };

    [Fact]
    public void Text_is_appended_as_it_comes()
    {
        var turn = Turn.Ask("why?").With(new AnswerPart { TextDelta = "pay" }).With(new AnswerPart { TextDelta = "ment" });

        Assert.Equal("payment", turn.Text);
        Assert.False(turn.Done);
    }

    [Fact]
    public void A_query_that_comes_again_replaces_itself()
    {
        var turn = Turn.Ask("why?")
            .With(new AnswerPart { Query = Query("q1", 1) })
            .With(new AnswerPart { Query = Query("q2", 2) })
            .With(new AnswerPart { Query = Query("q1", 3) });

        Assert.Equal([("q2", 2L), ("q1", 3L)], turn.Queries.Select(query => (query.Id, query.Rows)));
    }

    [Fact]
    public void The_whole_answer_replaces_what_was_shown_before()
    {
        var turn = Turn.Ask("why?")
            .With(new AnswerPart { TextDelta = "a guess" })
            .With(new AnswerPart { Query = Query("q9", 1) })
            .With(new AnswerPart { Complete = Whole("checked") });

        Assert.Equal("checked", turn.Text);
        Assert.Empty(turn.Queries);
        Assert.Null(turn.Progress);
        Assert.True(turn.Done);
    }

    [Fact]
    public void A_failure_keeps_what_had_come_and_ends_the_progress()
    {
        var turn = Turn.Ask("why?").With(new AnswerPart { Understood = Understood }).Failed("The database cannot be reached.");

        Assert.Same(Understood, turn.Understood);
        Assert.Null(turn.Progress);
        Assert.Equal("The database cannot be reached.", turn.Announcement);
    }

    [Fact]
    public void A_screen_reader_hears_the_progress_and_then_the_first_line_without_its_marks()
    {
        var asked = Turn.Ask("why?").With(new AnswerPart { Progress = "Comparing 14 services" });
        Assert.Equal("Comparing 14 services", asked.Announcement);

        var done = asked.With(new AnswerPart { Complete = Whole("**payment** fails in `POST /charge`.\n\n- more") });
        Assert.Equal("Answer: payment fails in POST /charge.", done.Announcement);
    }

    private static AnswerQuery Query(string id, long rows) =>
        new(id, "{ }", DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddMinutes(1), rows, 1);

    private static Answer Whole(string text) =>
        new()
        {
            ConversationId = "c_1",
            Outcome = Outcome.Answered,
            Text = text,
            Understood = Understood,
            Result = new NoResult(),
            Coverage = new Coverage(true, null, "all"),
        };
}
