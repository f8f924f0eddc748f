using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Copilot.Incidents.Record;
using Copilot.Slack.Inbound;
using Copilot.Slack.Tests.Double;
using Copilot.Testing;
using Microsoft.AspNetCore.WebUtilities;
using Xunit;
using Xunit.Abstractions;

namespace Copilot.Slack.Tests.Inbound;

[Trait("needs", "postgres")]
public sealed class SlackInboxTests(PostgresFixture postgres, ITestOutputHelper output) : IClassFixture<PostgresFixture>, IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private SlackHouse house = null!;

    public async Task InitializeAsync()
    {
        house = await SlackHouse.StartAsync(postgres);
        house.Slack.Workspace.Channels.Add(new SlackChannel { Id = "C0000ASK", Name = "ops", Creator = "U1", Members = { SlackWorkspace.Bot } });
    }

    public async Task DisposeAsync() => await house.DisposeAsync();

    [Fact]
    public async Task From_a_question_to_a_channel_with_the_ticked_people_and_the_guide()
    {
        house.Copilot.Proposal = await house.ProposeAsync(Time("2026-03-01T10:00:00Z"));
        await house.EventAsync(Event("Ev100", "<@U00000BOT> what is wrong with bank &amp; co?"));
        var asked = await MessageAsync("C0000ASK", message => message.Blocks.ValueKind == JsonValueKind.Array);
        Assert.Equal("what is wrong with bank & co?", Assert.Single(house.Copilot.Asked).Question);
        var button = asked.Blocks.EnumerateArray().Last().GetProperty("elements")[0];

        await house.InteractionAsync(Json(new
        {
            type = "block_actions",
            user = new { id = "U1", username = "ann" },
            trigger_id = house.Slack.Workspace.NewTrigger(),
            channel = new { id = "C0000ASK" },
            container = new { type = "message", channel_id = "C0000ASK", message_ts = asked.Ts },
            message = new { ts = asked.Ts, thread_ts = asked.ThreadTs },
            actions = new[] { new { action_id = button.GetProperty("action_id").GetString(), value = button.GetProperty("value").GetString() } },
        }));
        await UntilAsync(() => house.Slack.Workspace.Views.Count == 1);
        var view = house.Slack.Workspace.Views[0];
        Assert.DoesNotContain("<!channel>", view.GetRawText().Replace("\\u003C", "<", StringComparison.Ordinal).Replace("\\u003E", ">", StringComparison.Ordinal), StringComparison.Ordinal);

        var done = FinishedAsync();
        var clock = Stopwatch.StartNew();
        var submission = Json(new
        {
            type = "view_submission",
            user = new { id = "U1", username = "ann" },
            view = new
            {
                id = "V1",
                callback_id = view.GetProperty("callback_id").GetString(),
                private_metadata = view.GetProperty("private_metadata").GetString(),
                state = new { values = new { people_0 = new { ticked = new { type = "checkboxes", selected_options = new[] { new { value = "1" } } } } } },
            },
        });
        Assert.Null((await house.InteractionAsync(submission)).Body);
        await house.InteractionAsync(submission);
        var incident = await done.WaitAsync(Patience);
        var posted = incident.Timeline.First(line => line.Kind == "guide").At - incident.CreatedAt;
        output.WriteLine(FormattableString.Invariant($"from the confirmation to the posted guide: {posted.TotalMilliseconds:0} ms"));
        output.WriteLine(FormattableString.Invariant($"from the confirmation to the finished room: {clock.Elapsed.TotalMilliseconds:0} ms"));
        // Under 3 s is the aim and what an idle machine gives; a machine full of other tests gets some more.
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(10));

        var channel = Assert.Single(house.Slack.Workspace.Channels, channel => channel.Id != "C0000ASK");
        Assert.Equal("inc-20260301-1000-bank-errors", channel.Name);
        Assert.Equal("U2", Assert.Single(channel.Invitations));
        Assert.Equal("Bob Birch", Assert.Single(incident.Invitees).Name);
        Assert.Single(channel.Pins);
        Assert.Equal("https://copilot.example/incidents/" + incident.Id, Assert.Single(channel.Bookmarks));
        var told = house.Slack.Workspace.Channel("C0000ASK").Messages.Last();
        Assert.StartsWith($"<#{channel.Id}>", told.Text, StringComparison.Ordinal);
        Assert.Equal(asked.ThreadTs, told.ThreadTs);
        Assert.DoesNotContain(incident.Timeline, line => line.Kind == "problem");
        SlackPicture.Modal(view, "slack-modal");
        SlackPicture.Channel(channel, "slack-room");
        SlackPicture.Channel(house.Slack.Workspace.Channel("C0000ASK"), "slack-answer");
    }

    [Fact]
    public async Task Somebody_who_was_quicker_is_joined_and_no_second_channel_is_made()
    {
        var proposal = await house.ProposeAsync(Time("2026-03-09T10:00:00Z"));
        var done = FinishedAsync();
        await house.Incidents.ConfirmAsync(new(proposal.Id, proposal.Digest, "ann"), CancellationToken.None);
        var incident = await done.WaitAsync(Patience);
        var channels = house.Slack.Workspace.Channels.Count;
        // Bob had the dialog open all the while, and unticks somebody: another preview of the same trouble.
        await house.InteractionAsync(Submission(proposal.Id, proposal.Digest, "V9", "U2"));
        await UntilAsync(() => Messages("C0000ASK").Any(message => message.Text.Contains($"<#{incident.Rooms[0].Id}>", StringComparison.Ordinal)));
        Assert.Equal(channels, house.Slack.Workspace.Channels.Count);
        Assert.Single(await house.Incidents.ListAsync(CancellationToken.None), item => item.Channel.StartsWith("inc-20260309", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Who_may_not_create_rooms_creates_none()
    {
        await using var strict = await SlackHouse.StartAsync(postgres, mayCreate: "U2", prepare: slack =>
            slack.Workspace.Channels.Add(new SlackChannel { Id = "C0000ASK", Name = "ops", Creator = "U1", Members = { SlackWorkspace.Bot } }));
        var proposal = await strict.ProposeAsync(Time("2026-03-08T10:00:00Z"));
        await strict.InteractionAsync(Click(strict, proposal.Id));
        Assert.True(await strict.Slack.Responded.WaitAsync(Patience));
        Assert.True(strict.Slack.Responses.TryDequeue(out var refused));
        Assert.Contains("may not create", refused.GetProperty("text").GetString(), StringComparison.Ordinal);
        // A submission made by hand gets no further than the button.
        await strict.InteractionAsync(Submission(proposal.Id, proposal.Digest, "V8", "U1"));
        using var patience = new CancellationTokenSource(Patience);
        while (!strict.Slack.Workspace.Channel("C0000ASK").Messages.Exists(message => message.Text.Contains("may not create", StringComparison.Ordinal)))
            await strict.Slack.Called.WaitAsync(patience.Token);
        Assert.Single(strict.Slack.Workspace.Channels);
        Assert.Empty(strict.Slack.Workspace.Views);
    }

    [Fact]
    public async Task A_click_that_waited_too_long_is_asked_for_again()
    {
        var proposal = await house.ProposeAsync(Time("2026-03-07T10:00:00Z"));
        await house.InteractionAsync(Click(house, proposal.Id, TimeSpan.FromSeconds(5)));
        Assert.True(await house.Slack.Responded.WaitAsync(Patience));
        Assert.True(house.Slack.Responses.TryDequeue(out var answer));
        Assert.Contains("Press the button again", answer.GetProperty("text").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_delivery_that_comes_again_is_answered_once()
    {
        for (var retry = 0; retry < 4; retry++)
            await house.EventAsync(Event("Ev200", "<@U00000BOT> hello"));
        await house.EventAsync(Event("Ev201", "<@U00000BOT> again"));
        await UntilAsync(() => Messages("C0000ASK").Count(message => message.Blocks.ValueKind == JsonValueKind.Array) == 2);
        Assert.Equal(2, Messages("C0000ASK").Count);
    }

    [Fact]
    public async Task A_thread_is_one_conversation_across_a_restart_too()
    {
        await house.EventAsync(Event("Ev300", "<@U00000BOT> one", "1.1"));
        await UntilAsync(() => house.Copilot.Asked.Count == 1 && Messages("C0000ASK").Any(message => message.Blocks.ValueKind == JsonValueKind.Array));
        await house.EventAsync(Event("Ev301", "<@U00000BOT> two", "1.1"));
        await UntilAsync(() => house.Copilot.Asked.Count == 2);
        Assert.Equal([null, "c_1"], house.Copilot.Asked.Select(request => request.ConversationId));
        await house.DisposeAsync();
        await InitializeAsync();
        await house.EventAsync(Event("Ev302", "<@U00000BOT> three", "1.1"));
        await house.EventAsync(Event("Ev303", "<@U00000BOT> elsewhere", "1.2"));
        await UntilAsync(() => house.Copilot.Asked.Count == 2);
        Assert.Equal([null, "c_1"], house.Copilot.Asked.Select(request => request.ConversationId).Order());
    }

    [Fact]
    public async Task Its_own_messages_and_other_subtypes_are_passed_over()
    {
        await house.EventAsync(Json(new { type = "event_callback", event_id = "Ev400", @event = new { type = "message", channel_type = "im", user = "U1", bot_id = "B1", text = "x", ts = "1.1", channel = "D1" } }));
        await house.EventAsync(Json(new { type = "event_callback", event_id = "Ev401", @event = new { type = "message", channel_type = "channel", user = "U1", text = "x", ts = "1.1", channel = "C1" } }));
        Assert.Null(await house.Deliveries.NextAsync("slack", CancellationToken.None));
        Assert.Equal("3eZb", (await house.EventAsync(Json(new { type = "url_verification", challenge = "3eZb" }))).PlainText);
    }

    [Fact]
    public async Task A_command_is_acknowledged_and_answered_through_its_response_url()
    {
        house.Copilot.Text = string.Join('\n', Enumerable.Repeat("a very long & wide line of an answer < with signs >", 500));
        var reply = await house.CommandAsync(Command("why is bank slow?"));
        Assert.Contains("Looking", JsonSerializer.Serialize(reply.Body), StringComparison.Ordinal);
        Assert.True(await house.Slack.Responded.WaitAsync(Patience));
        Assert.True(house.Slack.Responses.TryDequeue(out var answer));
        Assert.Equal("ephemeral", answer.GetProperty("response_type").GetString());
        Assert.Contains("not used: please", answer.GetRawText(), StringComparison.Ordinal);
        Assert.Same(SlackReply.Empty, await house.CommandAsync(QueryHelpers.ParseQuery("ssl_check=1&token=x")));
    }

    [Fact]
    public async Task In_an_incidents_channel_its_status_and_its_end()
    {
        var proposal = await house.ProposeAsync(Time("2026-03-02T10:00:00Z"));
        var done = FinishedAsync();
        await house.Incidents.ConfirmAsync(new(proposal.Id, proposal.Digest, "ann"), CancellationToken.None);
        var incident = await done.WaitAsync(Patience);
        var channel = incident.Rooms[0].Id!;
        Assert.Contains("Ann Ash", await CommandAsync("status", channel), StringComparison.Ordinal);
        Assert.Contains("confirmed the proposal", await CommandAsync("timeline", channel), StringComparison.Ordinal);
        Assert.Contains("Resolved", await CommandAsync("resolve", channel), StringComparison.Ordinal);
        Assert.Contains("resolved already", await CommandAsync("resolve", channel), StringComparison.Ordinal);
        Assert.Contains("no incident", await CommandAsync("status", "C0000ASK"), StringComparison.Ordinal);
        await UntilAsync(() => Messages(channel).Any(message => message.Text.Contains("Resolved", StringComparison.Ordinal)));
    }

    private static JsonElement Click(SlackHouse at, string proposal, TimeSpan age = default) => Json(new
    {
        type = "block_actions", user = new { id = "U1", username = "ann" }, trigger_id = at.Slack.Workspace.NewTrigger(age), channel = new { id = "C0000ASK" },
        container = new { type = "message", channel_id = "C0000ASK", message_ts = "1.1" }, message = new { ts = "1.1" }, response_url = at.Slack.ResponseUrl.AbsoluteUri,
        actions = new[] { new { action_id = "propose_incident", value = proposal } },
    });

    private static JsonElement Submission(string proposal, string digest, string view, string user) => Json(new
    {
        type = "view_submission", user = new { id = user, username = user },
        view = new
        {
            id = view, callback_id = "create_incident", private_metadata = JsonSerializer.Serialize(new { ProposalId = proposal, Digest = digest, Channel = "C0000ASK", Thread = (string?)null }),
            state = new { values = new { people_0 = new { ticked = new { type = "checkboxes", selected_options = new[] { new { value = "1" } } } } } },
        },
    });

    private async Task<string> CommandAsync(string text, string channel)
    {
        await house.CommandAsync(Command(text, channel));
        Assert.True(await house.Slack.Responded.WaitAsync(Patience));
        Assert.True(house.Slack.Responses.TryDequeue(out var answer));
        return answer.GetRawText();
    }

    private Dictionary<string, Microsoft.Extensions.Primitives.StringValues> Command(string text, string channel = "C0000ASK") => QueryHelpers.ParseQuery(
        $"command=/copilot&user_id=U1&user_name=ann&channel_id={channel}&trigger_id={house.Slack.Workspace.NewTrigger()}&text={Uri.EscapeDataString(text)}&response_url={Uri.EscapeDataString(house.Slack.ResponseUrl.AbsoluteUri)}");

    private async Task<Incident> FinishedAsync()
    {
        var finished = new TaskCompletionSource<Incident>(TaskCreationOptions.RunContinuationsAsynchronously);
        house.Changes.Changed += async id =>
        {
            if (await house.Incidents.FindAsync(id, CancellationToken.None) is { State: "open" } incident)
                finished.TrySetResult(incident);
        };
        return await finished.Task;
    }

    private async Task<SlackMessage> MessageAsync(string channel, Func<SlackMessage, bool> wanted)
    {
        await UntilAsync(() => Messages(channel).Any(wanted));
        return Messages(channel).First(wanted);
    }

    private List<SlackMessage> Messages(string channel)
    {
        lock (house.Slack.Workspace)
            return [.. house.Slack.Workspace.Channel(channel).Messages];
    }

    // The double tells of every call; what is waited for is looked at after each.
    private async Task UntilAsync(Func<bool> holds)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!holds())
            await house.Slack.Called.WaitAsync(patience.Token);
    }

    private static JsonElement Event(string id, string text, string ts = "1605835902.008000") => Json(new
    {
        type = "event_callback",
        event_id = id,
        @event = new { type = "app_mention", user = "U1", text, ts, channel = "C0000ASK" },
    });

    private static JsonElement Json(object value) => JsonSerializer.SerializeToElement(value);

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
