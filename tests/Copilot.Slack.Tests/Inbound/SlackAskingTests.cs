using Copilot.Slack.Tests.Double;
using Copilot.Slack.Tests.Text;
using Copilot.Testing;
using Xunit;

namespace Copilot.Slack.Tests.Inbound;

/// <summary>What people see who ask: when their phone rings, what goes on from what, and who else sees it.</summary>
[Trait("needs", "postgres")]
public sealed class SlackAskingTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>, IAsyncLifetime
{
    private SlackScene _scene = null!;

    public async Task InitializeAsync() => _scene = await SlackScene.StartAsync(postgres);

    public async Task DisposeAsync() => await _scene.DisposeAsync();

    [Fact]
    public async Task Each_command_is_a_conversation_of_its_own()
    {
        await _scene.CommandAsync("why is bank slow?");
        await _scene.CommandAsync("what is going wrong right now?");

        Assert.Equal([null, null], _scene.House.Copilot.Asked.Select(request => request.ConversationId));
    }

    [Fact]
    public async Task A_mention_is_answered_by_one_message_that_rings()
    {
        await _scene.MentionAsync("Ev1", "why?", "1.1");
        await _scene.UntilAsync(() => _scene.Messages("C0000ASK").Count > 0);

        var answer = Assert.Single(_scene.Messages("C0000ASK"));
        Assert.Equal(("1.1", 0), (answer.ThreadTs, answer.Updates));
        Assert.StartsWith("bank fails: 20 % of its requests.", answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("chat.update", _scene.House.Slack.Asked);
        Assert.Equal(("C0000ASK", "1.1", "is looking…"), Assert.Single(_scene.House.Slack.Workspace.Statuses));
    }

    [Fact]
    public async Task Without_the_right_to_say_that_it_looks_it_answers_all_the_same()
    {
        _scene.House.Slack.Refused["assistant.threads.setStatus"] = "not_allowed";
        await _scene.MentionAsync("Ev2", "why?", "1.2");
        await _scene.UntilAsync(() => _scene.Messages("C0000ASK").Count > 0);
    }

    [Fact]
    public async Task Only_who_has_to_wait_is_told_to()
    {
        var ready = new TaskCompletionSource();
        _scene.House.Copilot.Ready = ready.Task;
        await _scene.SendCommandAsync("why is bank slow?");

        Assert.Equal("Looking…", (await _scene.ResponseAsync()).GetProperty("text").GetString());
        ready.SetResult();
        Assert.StartsWith("bank fails", (await _scene.ResponseAsync()).GetProperty("text").GetString(), StringComparison.Ordinal);
        await _scene.CommandAsync("and now?");
        Assert.Empty(_scene.House.Slack.Responses);
    }

    [Fact]
    public async Task A_private_answer_can_be_shown_to_the_channel()
    {
        _scene.House.Copilot.Kept = _scene.House.Conversations;
        var button = SlackScene.Button(await _scene.CommandAsync("what is wrong with bank?"), "share_answer");
        await _scene.PressAsync("U1", button, isPrivate: true);
        await _scene.UntilAsync(() => _scene.Messages("C0000ASK").Count > 0);

        var shared = Assert.Single(_scene.Messages("C0000ASK"));
        Assert.Contains("<@U1> asked: what is wrong with bank?", SlackScene.Read(shared.Blocks), StringComparison.Ordinal);
        Assert.DoesNotContain("share_answer", SlackScene.Read(shared.Blocks), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_the_app_is_not_it_says_how_to_share()
    {
        _scene.House.Copilot.Kept = _scene.House.Conversations;
        _scene.Add(
            new SlackChannel
            {
                Id = "G1",
                Name = "secret",
                Creator = "U1",
                Private = true,
            }
        );
        var button = SlackScene.Button(await _scene.CommandAsync("what is wrong with bank?", "G1"), "share_answer");
        await _scene.PressAsync("U1", button, isPrivate: true, channel: "G1");

        Assert.Contains("/invite", (await _scene.ResponseAsync()).GetProperty("text").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_suggestion_is_asked_by_pressing_it_where_the_answer_is()
    {
        _scene.House.Copilot.Changed = (_, answer) => answer with { Suggestions = ["who is on call for bank"] };
        await _scene.MentionAsync("Ev3", "why?", "1.3");
        await _scene.UntilAsync(() => _scene.Messages("C0000ASK").Count == 1);
        await _scene.PressAsync("U2", SlackScene.Button(_scene.Messages("C0000ASK")[0].Blocks, "ask/0"), thread: "1.3");
        await _scene.UntilAsync(() => _scene.Messages("C0000ASK").Count == 2);

        Assert.Equal("1.3", _scene.Messages("C0000ASK")[1].ThreadTs);
        Assert.Equal(
            ("who is on call for bank", "c_1"),
            (_scene.House.Copilot.Asked[1].Question, _scene.House.Copilot.Asked[1].ConversationId)
        );

        await _scene.PressAsync("U2", ("ask/1", "now: why is bank slow?"), thread: "1.3");
        await _scene.UntilAsync(() => _scene.Messages("C0000ASK").Count == 3);
        Assert.Equal(
            ("why is bank slow?", (string?)null),
            (_scene.House.Copilot.Asked[2].Question, _scene.House.Copilot.Asked[2].ConversationId)
        );
    }

    [Fact]
    public async Task A_direct_message_goes_on_from_the_one_above_it()
    {
        _scene.Add(
            new SlackChannel
            {
                Id = "D1",
                Name = "ann",
                Creator = "U1",
                Members = { SlackWorkspace.Bot, "U1" },
            }
        );
        await _scene.DirectAsync("Ev4", "why is bank slow?", "2.1");
        await _scene.UntilAsync(() => _scene.Messages("D1").Count == 1);
        await _scene.DirectAsync("Ev5", "who is on call?", "2.2");
        await _scene.UntilAsync(() => _scene.Messages("D1").Count == 2);

        Assert.All(_scene.Messages("D1"), message => Assert.Null(message.ThreadTs));
        Assert.Equal([null, "c_1"], _scene.House.Copilot.Asked.Select(request => request.ConversationId));
    }

    [Fact]
    public async Task The_answer_of_a_trouble_looks_as_it_should()
    {
        _scene.House.Copilot.Changed = (_, answer) => PaymentsTrouble.Answer with { ConversationId = answer.ConversationId };
        await _scene.MentionAsync("Ev6", "what is going wrong and who should fix it?", "1.6");
        await _scene.UntilAsync(() => _scene.Messages("C0000ASK").Count > 0);
        SlackPicture.Channel(_scene.House.Slack.Workspace.Channel("C0000ASK"), "slack-trouble");
    }
}
