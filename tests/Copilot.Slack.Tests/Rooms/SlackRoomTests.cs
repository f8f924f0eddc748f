using Copilot.Diagnosis.Investigations;
using Copilot.Incidents;
using Copilot.Incidents.Guide;
using Copilot.Incidents.Rooms;
using Copilot.Slack.Api;
using Copilot.Slack.Rooms;
using Copilot.Slack.Tests.Double;
using Copilot.Store.Incidents;
using Copilot.Telemetry.Text;
using Xunit;

namespace Copilot.Slack.Tests.Rooms;

public sealed class SlackRoomTests : IAsyncLifetime
{
    private static readonly RoomGuest[] Guests =
    [
        new(0, "Ann", "ann@x.example"),
        new(1, "Bob", "bob@x.example"),
        new(2, "Cyd", null),
        new(3, "Dan", "dan@elsewhere.example"),
        new(4, "Gus", "gus@x.example"),
    ];

    private readonly HttpClient _http = new();
    private SlackDouble _slack = null!;
    private SlackRoom _room = null!;

    public async Task InitializeAsync()
    {
        _slack = await SlackDouble.StartAsync();
        _slack.Workspace.Users.AddRange([
            new("U1", "ann", "ann@x.example"),
            new("U2", "bob", "bob@x.example"),
            new("U3", "gus", "gus@x.example", "user_is_ultra_restricted"),
        ]);
        var api = new SlackApi(_http, new SlackOptions { BotToken = SlackDouble.BotToken, ApiUrl = _slack.Url });
        _room = new SlackRoom(
            api,
            new SlackSelf(api),
            new SlackGuests(api),
            new SlackPosts(api),
            new RoomReports(new SlackReplies(api), new IncidentsOptions()),
            new ChannelNames(api, TimeProvider.System),
            new IncidentsOptions { PublicUrl = new Uri("https://copilot.example") }
        );
    }

    public async Task DisposeAsync()
    {
        _http.Dispose();
        await _slack.DisposeAsync();
    }

    [Fact]
    public async Task A_channel_with_all_that_belongs_in_it()
    {
        var opened = await _room.OpenAsync(Call(0), "inc-bank", default);
        await _room.SetSubjectAsync(Call(1, opened), "sev1: <!channel> & more", default);
        await _room.SetPurposeAsync(Call(2, opened), "Incident i_1", default);
        var post = await _room.PostAsync(Call(3, opened), "## Do\n- [ ] **look** at `a<b>`", default);
        await _room.PinAsync(Call(4, opened), post, default);
        await _room.PinAsync(Call(4, opened, true), post, default);
        await _room.LinkAsync(Call(5, opened), "Page", new Uri("https://copilot.example/incidents/i_1"), default);
        var channel = Assert.Single(_slack.Workspace.Channels);
        Assert.Equal("sev1: &lt;!channel&gt; &amp; more", channel.Topic);
        Assert.Equal(post, Assert.Single(channel.Pins));
        Assert.Single(channel.Bookmarks);
        Assert.Contains(
            "☐ *look* at `a&lt;b&gt;`",
            channel.Messages[^1].Blocks[0].GetProperty("text").GetProperty("text").GetString(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Each_guest_has_an_outcome_and_a_refusal_keeps_nobody_else_out()
    {
        var opened = await _room.OpenAsync(Call(0), "inc-bank", default);
        var outcomes = await _room.InviteAsync(Call(1, opened), Guests, default);
        Assert.Equal(["invited", "invited", "not_found", "not_found", "refused"], outcomes.Select(outcome => outcome.Outcome.Word()));
        Assert.Equal("they are a guest with limited channels", outcomes[4].Detail);
        Assert.Equal(["U1", "U2"], _slack.Workspace.Channels[0].Invitations);
    }

    [Fact]
    public async Task A_taken_name_is_varied_also_when_archived()
    {
        await _room.OpenAsync(Call(0), "inc-bank", default);
        _slack.Workspace.Channels[0].Archived = true;
        Assert.Equal("inc-bank-2", (await _room.OpenAsync(Call(0), "inc-bank", default)).Name);
    }

    [Theory]
    [InlineData("conversations.create")]
    [InlineData("chat.postMessage")]
    [InlineData("conversations.invite")]
    [InlineData("pins.add")]
    [InlineData("bookmarks.add")]
    [InlineData("conversations.setTopic")]
    public async Task A_call_whose_answer_was_lost_is_not_made_twice(string method)
    {
        OpenedRoom? opened = null;
        string? post = null;
        // Two rounds, as the outbox makes them: the first loses its answer at one call, the second repeats only that one in doubt.
        _slack.CutAfter.Add(method);
        opened = await TwiceAsync(doubt => _room.OpenAsync(Call(0, null, doubt), "inc-bank", default));
        await TwiceAsync(async doubt =>
        {
            await _room.SetSubjectAsync(Call(1, opened, doubt), "subject", default);
            return 0;
        });
        post = await TwiceAsync(doubt => _room.PostAsync(Call(2, opened, doubt), "guide", default));
        await TwiceAsync(async doubt =>
        {
            await _room.PinAsync(Call(3, opened, doubt), post, default);
            return 0;
        });
        await TwiceAsync(async doubt =>
        {
            await _room.LinkAsync(Call(4, opened, doubt), "Page", new Uri("https://copilot.example/i"), default);
            return 0;
        });
        await TwiceAsync(doubt => _room.InviteAsync(Call(5, opened, doubt), Guests[..2], default));
        var channel = Assert.Single(_slack.Workspace.Channels);
        Assert.Single(channel.Messages, message => message.Text == "guide");
        Assert.Single(channel.Messages, message => message.Text == "set the topic");
        Assert.Single(channel.Pins);
        Assert.Single(channel.Bookmarks);
        Assert.Equal(["U1", "U2"], channel.Invitations);
    }

    [Fact]
    public async Task A_channel_of_another_incident_is_not_taken_for_ours_in_doubt()
    {
        var other = await _room.OpenAsync(Call(0), "inc-bank", default);
        var doubtful = Call(0, null, true) with { RoomsOfOthers = new HashSet<string> { other.Id } };
        Assert.NotEqual(other.Id, (await _room.OpenAsync(doubtful, "inc-bank", default)).Id);
    }

    [Fact]
    public async Task Slack_asking_to_wait_is_passed_on()
    {
        _slack.Busy.Add("conversations.create");
        var busy = await Assert.ThrowsAsync<DeliveryBusyException>(() => _room.OpenAsync(Call(0), "inc-bank", default));
        Assert.Equal(TimeSpan.FromSeconds(30), busy.RetryAfter);
    }

    [Fact]
    public async Task A_missing_scope_is_named_with_what_to_do()
    {
        _slack.Granted.Remove("channels:manage");
        var refused = await Assert.ThrowsAsync<DeliveryRefusedException>(() => _room.OpenAsync(Call(0), "inc-bank", default));
        Assert.Contains("channels:manage", refused.Message, StringComparison.Ordinal);
        Assert.Contains("install the app again", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_long_guide_is_posted_in_messages_within_the_limits_with_a_button_for_every_step()
    {
        var opened = await _room.OpenAsync(Call(0), "inc-bank", default);
        var guide = GuideDocument.Of([
            new GuideSection { Heading = "What is broken", Text = string.Concat(Enumerable.Repeat("- `bank` & <others>\n", 300)) },
            new GuideSection
            {
                Heading = GuideSection.First,
                Steps =
                [
                    .. Enumerable
                        .Range(0, 60)
                        .Select(n => new GuideStep($"step {n}", $"kubectl get & <{n}> {new string('x', 200)}", "runbook.md")),
                ],
            },
        ]);
        var parts = _room.Parts(guide);
        Assert.True(parts > 2);
        for (var part = 0; part < parts; part++)
            await _room.PostGuideAsync(Call(part + 1, opened), State(guide), part, default);

        var messages = _slack.Workspace.Channels[0].Messages;
        Assert.Equal(parts, messages.Count);
        var buttons = messages
            .SelectMany(message => message.Blocks.EnumerateArray())
            .Select(block => block.TryGetProperty("accessory", out var button) ? button.GetProperty("action_id").GetString() : null)
            .OfType<string>();
        Assert.Equal(Enumerable.Range(0, 60).Select(n => $"tick_step/{n}"), buttons);
        // Ticks change no message's number.
        Assert.Equal(
            parts,
            RoomCard
                .Of(
                    State(guide) with
                    {
                        Ticks = Enumerable.Range(0, 60).ToDictionary(n => n, _ => new string('y', 90)),
                    },
                    null,
                    new Dictionary<string, string>()
                )
                .Count
        );
    }

    [Fact]
    public async Task The_channels_that_are_to_be_told_are_led_to_and_no_other_text_is()
    {
        _slack.Workspace.Channels.Add(
            new SlackChannel
            {
                Id = "C0000MONEY",
                Name = "team-money",
                Creator = "U1",
                Members = { "U1" },
            }
        );
        var opened = await _room.OpenAsync(Call(0), "inc-bank", default);
        var guide = GuideDocument.Of([
            new GuideSection { Heading = "Likely cause", Text = "`#team-money` says a span.\n" },
            new GuideSection { Heading = GuideSection.Tell, Text = "In `#team-money`, `#nowhere`:\n" },
        ]);
        await _room.PostGuideAsync(Call(1, opened), State(guide), 0, default);

        var texts = _slack
            .Workspace.Channel(opened.Id)
            .Messages[0]
            .Blocks.EnumerateArray()
            .Skip(1)
            .Select(block => block.GetProperty("text").GetProperty("text").GetString());
        Assert.Equal(["*Likely cause*\n`#team-money` says a span.", "*Tell*\nIn <#C0000MONEY>, `#nowhere`:"], texts);
    }

    private static RoomState State(GuideDocument guide) =>
        new()
        {
            IncidentId = "i_1",
            Title = "bank: errors",
            Severity = IncidentSeverity.Sev2,
            At = DateTimeOffset.UtcNow,
            Guide = guide,
        };

    private static RoomCall Call(int step, OpenedRoom? opened = null, bool inDoubt = false) =>
        new()
        {
            IncidentId = "i_1",
            StepKey = $"i_1/{step}",
            InDoubt = inDoubt,
            IncidentCreatedAt = DateTimeOffset.UtcNow,
            RoomId = opened?.Id,
        };

    private static async Task<T> TwiceAsync<T>(Func<bool, Task<T>> call)
    {
        try
        {
            return await call(false);
        }
        catch (HttpRequestException)
        {
            return await call(true);
        }
    }
}
