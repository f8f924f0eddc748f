using System.Globalization;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Copilot.EndToEnd.Shop;
using Copilot.Slack.Tests.Double;
using Copilot.Web.Tests.Edge;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Xunit;

namespace Copilot.Web.Tests.SlackNight;

/// <summary>The whole app, the small shop that sends it telemetry, and a Slack in which two people ask. Minutes pass when the story says
/// so.</summary>
internal sealed class SlackStory : IAsyncDisposable
{
    public const string Channel = "C0000ASK";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private readonly SlackDouble _slack;
    private readonly ShiftedClock _clock;
    private readonly WholeApp _app;
    private readonly ShopTelemetry _shop;
    private int _told;

    private SlackStory(SlackDouble slack, ShiftedClock clock, WholeApp app, ShopTelemetry shop) =>
        (_slack, _clock, _app, _shop) = (slack, clock, app, shop);

    /// <summary>All that was shown to one person alone, oldest first.</summary>
    public List<SlackMessage> Shown { get; } = [];

    /// <summary>Forty quiet minutes have passed.</summary>
    public static async Task<SlackStory> StartAsync()
    {
        var slack = await SlackDouble.StartAsync();
        slack.LimitsRates = false;
        slack.Workspace.Users.AddRange([
            new("U1", "ann", "ann@shop.example"),
            new("U2", "bo", "bo@shop.example"),
            new("U3", "ines", "ines@shop.example"),
        ]);
        slack.Workspace.Channels.Add(
            new SlackChannel
            {
                Id = Channel,
                Name = "ops",
                Creator = "U1",
                Members = { SlackWorkspace.Bot, "U1", "U2" },
            }
        );
        // What happens in it is past when it ends: spans of the future are refused.
        var clock = new ShiftedClock(-TimeSpan.FromMinutes(40));
        var app = new WholeApp(
            new Dictionary<string, string>
            {
                ["Slack:BotToken"] = SlackDouble.BotToken,
                ["Slack:ApiUrl"] = slack.Url.AbsoluteUri,
                ["Slack:FindingsChannel"] = Channel,
                ["Incidents:PublicUrl"] = "https://copilot.example",
                ["Tracing:Enabled"] = "false",
            },
            services => services.Replace(ServiceDescriptor.Singleton<TimeProvider>(clock))
        );
        await app.InitializeAsync();
        var now = clock.GetUtcNow();
        var shop = new ShopTelemetry(now) { Broken = DateTimeOffset.MaxValue };
        var story = new SlackStory(slack, clock, app, shop);
        await SentAsync(app.Http.PostAsJsonAsync("api/v1/catalog", ShopCatalogue.Files(now)));
        await story.SendAsync(now - ShopTelemetry.Length, now);
        return story;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await _slack.DisposeAsync();
    }

    public async Task PassAsync(TimeSpan time)
    {
        var from = _clock.GetUtcNow();
        await SendAsync(from, from + time);
        _clock.Pass(time);
    }

    public Task BreakAsync()
    {
        _shop.Broken = _clock.GetUtcNow();
        return ChangeAsync("1.4.1", "1.4.0", "New rounding rules");
    }

    public Task MendAsync()
    {
        _shop.Mended = _clock.GetUtcNow();
        return ChangeAsync("1.4.0", "1.4.1", "Roll back to 1.4.0");
    }

    /// <summary>Types a command; the answer, which the asker alone sees.</summary>
    public async Task<SlackMessage> AskAsync(string user, string question, string channel = Channel)
    {
        await FormAsync(
            "slack/commands",
            new Dictionary<string, string>
            {
                ["command"] = "/copilot",
                ["user_id"] = user,
                ["user_name"] = user,
                ["channel_id"] = channel,
                ["trigger_id"] = _slack.Workspace.NewTrigger(),
                ["text"] = question,
                ["response_url"] = _slack.ResponseUrl.AbsoluteUri,
            }
        );
        return await AnswerAsync();
    }

    /// <summary>Mentions the app in the channel; its answer below.</summary>
    /// <param name="thread">Below what; a thread of its own where null.</param>
    public async Task<SlackMessage> MentionAsync(string user, string question, string? thread = null)
    {
        var ts = FormattableString.Invariant($"{_clock.GetUtcNow().ToUnixTimeSeconds()}.{++_told:000000}");
        var before = Below().Count;
        await SignedAsync(
            "slack/events",
            "application/json",
            JsonSerializer.Serialize(
                new
                {
                    type = "event_callback",
                    event_id = $"Ev{_told}",
                    @event = new
                    {
                        type = "app_mention",
                        user,
                        text = $"<@{SlackWorkspace.Bot}> {question}",
                        ts,
                        thread_ts = thread ?? ts,
                        channel = Channel,
                    },
                }
            )
        );
        await UntilAsync(() => Below().Count > before);
        return Below()[^1];

        List<SlackMessage> Below() => Messages(Channel).FindAll(message => message.ThreadTs == (thread ?? ts));
    }

    /// <summary>Presses "Create incident room…" below an answer and confirms what the dialog shows.</summary>
    /// <returns>The room, once whoever pressed was told of it.</returns>
    public async Task<SlackChannel> CreateRoomAsync(string user, SlackMessage answer)
    {
        var button = answer
            .Blocks.EnumerateArray()
            .Where(block => block.TryGetProperty("elements", out _))
            .SelectMany(block => block.GetProperty("elements").EnumerateArray())
            .First(element => element.TryGetProperty("action_id", out var id) && id.GetString() == "propose_incident");
        await InteractAsync(
            new
            {
                type = "block_actions",
                user = new { id = user, username = user },
                trigger_id = _slack.Workspace.NewTrigger(),
                channel = new { id = Channel },
                container = new
                {
                    type = "message",
                    channel_id = Channel,
                    is_ephemeral = true,
                },
                response_url = _slack.ResponseUrl.AbsoluteUri,
                actions = new[] { new { action_id = "propose_incident", value = button.GetProperty("value").GetString() } },
            }
        );
        await UntilAsync(() => _slack.Workspace.Views.Count > 0);
        var view = _slack.Workspace.Views[^1];
        SlackPicture.Modal(view, "slack-night-create");
        await InteractAsync(
            new
            {
                type = "view_submission",
                user = new { id = user, username = user },
                view = new
                {
                    id = "V1",
                    callback_id = view.GetProperty("callback_id").GetString(),
                    private_metadata = view.GetProperty("private_metadata").GetString(),
                    state = new { values = SlackDialog.Ticked(view) },
                },
            }
        );
        await AnswerAsync();
        lock (_slack.Workspace)
            return _slack.Workspace.Channels[^1];
    }

    public async Task UntilAsync(Func<bool> holds)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!Holds())
            await _slack.Called.WaitAsync(patience.Token);

        bool Holds()
        {
            lock (_slack.Workspace)
                return holds();
        }
    }

    public List<SlackMessage> Messages(string channel)
    {
        lock (_slack.Workspace)
            return [.. _slack.Workspace.Channel(channel).Messages];
    }

    private async Task<SlackMessage> AnswerAsync()
    {
        while (true)
        {
            Assert.True(await _slack.Responded.WaitAsync(Patience), "Nobody was answered.");
            Assert.True(_slack.Responses.TryDequeue(out var answer));
            var text = answer.GetProperty("text").GetString()!;
            // A machine full of other tests may be slow enough for it to say that it looks.
            if (text == "Looking…")
                continue;
            Shown.Add(
                new SlackMessage
                {
                    Ts = Shown.Count.ToString(CultureInfo.InvariantCulture),
                    Text = text,
                    Blocks = answer.GetProperty("blocks"),
                }
            );
            return Shown[^1];
        }
    }

    private Task ChangeAsync(string version, string previousVersion, string summary) =>
        SentAsync(
            _app.Http.PostAsJsonAsync(
                "api/v1/changes",
                new
                {
                    time = _clock.GetUtcNow(),
                    service = ShopTelemetry.FailingService,
                    kind = "deploy",
                    version,
                    previousVersion,
                    summary,
                }
            )
        );

    private async Task SendAsync(DateTimeOffset from, DateTimeOffset to)
    {
        foreach (var export in _shop.Exports(from, to))
        {
            using var content = new StringContent(export, Encoding.UTF8, "application/json");
            await SentAsync(_app.Http.PostAsync(new Uri("v1/traces", UriKind.Relative), content));
        }
    }

    private Task InteractAsync(object payload) =>
        FormAsync("slack/interactivity", new Dictionary<string, string> { ["payload"] = JsonSerializer.Serialize(payload) });

    private async Task FormAsync(string path, Dictionary<string, string> form)
    {
        using var encoded = new FormUrlEncodedContent(form);
        await SignedAsync(path, "application/x-www-form-urlencoded", await encoded.ReadAsStringAsync());
    }

    private async Task SignedAsync(string path, string type, string body)
    {
        var timestamp = _clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var hash = HMACSHA256.HashData(Encoding.UTF8.GetBytes(WholeApp.SlackSecret), Encoding.UTF8.GetBytes($"v0:{timestamp}:{body}"));
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, type) };
        request.Headers.Add("X-Slack-Request-Timestamp", timestamp);
        request.Headers.Add("X-Slack-Signature", "v0=" + Convert.ToHexStringLower(hash));
        await SentAsync(_app.Http.SendAsync(request));
    }

    private static async Task SentAsync(Task<HttpResponseMessage> sending)
    {
        using var answer = await sending;
        Assert.True(answer.IsSuccessStatusCode, $"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
    }
}
