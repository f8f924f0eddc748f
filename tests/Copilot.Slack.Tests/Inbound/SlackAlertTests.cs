using System.Globalization;
using System.Text.Json;
using Copilot.Slack.Tests.Double;
using Copilot.Testing;
using Xunit;

namespace Copilot.Slack.Tests.Inbound;

/// <summary>Alerts that other systems posted, and people who point at them.</summary>
[Trait("needs", "postgres")]
public sealed class SlackAlertTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>, IAsyncLifetime
{
    private const string Alert = "[FIRING:1] HighErrorRate bank (error rate 12% > 5% for 1m) <!channel>";

    private static int _channels;

    // Of its own for each test: what was asked in a thread is remembered.
    private readonly string _channel = FormattableString.Invariant($"C000ALERT{Interlocked.Increment(ref _channels)}");

    private SlackScene _scene = null!;
    private string _ts = "";
    private string _since = "";

    public async Task InitializeAsync()
    {
        _scene = await SlackScene.StartAsync(postgres);
        _scene.Add(
            new SlackChannel
            {
                Id = _channel,
                Name = "alerts",
                Creator = "U1",
                Members = { SlackWorkspace.Bot },
            }
        );
        lock (_scene.House.Slack.Workspace)
        {
            var posted = JsonSerializer.SerializeToElement(
                _scene.House.Slack.Workspace.Post(
                    JsonSerializer.SerializeToElement(
                        new
                        {
                            channel = _channel,
                            text = "",
                            attachments = new[] { new { title = Alert, fallback = "alert" } },
                            blocks = Array.Empty<object>(),
                        }
                    ),
                    _scene.House.Slack.Granted
                )
            );
            _ts = posted.GetProperty("ts").GetString()!;
        }

        _since = DateTimeOffset
            .FromUnixTimeSeconds(long.Parse(_ts.Split('.')[0], CultureInfo.InvariantCulture))
            .AddMinutes(-15)
            .UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
    }

    public async Task DisposeAsync() => await _scene.DisposeAsync();

    [Fact]
    public async Task The_shortcut_on_an_alert_asks_what_is_wrong_from_before_it_until_now()
    {
        await _scene.House.InteractionAsync(
            JsonSerializer.SerializeToElement(
                new
                {
                    type = "message_action",
                    callback_id = "ask_about",
                    action_ts = $"7.7{_channel}",
                    user = new { id = "U1" },
                    channel = new { id = _channel },
                    message = new
                    {
                        ts = _ts,
                        bot_id = "B2",
                        text = "",
                        attachments = new[] { new { title = Alert } },
                    },
                }
            )
        );
        await _scene.UntilAsync(() => _scene.Messages(_channel).Count == 2);

        Assert.Equal([$"what is wrong with bank since {_since}"], _scene.House.Copilot.Asked.Select(request => request.Question));
    }

    [Fact]
    public async Task Where_it_cannot_write_whoever_asked_is_told_what_to_do()
    {
        _scene.House.Slack.Refused["chat.postMessage"] = "not_in_channel";
        await _scene.House.InteractionAsync(
            JsonSerializer.SerializeToElement(
                new
                {
                    type = "message_action",
                    callback_id = "ask_about",
                    action_ts = $"7.8{_channel}",
                    user = new { id = "U1" },
                    channel = new { id = _channel },
                    response_url = _scene.House.Slack.ResponseUrl.AbsoluteUri,
                    message = new
                    {
                        ts = _ts,
                        bot_id = "B2",
                        text = Alert,
                    },
                }
            )
        );
        Assert.Contains("/invite", (await _scene.ResponseAsync()).GetProperty("text").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("why?")]
    [InlineData("")]
    [InlineData("what is this about?")]
    public async Task Below_an_alert_pointing_at_it_is_enough(string words)
    {
        await _scene.MentionAsync($"Ev{_channel}", words, "8.1", thread: _ts, channel: _channel);
        await _scene.UntilAsync(() => _scene.Messages(_channel).Count == 2);

        Assert.Equal([$"what is wrong with bank since {_since}"], _scene.House.Copilot.Asked.Select(request => request.Question));
    }

    [Fact]
    public async Task A_question_below_an_alert_is_asked_about_it()
    {
        await _scene.MentionAsync($"EvB1{_channel}", "who should fix it?", "8.2", thread: _ts, channel: _channel);
        await _scene.UntilAsync(() => _scene.Messages(_channel).Count == 2);
        await _scene.MentionAsync($"EvB2{_channel}", "and why?", "8.3", thread: _ts, channel: _channel);
        await _scene.UntilAsync(() => _scene.Messages(_channel).Count == 3);

        Assert.Equal(
            [($"what is wrong with bank since {_since}", null), ("who should fix it?", "c_1"), ("and why?", "c_1")],
            _scene.House.Copilot.Asked.Select(request => (request.Question, request.ConversationId))
        );
    }

    [Fact]
    public async Task Where_the_app_may_not_read_the_thread_the_question_stands_for_itself()
    {
        _scene.House.Slack.Granted.Remove("channels:history");
        await _scene.MentionAsync($"EvC1{_channel}", "why is bank slow?", "8.4", thread: _ts, channel: _channel);
        await _scene.UntilAsync(() => _scene.Messages(_channel).Count == 2);

        Assert.Equal(["why is bank slow?"], _scene.House.Copilot.Asked.Select(request => request.Question));
    }
}
