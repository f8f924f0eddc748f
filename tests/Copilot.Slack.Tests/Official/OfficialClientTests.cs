using System.Text.Json;
using Copilot.Slack.Tests.Double;
using Xunit;

namespace Copilot.Slack.Tests.Official;

/// <summary>Slack's own Web API client finds in the double what it expects of Slack, refusals included.</summary>
[Trait("needs", "node")]
public sealed class OfficialClientTests : IAsyncLifetime
{
    private SlackDouble _slack = null!;

    public async Task InitializeAsync()
    {
        _slack = await SlackDouble.StartAsync();
        _slack.Workspace.Users.AddRange([
            new("U1", "ann", "ann@x.example"),
            new("U2", "bob", "bob@x.example"),
            new("U3", "gus", "gus@x.example", "user_is_ultra_restricted"),
        ]);
        _slack.Workspace.Channels.AddRange([
            new SlackChannel
            {
                Id = "C0000ASK",
                Name = "ops",
                Creator = "U1",
                Members = { SlackWorkspace.Bot },
            },
            new SlackChannel
            {
                Id = "C0000GEN",
                Name = "general",
                Creator = "U1",
            },
        ]);
    }

    public async Task DisposeAsync() => await _slack.DisposeAsync();

    [RequiresFact("node", NodeScript.Packages)]
    public async Task A_room_from_its_name_to_its_bookmark()
    {
        var (said, refused) = await RunAsync("room");
        Assert.Equal(SlackWorkspace.Bot, said.GetProperty("who").GetProperty("user_id").GetString());
        Assert.Contains(
            "pins:write",
            said.GetProperty("who")
                .GetProperty("response_metadata")
                .GetProperty("scopes")
                .EnumerateArray()
                .Select(scope => scope.GetString())
        );
        var channel = Assert.Single(_slack.Workspace.Channels, channel => channel.Name == "inc-official");
        Assert.Equal("sev1", channel.Topic);
        Assert.Equal(["U1", "U2"], channel.Invitations);
        Assert.Single(channel.Pins);
        Assert.Single(channel.Bookmarks);
        Assert.Equal("guide, rewritten", channel.Messages.Single(message => message.Metadata.ValueKind == JsonValueKind.Object).Text);
        Assert.Equal(2, said.GetProperty("replies").GetProperty("messages").GetArrayLength());
        Assert.Equal("user_is_ultra_restricted", said.GetProperty("guest").GetProperty("errors")[0].GetProperty("error").GetString());
        Assert.Equal(
            ["2", "1"],
            said.GetProperty("channels")
                .EnumerateArray()
                .Select(page => page.GetArrayLength().ToString(System.Globalization.CultureInfo.InvariantCulture))
        );
        Assert.Equal(
            new Dictionary<string, string?>
            {
                ["taken"] = "name_taken",
                ["specials"] = "invalid_name_specials",
                ["long"] = "invalid_name_maxlength",
                ["tooLong"] = "too_long",
                ["nobody"] = "users_not_found",
                ["again"] = "already_in_channel",
                ["blocks"] = "invalid_blocks",
                ["lost"] = "message_not_found",
                ["pinned"] = "already_pinned",
                ["view"] = "invalid_trigger_id",
            },
            refused.EnumerateObject().ToDictionary(item => item.Name, item => item.Value.GetProperty("error").GetString())
        );
        Assert.Contains(
            "must be more than 0 characters",
            refused.GetProperty("blocks").GetProperty("messages")[0].GetString(),
            StringComparison.Ordinal
        );
    }

    [RequiresFact("node", NodeScript.Packages)]
    public async Task A_scope_that_is_missing_is_named()
    {
        _slack.Granted.Remove("pins:write");
        var (_, refused) = await RunAsync("scope");
        Assert.Equal("missing_scope", refused.GetProperty("pin").GetProperty("error").GetString());
        Assert.Equal("pins:write", refused.GetProperty("pin").GetProperty("needed").GetString());
    }

    [RequiresFact("node", NodeScript.Packages)]
    public async Task A_tier_that_is_used_up_says_how_long_to_wait()
    {
        var (said, refused) = await RunAsync("rate");
        Assert.Equal("inc-rate-19", said.GetProperty("made").GetString());
        Assert.Equal("slack_webapi_rate_limited_error", refused.GetProperty("create").GetProperty("code").GetString());
        Assert.InRange(refused.GetProperty("create").GetProperty("retryAfter").GetInt32(), 1, 60);
    }

    private async Task<(JsonElement Said, JsonElement Refused)> RunAsync(string mode)
    {
        using var script = NodeScript.Start(_slack, "client.mjs", mode);
        var told = await script.NextAsync();
        return (told.GetProperty("said"), told.GetProperty("refused"));
    }
}
