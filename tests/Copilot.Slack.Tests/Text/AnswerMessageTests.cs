using System.Text.Json;
using System.Text.Json.Nodes;
using Copilot.Answers.Contract;
using Copilot.Language.Questions;
using Copilot.Slack.Conversing;
using Xunit;

namespace Copilot.Slack.Tests.Text;

public sealed class AnswerMessageTests
{
    private static readonly AskedIn _private = new(new Uri("https://copilot.example"), PaymentsTrouble.Now, IsPrivate: true);

    private static readonly AskedIn _thread = _private with { IsPrivate = false };

    [Fact]
    public void A_locked_phone_shows_state_figure_cause_first_step_and_who()
    {
        var text = AnswerMessage.Of("what is going wrong?", PaymentsTrouble.Answer, _private).Text;

        Assert.Equal("payments is failing 12 % since 00:23 UTC; deploy 2.5.0; Roll payments back from 2.5.0 to 2.4.0; Ines Moreau", text);
        Assert.InRange(text.Length, 1, 120);
    }

    [Fact]
    public void A_trouble_is_its_state_why_what_to_do_first_and_who_each_once()
    {
        var shown = Sections(AnswerMessage.Of("what is going wrong?", PaymentsTrouble.Answer, _private));

        Assert.Equal(
            [
                "*`payments` is failing* · 12 % of its requests, before 0 % · since <!date^1795911786^{time_secs}|00:23:06 UTC> · *still going on*",
                "*Why:* deploy `payments 2.5.0: rounding` at <!date^1795911786^{time_secs}|00:23:06 UTC>. `payments` `POST /charges`: "
                    + "11 of the 80 requests to payments fail where 0 of 237 did (RoundingError). Only where shop.country = SE: all 11",
                "*First:* Roll `payments` back from `2.5.0` to `2.4.0` (deployed <!date^1795911786^{time_secs}|00:23:06 UTC>). "
                    + "`kubectl rollout undo deployment/payments`",
                "*Who:* *Ines Moreau* (money): on call for payments, the likely cause · also Yuki Tanabe (mobile)",
                "*Also hit:* `checkout` 4 %",
                "*Failing traces:* <https://copilot.example/trace/808aa9a8f2b04f2d9c53a1f5a55ff871|808aa9a8>",
            ],
            Assert.Single(shown).Split('\n')
        );
    }

    [Fact]
    public void A_trouble_that_is_over_says_so_and_asks_for_nothing()
    {
        var over = PaymentsTrouble.Answer with { Trouble = new(PaymentsTrouble.Onset, PaymentsTrouble.Onset.AddMinutes(5), false, "") };

        var message = AnswerMessage.Of("is it still going on?", over, _private);

        Assert.StartsWith("payments failed 12 % until 00:28 UTC, over", message.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("*First:*", Sections(message)[0], StringComparison.Ordinal);
    }

    [Fact]
    public void What_an_answer_says_besides_its_trouble_stands_below()
    {
        var two = PaymentsTrouble.Answer with { Trouble = new(PaymentsTrouble.Onset, null, null, "Beside it: `search` is slow.") };

        Assert.Equal("Beside it: `search` is slow.", Sections(AnswerMessage.Of("why?", two, _private))[1]);
    }

    [Fact]
    public void What_was_taken_from_the_conversation_is_said_first_with_a_way_to_ask_about_now()
    {
        var old = PaymentsTrouble.Answer with
        {
            Trouble = null,
            Proposal = null,
            Text = "**No cause, nothing is clearly worse** than in its baseline in 00:00–00:15 UTC.",
            Understood = new Understood
            {
                Intent = "overview",
                Window = new Period(PaymentsTrouble.Now.AddMinutes(-24), PaymentsTrouble.Now.AddMinutes(-9)),
                Chips = [new Chip("window", "…", "conversation"), new Chip("service", "checkout", "conversation")],
            },
        };

        var message = AnswerMessage.Of("why?", old, _thread);

        Assert.StartsWith("As before: 2026-11-29 00:00 to 00:15 UTC, checkout.", message.Text, StringComparison.Ordinal);
        var blocks = Blocks(message);
        Assert.StartsWith("As before: <!date^", (string)blocks[0]!["elements"]![0]!["text"]!, StringComparison.Ordinal);
        var now = blocks.Last()!["elements"]![0]!;
        Assert.Equal(("Ask about now", "now: why?"), ((string)now["text"]!["text"]!, (string)now["value"]!));
    }

    [Theory]
    [InlineData(
        "The p95 of `checkout` by `cloud.region` (17:20:37–17:35:37 UTC+1):\n\n1. `eu-west-2` — **157 ms**\n2. `eu-north-1` — **154 ms**",
        "The p95 of checkout by cloud.region (16:20:37–16:35:37 UTC): 1. eu-west-2 — 157 ms. 2. eu-north-1 — 154 ms"
    )]
    [InlineData("**Resolved** by `uny`.\n\n- time to restore: 3 min", "Resolved by uny. time to restore: 3 min")]
    public void A_notification_is_plain_and_has_the_figures(string text, string told) =>
        Assert.Equal(told, AnswerMessage.Of("?", Plain(text), _thread).Text);

    [Fact]
    public void Each_row_is_there_once_linked_and_short()
    {
        var traces = Plain("**2 traces**:\n\n- `808aa9a8f2b04f2d9c53a1f5a55ff871` 114 ms, `web`") with
        {
            Result = new TracesResult(
                [new TraceItem("808aa9a8f2b04f2d9c53a1f5a55ff871", PaymentsTrouble.Now, 113.59, "web", "POST /", 1)],
                1
            ),
        };

        Assert.Equal(
            "*2 traces*:\n\n• <https://copilot.example/trace/808aa9a8f2b04f2d9c53a1f5a55ff871|808aa9a8> 114 ms, `web`",
            Assert.Single(Sections(AnswerMessage.Of("traces", traces, _thread)))
        );
    }

    [Fact]
    public void Rows_that_the_words_do_not_have_come_below_a_heading_and_a_course_is_drawn()
    {
        var series = Plain("The error rate went from 0 % to 10 %.") with
        {
            Result = new SeriesResult(
                "error rate",
                "1",
                [.. Enumerable.Range(0, 8).Select(n => new SeriesPoint(PaymentsTrouble.Onset.AddMinutes(n), n / 70.0))]
            ),
        };

        Assert.Contains("`▁▂▃▄▅▆▇█`", Assert.Single(Sections(AnswerMessage.Of("series", series, _thread))), StringComparison.Ordinal);
    }

    [Fact]
    public void Log_records_that_say_the_same_are_one_row()
    {
        var row = "`payments` `RoundingError: no rounding rule`";
        var logs = Plain(
            $"**3 log records**:\n\n- 00:24:24 UTC {row}\n- 00:24:22 UTC {row}\n- 00:24:17 UTC {row}\n- 00:24:10 UTC `web` `other`"
        );

        var lines = Assert.Single(Sections(AnswerMessage.Of("logs", logs, _thread))).Split('\n');
        Assert.Equal(4, lines.Length);
        Assert.StartsWith("• 3 × `payments` `RoundingError: no rounding rule`: <!date^", lines[2], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("traces of payments between 01:09:00 and 01:24:00", 15, 0, "traces of payments")]
    [InlineData(
        "traces of payments between 00:54:00 and 01:24:00",
        30,
        0,
        "traces of payments between 2026-11-28T23:54:00Z and 2026-11-29T00:24:00Z"
    )]
    [InlineData(
        "traces of payments between 01:09:00 and 01:24:00",
        15,
        9,
        "traces of payments between 2026-11-29T00:09:00Z and 2026-11-29T00:24:00Z"
    )]
    [InlineData("p95 between 01:00:07 and 02:00:07", 15, 0, "p95 between 01:00:07 and 02:00:07")]
    public void A_suggestion_means_the_same_whoever_presses_it(string suggestion, int minutes, int ago, string asked)
    {
        var answer = PaymentsTrouble.Answer with
        {
            Understood = new Understood
            {
                Intent = "q",
                Window = new Period(PaymentsTrouble.Now.AddMinutes(-minutes), PaymentsTrouble.Now),
            },
        };

        Assert.Equal(asked, AskButton.ForAll(suggestion, answer, PaymentsTrouble.Now.AddMinutes(ago)));
    }

    [Theory]
    [InlineData("over 16:36:20 UTC+1: from", "over <!date^1795966580^{time_secs}|15:36:20 UTC>: from")]
    [InlineData("from 16:36:20 UTC on", "from <!date^1795970180^{time_secs}|16:36:20 UTC> on")]
    [InlineData("17:36:20 UTC+1", "<!date^1795970180^{time_secs}|16:36:20 UTC>")]
    [InlineData("22:06:20 UTC+5:30", "<!date^1795970180^{time_secs}|16:36:20 UTC>")]
    [InlineData("16:36–17:00 UTC", "<!date^1795970160^{time_secs}|16:36:00 UTC>–<!date^1795971600^{time_secs}|17:00:00 UTC>")]
    [InlineData("06:10–23:50 UTC", "<!date^1795932600^{time_secs}|06:10:00 UTC>–<!date^1795996200^{time_secs}|23:50:00 UTC>")]
    [InlineData("2026-11-28 16:36:20 UTC", "<!date^1795883780^{date_short} {time_secs}|2026-11-28 16:36:20 UTC>")]
    [InlineData("`16:36:20 UTC` is quoted", "`16:36:20 UTC` is quoted")]
    [InlineData("99:99 UTC & 16:36 o'clock <!channel>", "99:99 UTC &amp; 16:36 o'clock &lt;!channel&gt;")]
    public void Times_are_told_by_each_readers_own_clock(string text, string shown) =>
        Assert.Equal(shown, Copilot.Slack.Api.Mrkdwn.Of(text, null, new DateTimeOffset(2026, 11, 29, 17, 0, 0, TimeSpan.Zero)));

    private static Answer Plain(string text) =>
        PaymentsTrouble.Answer with
        {
            Text = text,
            Trouble = null,
            Proposal = null,
            Result = new NoResult(),
            Understood = new Understood { Intent = "query" },
        };

    private static JsonArray Blocks(AnswerMessage message) => JsonSerializer.SerializeToNode(message.Blocks)!.AsArray();

    private static List<string> Sections(AnswerMessage message) =>
        [.. Blocks(message).Where(block => (string)block!["type"]! == "section").Select(block => (string)block!["text"]!["text"]!)];
}
