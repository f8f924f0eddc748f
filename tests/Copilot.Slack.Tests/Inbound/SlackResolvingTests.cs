using System.Globalization;
using Copilot.Incidents.Record;
using Copilot.Slack.Tests.Double;
using Copilot.Store.Incidents;
using Copilot.Testing;
using Xunit;

namespace Copilot.Slack.Tests.Inbound;

/// <summary>The room while the incident is worked on, and its end.</summary>
[Trait("needs", "postgres")]
public sealed class SlackResolvingTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>, IAsyncLifetime
{
    private static int _days;

    private SlackScene _scene = null!;
    private Incident _incident = null!;

    private string Room => _incident.Rooms[0].Id!;

    public async Task InitializeAsync()
    {
        _scene = await SlackScene.StartAsync(postgres);
        var proposal = await _scene.House.ProposeAsync(
            DateTimeOffset.Parse("2026-06-01T00:00:00Z", CultureInfo.InvariantCulture).AddDays(Interlocked.Increment(ref _days))
        );
        await _scene.OpenAsync("U1", ("propose_incident", proposal.Id));
        _incident = await _scene.SettledAsync(() => _scene.SubmitAsync("U1"));
        await _scene.ResponseAsync();
    }

    public async Task DisposeAsync() => await _scene.DisposeAsync();

    [Fact]
    public void The_guide_begins_with_what_to_do_and_its_notification_too()
    {
        var guide = _scene.Messages(Room).Single(message => message.Ts == _incident.Guide.Posted[0]);

        Assert.StartsWith("sev3 bank: errors", guide.Text, StringComparison.Ordinal);
        Assert.Contains("First: Read the errors of bank", guide.Text, StringComparison.Ordinal);
        var sections = guide.Blocks.EnumerateArray().Where(block => block.GetProperty("type").GetString() == "section").ToArray();
        Assert.StartsWith("*Do first*", sections[0].GetProperty("text").GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.All(sections, section => Assert.True(section.GetProperty("expand").GetBoolean()));
    }

    [Fact]
    public async Task A_step_that_is_done_is_so_for_everybody_wherever_it_was_ticked()
    {
        await _scene.PressAsync("U2", SlackScene.Button(Guide().Blocks, "tick_step/0"), channel: Room);
        await _scene.UntilAsync(() => Guide().Updates == 1);
        Assert.Contains("☑ ", SlackScene.Read(Guide().Blocks), StringComparison.Ordinal);
        Assert.Contains("_done by U2_", SlackScene.Read(Guide().Blocks), StringComparison.Ordinal);

        await _scene.House.Incidents.TickAsync(_incident.Id, 0, false, "bob in the browser", CancellationToken.None);
        await _scene.UntilAsync(() => Guide().Updates == 2);
        Assert.DoesNotContain("☑ ", SlackScene.Read(Guide().Blocks), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Resolving_shows_the_live_checks_and_asks_what_fixed_it()
    {
        await _scene.SendCommandAsync("Resolve!", Room, "U2");
        await _scene.UntilAsync(() => _scene.Views() == 2);
        var view = SlackScene.Read(_scene.House.Slack.Workspace.Views[^1]);
        Assert.Contains("It does not look over yet", view, StringComparison.Ordinal);
        Assert.Contains("Resolve anyway", view, StringComparison.Ordinal);
        Assert.Equal(IncidentState.Open, (await _scene.House.Incidents.FindAsync(_incident.Id, CancellationToken.None))!.State);
        SlackPicture.Modal(_scene.House.Slack.Workspace.Views[^1], "slack-resolve");

        await _scene.SubmitAsync("U2", new { fix = new { text = new { type = "plain_text_input", value = "rolled back" } } });
        await _scene.UntilAsync(() => _scene.House.Slack.Workspace.Channel(Room).Topic.StartsWith("Resolved", StringComparison.Ordinal));
        await _scene.UntilAsync(() => Announcement().Updates == 1);
        Assert.Contains("is resolved by U2", Announcement().Text, StringComparison.Ordinal);
        Assert.StartsWith("Resolved by U2", Guide().Text, StringComparison.Ordinal);
        Assert.DoesNotContain("tick_step", SlackScene.Read(Guide().Blocks), StringComparison.Ordinal);
        await _scene.UntilAsync(() =>
            _scene.Messages(Room).Exists(message => message.Text.StartsWith("Resolved by U2.", StringComparison.Ordinal))
        );
        var ended = (await _scene.House.Incidents.FindAsync(_incident.Id, CancellationToken.None))!;
        Assert.Contains(ended.Timeline, line => line is { Actor: "U2", Text: "resolved. What fixed it: rolled back" });

        await _scene.SendCommandAsync("resolve", Room, "U1");
        Assert.Contains(
            "resolved already, by U2",
            (await _scene.ResponseAsync()).GetProperty("text").GetString(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task What_slack_refused_once_is_shown_soon_and_holds_up_nothing_else()
    {
        _scene.House.Slack.Refused["conversations.info"] = "internal_error";
        await _scene.House.Incidents.ResolveAsync(_incident.Id, new Resolution("ann"), CancellationToken.None);
        await _scene.UntilAsync(() => Announcement().Updates == 1);
        Assert.Contains("is resolved by ann", Announcement().Text, StringComparison.Ordinal);

        _scene.House.Slack.Refused.Clear();
        await _scene.UntilAsync(() => _scene.House.Slack.Workspace.Channel(Room).Topic.StartsWith("Resolved", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Asked_for_the_status_elsewhere_what_is_open_is_told()
    {
        await _scene.MentionAsync("EvR2", "status", "5.2", channel: "C0000ASK");
        await _scene.UntilAsync(() => _scene.Messages("C0000ASK").Exists(message => message.ThreadTs == "5.2"));
        var told = _scene.Messages("C0000ASK").Find(message => message.ThreadTs == "5.2")!;
        Assert.StartsWith("Open: sev3 bank: errors", told.Text, StringComparison.Ordinal);
        Assert.Empty(_scene.House.Copilot.Asked);
    }

    [Theory]
    [InlineData("status")]
    [InlineData("Status")]
    [InlineData("what is the status?")]
    public async Task The_status_is_asked_for_as_people_do(string words)
    {
        var told = SlackScene.Read(await _scene.CommandAsync(words, Room));

        Assert.Contains("sev3, open", told, StringComparison.Ordinal);
        Assert.Contains("Trouble since <!date^", told, StringComparison.Ordinal);
        Assert.Contains("cannot be told", told, StringComparison.Ordinal);
        Assert.Contains("Ann Ash: here already", told, StringComparison.Ordinal);
        Assert.Contains("Bob Birch: invited", told, StringComparison.Ordinal);
        Assert.Contains($"https://copilot.example/incidents/{_incident.Id}", told, StringComparison.Ordinal);
        Assert.Empty(_scene.House.Copilot.Asked);
    }

    [Fact]
    public async Task A_mention_in_the_room_asks_for_the_status_too()
    {
        await _scene.MentionAsync("EvR1", "status", "5.1", channel: Room);
        await _scene.UntilAsync(() => _scene.Messages(Room).Exists(message => message.ThreadTs == "5.1"));
        Assert.Empty(_scene.House.Copilot.Asked);
    }

    [Fact]
    public async Task What_is_open_can_be_resolved_from_any_channel()
    {
        var told = await _scene.CommandAsync("resolve");
        Assert.Contains($"<#{Room}>", SlackScene.Read(told), StringComparison.Ordinal);
        await _scene.OpenAsync("U1", ("resolve_incident", _incident.Id), isPrivate: true);
        await _scene.SettledAsync(() => _scene.SubmitAsync("U1", new { }));
        Assert.True((await _scene.House.Incidents.FindAsync(_incident.Id, CancellationToken.None))!.IsResolved);
    }

    [Fact]
    public async Task The_next_room_of_the_same_cause_leads_to_this_one()
    {
        await _scene.House.Incidents.ResolveAsync(_incident.Id, new Resolution("ann"), CancellationToken.None);
        var later = await _scene.House.ProposeAsync(_incident.Proposal.To.AddHours(6));
        await _scene.OpenAsync("U1", ("propose_incident", later.Id));
        var next = await _scene.SettledAsync(() => _scene.SubmitAsync("U1"));

        var introduction = _scene.Messages(next.Rooms[0].Id!)[^1];
        Assert.Contains(
            "*Earlier rooms where it likely started in the same service*",
            SlackScene.Read(introduction.Blocks),
            StringComparison.Ordinal
        );
        Assert.Contains($"• <#{Room}>, <!date^", SlackScene.Read(introduction.Blocks), StringComparison.Ordinal);
    }

    private SlackMessage Guide() => _scene.Messages(Room).Single(message => message.Ts == _incident.Guide.Posted[0]);

    private SlackMessage Announcement() =>
        _scene.Messages("C0000ASK").Single(message => message.Text.StartsWith("<#", StringComparison.Ordinal));
}
