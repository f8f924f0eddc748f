using System.Globalization;
using Copilot.Incidents.Proposals;
using Copilot.Incidents.Record;
using Copilot.Slack.Tests.Double;
using Copilot.Testing;
using Xunit;

namespace Copilot.Slack.Tests.Inbound;

/// <summary>What comes of "Create": whoever pressed it is answered, is in the room, and sees who is not.</summary>
[Trait("needs", "postgres")]
public sealed class SlackCreatingTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>, IAsyncLifetime
{
    private static int _days;

    private SlackScene _scene = null!;

    public async Task InitializeAsync() => _scene = await SlackScene.StartAsync(postgres);

    public async Task DisposeAsync() => await _scene.DisposeAsync();

    [Fact]
    public async Task Whoever_pressed_is_in_first_and_is_told_where_the_room_is()
    {
        var incident = await CreateAsync("U2", isPrivate: true);
        var room = _scene.House.Slack.Workspace.Channel(incident.Rooms[0].Id!);

        Assert.Equal("U2", room.Invitations[0]);
        Assert.Contains($"<#{room.Id}> is open", (await _scene.ResponseAsync()).GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain("i_", room.Purpose, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_room_is_told_who_was_called_and_why_and_whom_slack_does_not_know()
    {
        _scene.House.Slack.Workspace.Users.RemoveAll(user => user.Name == "bob");
        var incident = await CreateAsync("U1", isPrivate: false);

        var people = _scene
            .Messages(incident.Rooms[0].Id!)
            .Single(message => message.Text.StartsWith("Who was called", StringComparison.Ordinal));
        var shown = SlackScene.Read(people.Blocks);
        Assert.Contains("<@U1> (money)", shown, StringComparison.Ordinal);
        Assert.Contains(":warning: *Bob Birch* (money): member of money", shown, StringComparison.Ordinal);
        Assert.Contains("not in Slack under `bob@x.example`: call or page them", shown, StringComparison.Ordinal);
        Assert.Contains("Bob Birch", SlackScene.Read(await _scene.ResponseAsync()), StringComparison.Ordinal);
        SlackPicture.Channel(_scene.House.Slack.Workspace.Channel(incident.Rooms[0].Id!), "slack-incident-room");
    }

    [Fact]
    public async Task The_preview_names_whom_slack_does_not_know()
    {
        _scene.House.Slack.Workspace.Users.RemoveAll(user => user.Name == "bob");
        await OpenAsync("U1", isPrivate: true);

        var view = SlackScene.Read(_scene.House.Slack.Workspace.Views[^1]);
        Assert.Contains("Bob Birch (not in Slack: page them)", view, StringComparison.Ordinal);
        Assert.Contains("not in Slack under `bob@x.example`", view, StringComparison.Ordinal);
        Assert.DoesNotContain("Ann Ash (not in Slack", view, StringComparison.Ordinal);
        SlackPicture.Modal(_scene.House.Slack.Workspace.Views[^1], "slack-preview");
    }

    [Fact]
    public async Task Without_the_scope_whoever_pressed_learns_what_is_kept_and_can_try_again()
    {
        _scene.House.Slack.Granted.Remove("channels:manage");
        var incident = await CreateAsync("U2", isPrivate: true);
        var told = await _scene.ResponseAsync();

        Assert.Contains("could not be opened", told.GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Contains("channels:manage", SlackScene.Read(told), StringComparison.Ordinal);
        Assert.Contains($"https://copilot.example/incidents/{incident.Id}", SlackScene.Read(told), StringComparison.Ordinal);

        // Somebody else joins what has no room: the same, with the same way on.
        await _scene.PressAsync("U1", ("join_incident", incident.Id), isPrivate: true);
        Assert.Contains("retry_incident", SlackScene.Read(await _scene.ResponseAsync()), StringComparison.Ordinal);

        _scene.House.Slack.Granted.Add("channels:manage");
        var opened = await _scene.SettledAsync(() => _scene.PressAsync("U2", SlackScene.Button(told, "retry_incident"), isPrivate: true));
        Assert.NotNull(opened.Rooms[0].Id);
        Assert.Contains("is open", (await _scene.ResponseAsync()).GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Equal("U2", _scene.House.Slack.Workspace.Channel(opened.Rooms[0].Id!).Invitations[0]);
    }

    [Fact]
    public async Task Once_the_scope_is_there_it_goes_on_by_itself()
    {
        _scene.House.Slack.Granted.Remove("channels:manage");
        await CreateAsync("U2", isPrivate: true);
        await _scene.ResponseAsync();
        await _scene.House.LookForScopesAsync();
        Assert.Empty(_scene.House.Slack.Responses);

        _scene.House.Slack.Granted.Add("channels:manage");
        var opened = await _scene.SettledAsync(_scene.House.LookForScopesAsync);
        Assert.NotNull(opened.Rooms[0].Id);
        Assert.Contains("is open", (await _scene.ResponseAsync()).GetProperty("text").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_scope_that_is_lacking_too_holds_nothing_up()
    {
        _scene.House.Slack.Granted.Remove("channels:manage");
        _scene.House.Slack.Granted.Remove("bookmarks:read");
        await CreateAsync("U2", isPrivate: true);
        await _scene.ResponseAsync();

        _scene.House.Slack.Granted.Add("channels:manage");
        Assert.NotNull((await _scene.SettledAsync(_scene.House.LookForScopesAsync)).Rooms[0].Id);
    }

    [Fact]
    public async Task Where_addresses_may_not_be_looked_up_the_room_and_whoever_pressed_are_told()
    {
        _scene.House.Slack.Granted.Remove("users:read.email");
        var incident = await CreateAsync("U2", isPrivate: true);

        Assert.Contains("users:read.email", SlackScene.Read(await _scene.ResponseAsync()), StringComparison.Ordinal);
        Assert.Equal(["U2"], _scene.House.Slack.Workspace.Channel(incident.Rooms[0].Id!).Invitations);
        Assert.Contains(
            _scene.Messages(incident.Rooms[0].Id!),
            message => message.Text.Contains("Ann Ash (money): member of money", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task From_a_private_channel_without_the_app_whoever_pressed_is_let_in_and_told()
    {
        _scene.Add(
            new SlackChannel
            {
                Id = "G1",
                Name = "secret",
                Creator = "U2",
                Private = true,
            }
        );
        var incident = await CreateAsync("U2", isPrivate: true, channel: "G1");

        Assert.Contains(
            $"<#{incident.Rooms[0].Id}> is open",
            (await _scene.ResponseAsync()).GetProperty("text").GetString(),
            StringComparison.Ordinal
        );
        Assert.Equal("U2", _scene.House.Slack.Workspace.Channel(incident.Rooms[0].Id!).Invitations[0]);
        Assert.Empty(incident.Rooms[0].Problems);
    }

    [Fact]
    public async Task After_half_an_hour_the_answer_comes_another_way()
    {
        _scene.House.Slack.RepliesAreOver = true;
        await CreateAsync("U2", isPrivate: true);

        Assert.Contains(_scene.Whispers(), whisper => whisper.User == "U2" && whisper.Text.Contains("is open", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_slack_refuses_when_joining_is_said_to_whoever_joins()
    {
        var incident = await CreateAsync("U2", isPrivate: true);
        await _scene.ResponseAsync();
        _scene.House.Slack.Workspace.Channel(incident.Rooms[0].Id!).Archived = true;
        await _scene.PressAsync("U1", ("join_incident", incident.Id), isPrivate: true);

        Assert.Contains("archived", (await _scene.ResponseAsync()).GetProperty("text").GetString(), StringComparison.Ordinal);
    }

    private async Task<IncidentProposal> OpenAsync(string user, bool isPrivate, string channel = "C0000ASK")
    {
        var proposal = await _scene.House.ProposeAsync(
            DateTimeOffset.Parse("2026-05-01T00:00:00Z", CultureInfo.InvariantCulture).AddDays(Interlocked.Increment(ref _days))
        );
        await _scene.OpenAsync(user, ("propose_incident", proposal.Id), isPrivate, channel);
        return proposal;
    }

    private async Task<Incident> CreateAsync(string user, bool isPrivate, string channel = "C0000ASK")
    {
        await OpenAsync(user, isPrivate, channel);
        return await _scene.SettledAsync(() => _scene.SubmitAsync(user));
    }
}
