using System.Diagnostics;
using System.Text.Json;
using Copilot.Slack.Inbound;
using Copilot.Slack.Tests.Double;
using Copilot.Store.Incidents;
using Copilot.Testing;
using Microsoft.AspNetCore.WebUtilities;
using Xunit;
using Xunit.Abstractions;

namespace Copilot.Slack.Tests.Inbound;

[Trait("needs", "postgres")]
public sealed partial class SlackInboxTests(PostgresFixture postgres, ITestOutputHelper output)
    : IClassFixture<PostgresFixture>,
        IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private bool _isEnded;
    private SlackHouse _house = null!;

    public async Task InitializeAsync()
    {
        _house = await SlackHouse.StartAsync(postgres);
        _house.Slack.Workspace.Channels.Add(
            new SlackChannel
            {
                Id = "C0000ASK",
                Name = "ops",
                Creator = "U1",
                Members = { SlackWorkspace.Bot },
            }
        );
    }

    public async Task DisposeAsync()
    {
        if (!_isEnded)
            await _house.DisposeAsync();
    }

    [Fact]
    public async Task From_a_question_to_a_channel_with_the_ticked_people_and_the_guide()
    {
        _house.Copilot.Proposal = await _house.ProposeAsync(Time("2026-03-01T10:00:00Z"));
        await _house.EventAsync(Event("Ev100", "<@U00000BOT> what is wrong with bank &amp; co?"));
        var asked = await MessageAsync("C0000ASK", message => message.Blocks.ValueKind == JsonValueKind.Array);
        Assert.Equal("what is wrong with bank & co?", Assert.Single(_house.Copilot.Asked).Question);
        var button = asked.Blocks.EnumerateArray().Last().GetProperty("elements")[0];

        await _house.InteractionAsync(
            Json(
                new
                {
                    type = "block_actions",
                    user = new { id = "U1", username = "ann" },
                    trigger_id = _house.Slack.Workspace.NewTrigger(),
                    channel = new { id = "C0000ASK" },
                    container = new
                    {
                        type = "message",
                        channel_id = "C0000ASK",
                        message_ts = asked.Ts,
                    },
                    message = new { ts = asked.Ts, thread_ts = asked.ThreadTs },
                    actions = new[]
                    {
                        new { action_id = button.GetProperty("action_id").GetString(), value = button.GetProperty("value").GetString() },
                    },
                }
            )
        );
        await UntilAsync(() => _house.Slack.Workspace.Views.Count == 1);
        var view = _house.Slack.Workspace.Views[0];
        Assert.DoesNotContain(
            "<!channel>",
            view.GetRawText().Replace("\\u003C", "<", StringComparison.Ordinal).Replace("\\u003E", ">", StringComparison.Ordinal),
            StringComparison.Ordinal
        );

        var done = FinishedAsync();
        var clock = Stopwatch.StartNew();
        var submission = Json(
            new
            {
                type = "view_submission",
                user = new { id = "U1", username = "ann" },
                view = new
                {
                    id = "V1",
                    callback_id = view.GetProperty("callback_id").GetString(),
                    private_metadata = view.GetProperty("private_metadata").GetString(),
                    state = new
                    {
                        values = new
                        {
                            people_0 = new { ticked = new { type = "checkboxes", selected_options = new[] { new { value = "1" } } } },
                        },
                    },
                },
            }
        );
        Assert.Null((await _house.InteractionAsync(submission)).Body);
        await _house.InteractionAsync(submission);
        var incident = await done.WaitAsync(Patience);
        var posted = incident.Timeline.First(line => line.Kind == IncidentEventKind.Guide).At - incident.CreatedAt;
        output.WriteLine(FormattableString.Invariant($"from the confirmation to the posted guide: {posted.TotalMilliseconds:0} ms"));
        output.WriteLine(
            FormattableString.Invariant($"from the confirmation to the finished room: {clock.Elapsed.TotalMilliseconds:0} ms")
        );

        var channel = Assert.Single(_house.Slack.Workspace.Channels, channel => channel.Name.StartsWith("inc-", StringComparison.Ordinal));
        Assert.Equal("inc-20260301-1000-bank-errors", channel.Name);
        Assert.Equal(["U1", "U2"], channel.Invitations);
        Assert.Equal("Bob Birch", Assert.Single(incident.Invitees).Name);
        Assert.Single(channel.Pins);
        Assert.Equal("https://copilot.example/incidents/" + incident.Id, Assert.Single(channel.Bookmarks));
        var told = _house
            .Slack.Workspace.Channel("C0000ASK")
            .Messages.Last(message => message.Text.StartsWith("<#", StringComparison.Ordinal));
        Assert.StartsWith($"<#{channel.Id}>", told.Text, StringComparison.Ordinal);
        Assert.Equal(asked.ThreadTs, told.ThreadTs);
        Assert.DoesNotContain(incident.Timeline, line => line.Kind == IncidentEventKind.Problem);
        SlackPicture.Modal(view, "slack-modal");
        SlackPicture.Channel(channel, "slack-room");
        SlackPicture.Channel(_house.Slack.Workspace.Channel("C0000ASK"), "slack-answer");
    }

    [Fact]
    public async Task Somebody_who_was_quicker_is_joined_and_no_second_channel_is_made()
    {
        var proposal = await _house.ProposeAsync(Time("2026-03-09T10:00:00Z"));
        var done = FinishedAsync();
        await _house.Incidents.ConfirmAsync(new(proposal.Id, proposal.Digest, "ann"), CancellationToken.None);
        var incident = await done.WaitAsync(Patience);
        var channels = _house.Slack.Workspace.Channels.Count;
        // Bob had the dialog open all the while, and unticks somebody: another preview of the same trouble.
        await _house.InteractionAsync(Submission(proposal.Id, proposal.Digest, "V9", "U2"));
        // They alone are told: in a direct message, since Slack gave no other way.
        await UntilAsync(() => _house.Slack.Workspace.Channels.Exists(channel => channel.Id == "DU2" && channel.Messages.Count > 0));
        Assert.Contains($"<#{incident.Rooms[0].Id}>", Messages("DU2")[0].Text, StringComparison.Ordinal);
        Assert.Empty(Messages("C0000ASK"));
        Assert.Equal(channels + 1, _house.Slack.Workspace.Channels.Count);
        Assert.Single(
            await _house.Incidents.ListAsync(CancellationToken.None),
            item => item.Channel.StartsWith("inc-20260309", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Who_may_not_create_rooms_creates_none()
    {
        // Both would take up what comes from Slack.
        await _house.DisposeAsync();
        _isEnded = true;
        await using var strict = await SlackHouse.StartAsync(
            postgres,
            mayCreate: "U2",
            prepare: slack =>
                slack.Workspace.Channels.Add(
                    new SlackChannel
                    {
                        Id = "C0000ASK",
                        Name = "ops",
                        Creator = "U1",
                        Members = { SlackWorkspace.Bot },
                    }
                )
        );
        var proposal = await strict.ProposeAsync(Time("2026-03-08T10:00:00Z"));
        await strict.InteractionAsync(Click(strict, proposal.Id));
        Assert.True(await strict.Slack.Responded.WaitAsync(Patience));
        Assert.True(strict.Slack.Responses.TryDequeue(out var refused));
        Assert.Contains("may not create", refused.GetProperty("text").GetString(), StringComparison.Ordinal);
        // A submission made by hand gets no further than the button.
        await strict.InteractionAsync(Submission(proposal.Id, proposal.Digest, "V8", "U1"));
        using var patience = new CancellationTokenSource(Patience);
        while (!strict.Slack.Workspace.Channels.Exists(channel => channel.Id == "DU1" && channel.Messages.Count > 0))
            await strict.Slack.Called.WaitAsync(patience.Token);
        Assert.Contains("may not create", strict.Slack.Workspace.Channel("DU1").Messages[0].Text, StringComparison.Ordinal);
        Assert.Empty(strict.Slack.Workspace.Channel("C0000ASK").Messages);
        Assert.Empty(strict.Slack.Workspace.Views);
    }

    [Fact]
    public async Task A_click_that_waited_too_long_is_asked_for_again()
    {
        var proposal = await _house.ProposeAsync(Time("2026-03-07T10:00:00Z"));
        await _house.InteractionAsync(Click(_house, proposal.Id, TimeSpan.FromSeconds(5)));
        Assert.True(await _house.Slack.Responded.WaitAsync(Patience));
        Assert.True(_house.Slack.Responses.TryDequeue(out var answer));
        Assert.Contains("Press the button again", answer.GetProperty("text").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_delivery_that_comes_again_is_answered_once()
    {
        for (var retry = 0; retry < 4; retry++)
            await _house.EventAsync(Event("Ev200", "<@U00000BOT> hello"));
        await _house.EventAsync(Event("Ev201", "<@U00000BOT> again"));
        await UntilAsync(() => Messages("C0000ASK").Count(message => message.Blocks.ValueKind == JsonValueKind.Array) == 2);
        Assert.Equal(2, Messages("C0000ASK").Count);
    }

    [Fact]
    public async Task A_thread_is_one_conversation_across_a_restart_too()
    {
        await _house.EventAsync(Event("Ev300", "<@U00000BOT> one", "1.1"));
        await UntilAsync(() =>
            _house.Copilot.Asked.Count == 1 && Messages("C0000ASK").Any(message => message.Blocks.ValueKind == JsonValueKind.Array)
        );
        await _house.EventAsync(Event("Ev301", "<@U00000BOT> two", "1.1"));
        await UntilAsync(() => _house.Copilot.Asked.Count == 2);
        Assert.Equal([null, "c_1"], _house.Copilot.Asked.Select(request => request.ConversationId));
        await _house.DisposeAsync();
        await InitializeAsync();
        await _house.EventAsync(Event("Ev302", "<@U00000BOT> three", "1.1"));
        await _house.EventAsync(Event("Ev303", "<@U00000BOT> elsewhere", "1.2"));
        await UntilAsync(() => _house.Copilot.Asked.Count == 2);
        Assert.Equal([null, "c_1"], _house.Copilot.Asked.Select(request => request.ConversationId).Order());
    }

    [Fact]
    public async Task Its_own_messages_and_other_subtypes_are_passed_over()
    {
        await _house.EventAsync(
            Json(
                new
                {
                    type = "event_callback",
                    event_id = "Ev400",
                    @event = new
                    {
                        type = "message",
                        channel_type = "im",
                        user = "U1",
                        bot_id = "B1",
                        text = "x",
                        ts = "1.1",
                        channel = "D1",
                    },
                }
            )
        );
        await _house.EventAsync(
            Json(
                new
                {
                    type = "event_callback",
                    event_id = "Ev401",
                    @event = new
                    {
                        type = "message",
                        channel_type = "channel",
                        user = "U1",
                        text = "x",
                        ts = "1.1",
                        channel = "C1",
                    },
                }
            )
        );
        Assert.Null(await _house.Deliveries.NextAsync("slack", CancellationToken.None));
        Assert.Equal("3eZb", (await _house.EventAsync(Json(new { type = "url_verification", challenge = "3eZb" }))).PlainText);
    }

    [Fact]
    public async Task A_command_is_acknowledged_and_answered_through_its_response_url()
    {
        _house.Copilot.Text = string.Join('\n', Enumerable.Repeat("a very long & wide line of an answer < with signs >", 500));
        Assert.Same(SlackReply.Empty, await _house.CommandAsync(Command("why is bank slow?")));
        Assert.True(await _house.Slack.Responded.WaitAsync(Patience));
        Assert.True(_house.Slack.Responses.TryDequeue(out var answer));
        Assert.Equal("ephemeral", answer.GetProperty("response_type").GetString());
        Assert.Contains("not used: please", answer.GetRawText(), StringComparison.Ordinal);
        Assert.Same(SlackReply.Empty, await _house.CommandAsync(QueryHelpers.ParseQuery("ssl_check=1&token=x")));
    }

    [Fact]
    public async Task In_an_incidents_channel_its_status_and_its_course()
    {
        var proposal = await _house.ProposeAsync(Time("2026-03-02T10:00:00Z"));
        var done = FinishedAsync();
        await _house.Incidents.ConfirmAsync(new(proposal.Id, proposal.Digest, "ann"), CancellationToken.None);
        var incident = await done.WaitAsync(Patience);
        var channel = incident.Rooms[0].Id!;
        Assert.Contains("Ann Ash", await CommandAsync("status", channel), StringComparison.Ordinal);
        Assert.Contains("created the incident", await CommandAsync("timeline", channel), StringComparison.Ordinal);
        Assert.Contains("no incident", await CommandAsync("status", "C0000ASK"), StringComparison.Ordinal);
    }
}
