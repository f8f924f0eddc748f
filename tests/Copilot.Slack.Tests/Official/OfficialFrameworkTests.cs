using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Copilot.Slack.Inbound;
using Copilot.Slack.Tests.Double;
using Xunit;

namespace Copilot.Slack.Tests.Official;

/// <summary>An app on Slack's own framework takes what the double sends, by request and by socket, and refuses what is not signed as Slack
/// signs.</summary>
[Trait("needs", "node")]
public sealed class OfficialFrameworkTests : IAsyncLifetime
{
    private readonly HttpClient _http = new();
    private SlackDouble _slack = null!;

    public async Task InitializeAsync()
    {
        _slack = await SlackDouble.StartAsync();
        _slack.Workspace.Users.Add(new("U1", "ann", "ann@x.example"));
        _slack.Workspace.Channels.Add(
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
        _http.Dispose();
        await _slack.DisposeAsync();
    }

    [RequiresFact("node", NodeScript.Packages)]
    public async Task What_the_double_sends_by_request_is_what_slack_sends()
    {
        using var app = NodeScript.Start(_slack, "app.mjs", "http");
        var port = (await app.NextAsync()).GetProperty("listening").GetInt32();
        var address = new Uri($"http://127.0.0.1:{port}/slack/events");
        var sender = new SlackSender(_http, address, NodeScript.SigningSecret);

        using var challenge = await sender.EventAsync("""{"type":"url_verification","challenge":"3eZb"}""");
        Assert.Contains("3eZb", await challenge.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var forged = await new SlackSender(_http, address, "another secret").FormAsync(Command());
        Assert.Equal(HttpStatusCode.Unauthorized, forged.StatusCode);

        using var acknowledged = await sender.FormAsync(Command());
        Assert.Equal(
            "Looking…",
            JsonDocument.Parse(await acknowledged.Content.ReadAsStringAsync()).RootElement.GetProperty("text").GetString()
        );
        Assert.Equal("why is bank slow?", (await app.NextAsync()).GetProperty("command").GetString());
        Assert.True(_slack.Responses.TryDequeue(out var response));
        Assert.Equal("answer to why is bank slow?", response.GetProperty("text").GetString());

        using var mention = await sender.EventAsync(Mention(), retry: 1);
        Assert.Equal(HttpStatusCode.OK, mention.StatusCode);
        Assert.Contains("why?", (await app.NextAsync()).GetProperty("mention").GetString(), StringComparison.Ordinal);
        Assert.Equal("1605835902.008000", _slack.Workspace.Channel("C0000ASK").Messages.Single().ThreadTs);

        using var click = await sender.InteractionAsync(Click());
        Assert.Equal("p_1", (await app.NextAsync()).GetProperty("action").GetString());
        Assert.Equal("create_incident", Assert.Single(_slack.Workspace.Views).GetProperty("callback_id").GetString());
        using var submission = await sender.InteractionAsync(Submission());
        Assert.Equal("kept", (await app.NextAsync()).GetProperty("submitted").GetString());
        using var shortcut = await sender.InteractionAsync(Shortcut());
        Assert.Equal("bank is down", (await app.NextAsync()).GetProperty("shortcut").GetString());
    }

    [RequiresFact("node", NodeScript.Packages)]
    public async Task Socket_mode_is_spoken_as_the_framework_speaks_it()
    {
        using var app = NodeScript.Start(_slack, "app.mjs", "socket");
        Assert.True((await app.NextAsync()).TryGetProperty("listening", out _));
        await _slack.Socket.ToSend.Writer.WriteAsync(
            JsonSerializer.Serialize(
                new
                {
                    envelope_id = "e1",
                    type = "events_api",
                    payload = JsonDocument.Parse(Mention()).RootElement,
                    accepts_response_payload = false,
                    retry_attempt = 0,
                    retry_reason = "",
                }
            )
        );
        Assert.Contains("why?", (await app.NextAsync()).GetProperty("mention").GetString(), StringComparison.Ordinal);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        Assert.Equal("e1", (await _slack.Socket.Received.Reader.ReadAsync(patience.Token)).GetProperty("envelope_id").GetString());
    }

    [Fact]
    public void The_app_believes_what_the_sender_signs_and_the_framework_believes()
    {
        var now = DateTimeOffset.UtcNow;
        var timestamp = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var body = Command();
        var signature = SlackSender.Sign(NodeScript.SigningSecret, timestamp, body);
        Assert.True(SlackSignature.IsValid(NodeScript.SigningSecret, timestamp, signature, Encoding.UTF8.GetBytes(body), now));
        Assert.False(SlackSignature.IsValid("another secret", timestamp, signature, Encoding.UTF8.GetBytes(body), now));
    }

    private string Command() =>
        $"token=x&team_id=T1&team_domain=double&channel_id=C0000ASK&channel_name=ops&user_id=U1&user_name=ann&command=%2Fcopilot&text=why+is+bank+slow%3F&api_app_id=A1"
        + $"&is_enterprise_install=false&response_url={Uri.EscapeDataString(_slack.ResponseUrl.AbsoluteUri)}&trigger_id={_slack.Workspace.NewTrigger()}";

    private static string Mention() =>
        JsonSerializer.Serialize(
            new
            {
                token = "x",
                team_id = "T1",
                api_app_id = "A1",
                type = "event_callback",
                event_id = "Ev1",
                event_time = 1605835902,
                authorizations = new[]
                {
                    new
                    {
                        enterprise_id = (string?)null,
                        team_id = "T1",
                        user_id = SlackWorkspace.Bot,
                        is_bot = true,
                        is_enterprise_install = false,
                    },
                },
                @event = new
                {
                    type = "app_mention",
                    user = "U1",
                    text = $"<@{SlackWorkspace.Bot}> why?",
                    ts = "1605835902.008000",
                    channel = "C0000ASK",
                    event_ts = "1605835902.008000",
                    team = "T1",
                },
            }
        );

    private string Click() =>
        JsonSerializer.Serialize(
            new
            {
                type = "block_actions",
                user = new
                {
                    id = "U1",
                    username = "ann",
                    team_id = "T1",
                },
                api_app_id = "A1",
                token = "x",
                team = new { id = "T1", domain = "double" },
                container = new
                {
                    type = "message",
                    message_ts = "1.1",
                    channel_id = "C0000ASK",
                    is_ephemeral = false,
                },
                trigger_id = _slack.Workspace.NewTrigger(),
                channel = new { id = "C0000ASK", name = "ops" },
                message = new
                {
                    type = "message",
                    ts = "1.1",
                    text = "x",
                },
                response_url = _slack.ResponseUrl.AbsoluteUri,
                actions = new[]
                {
                    new
                    {
                        type = "button",
                        action_id = "propose_incident",
                        block_id = "b1",
                        value = "p_1",
                        action_ts = "1548426417.840180",
                    },
                },
            }
        );

    private static string Submission() =>
        JsonSerializer.Serialize(
            new
            {
                type = "view_submission",
                user = new
                {
                    id = "U1",
                    username = "ann",
                    team_id = "T1",
                },
                api_app_id = "A1",
                token = "x",
                team = new { id = "T1", domain = "double" },
                trigger_id = "1.2",
                view = new
                {
                    id = "V1",
                    type = "modal",
                    callback_id = "create_incident",
                    private_metadata = "kept",
                    hash = "1.x",
                    state = new { values = new { } },
                },
            }
        );

    private string Shortcut() =>
        JsonSerializer.Serialize(
            new
            {
                type = "message_action",
                callback_id = "ask_about",
                user = new { id = "U1", name = "ann" },
                team = new { id = "T1", domain = "double" },
                token = "x",
                api_app_id = "A1",
                action_ts = "1.5",
                trigger_id = _slack.Workspace.NewTrigger(),
                channel = new { id = "C0000ASK", name = "ops" },
                response_url = _slack.ResponseUrl.AbsoluteUri,
                message = new
                {
                    type = "message",
                    user = "U1",
                    ts = "1605835902.009000",
                    text = "bank is down",
                },
                message_ts = "1605835902.009000",
            }
        );
}
