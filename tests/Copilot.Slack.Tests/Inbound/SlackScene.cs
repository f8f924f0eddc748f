using System.Text.Encodings.Web;
using System.Text.Json;
using Copilot.Incidents.Record;
using Copilot.Slack.Tests.Double;
using Copilot.Store.Incidents;
using Copilot.Testing;
using Microsoft.AspNetCore.WebUtilities;
using Xunit;

namespace Copilot.Slack.Tests.Inbound;

/// <summary>What people do in Slack, and what they see: typed, pressed, read.</summary>
internal sealed class SlackScene(SlackHouse house) : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private int _events;

    public SlackHouse House { get; } = house;

    public static async Task<SlackScene> StartAsync(
        PostgresFixture postgres,
        string? mayCreate = null,
        Action<SlackDouble>? prepare = null,
        string? findings = null
    )
    {
        var scene = new SlackScene(await SlackHouse.StartAsync(postgres, mayCreate: mayCreate, prepare: prepare, findings: findings));
        scene.Add(
            new SlackChannel
            {
                Id = "C0000ASK",
                Name = "ops",
                Creator = "U1",
                Members = { SlackWorkspace.Bot, "U1", "U2" },
            }
        );
        return scene;
    }

    public ValueTask DisposeAsync() => House.DisposeAsync();

    public void Add(SlackChannel channel)
    {
        lock (House.Slack.Workspace)
            House.Slack.Workspace.Channels.Add(channel);
    }

    public List<SlackMessage> Messages(string channel)
    {
        lock (House.Slack.Workspace)
            return [.. House.Slack.Workspace.Channel(channel).Messages];
    }

    public List<SlackWhisper> Whispers()
    {
        lock (House.Slack.Workspace)
            return [.. House.Slack.Workspace.Whispers];
    }

    public Task SendCommandAsync(string text, string channel = "C0000ASK", string user = "U1") =>
        House.CommandAsync(
            QueryHelpers.ParseQuery(
                $"command=/copilot&user_id={user}&user_name={user}&channel_id={channel}&trigger_id={House.Slack.Workspace.NewTrigger()}"
                    + $"&text={Uri.EscapeDataString(text)}&response_url={Uri.EscapeDataString(House.Slack.ResponseUrl.AbsoluteUri)}"
            )
        );

    /// <summary>What the command is answered with.</summary>
    public async Task<JsonElement> CommandAsync(string text, string channel = "C0000ASK", string user = "U1")
    {
        await SendCommandAsync(text, channel, user);
        var answer = await ResponseAsync();
        // A machine full of other tests may be slow enough for it to say that it looks.
        return answer.GetProperty("text").GetString() == "Looking…" ? await ResponseAsync() : answer;
    }

    public async Task<JsonElement> ResponseAsync()
    {
        Assert.True(await House.Slack.Responded.WaitAsync(Patience));
        Assert.True(House.Slack.Responses.TryDequeue(out var answer));
        return answer;
    }

    public Task MentionAsync(string id, string text, string ts, string? thread = null, string channel = "C0000ASK", string user = "U1") =>
        EventAsync(
            id,
            new
            {
                type = "app_mention",
                user,
                text = $"<@{SlackWorkspace.Bot}> {text}",
                ts,
                thread_ts = thread ?? ts,
                channel,
            }
        );

    public Task DirectAsync(string id, string text, string ts) =>
        EventAsync(
            id,
            new
            {
                type = "message",
                channel_type = "im",
                user = "U1",
                text,
                ts,
                channel = "D1",
            }
        );

    private Task EventAsync(string id, object message) =>
        House.EventAsync(
            JsonSerializer.SerializeToElement(
                new
                {
                    type = "event_callback",
                    event_id = id,
                    @event = message,
                }
            )
        );

    /// <summary>Presses a button of a message.</summary>
    public Task PressAsync(
        string user,
        (string Action, string Value) button,
        bool isPrivate = false,
        string channel = "C0000ASK",
        string? thread = null,
        string ts = "9.9",
        bool withReply = true
    ) =>
        House.InteractionAsync(
            JsonSerializer.SerializeToElement(
                new
                {
                    type = "block_actions",
                    user = new { id = user, username = user },
                    trigger_id = House.Slack.Workspace.NewTrigger(),
                    channel = new { id = channel },
                    container = new
                    {
                        type = "message",
                        channel_id = channel,
                        message_ts = ts,
                        is_ephemeral = isPrivate,
                    },
                    message = isPrivate ? null : new { ts, thread_ts = thread },
                    response_url = withReply ? House.Slack.ResponseUrl.AbsoluteUri : null,
                    actions = new[] { new { action_id = button.Action, value = button.Value } },
                }
            )
        );

    /// <summary>Submits the dialog that was opened last.</summary>
    /// <param name="values">Block, then action, then what was chosen or written.</param>
    public Task SubmitAsync(string user, object? values = null)
    {
        JsonElement view;
        lock (House.Slack.Workspace)
            view = House.Slack.Workspace.Views[^1];
        return House.InteractionAsync(
            JsonSerializer.SerializeToElement(
                new
                {
                    type = "view_submission",
                    user = new { id = user, username = user },
                    view = new
                    {
                        id = FormattableString.Invariant($"V{_events++}-{Guid.NewGuid():N}"),
                        callback_id = view.GetProperty("callback_id").GetString(),
                        private_metadata = view.GetProperty("private_metadata").GetString(),
                        state = new { values = values ?? SlackDialog.Ticked(view) },
                    },
                }
            )
        );
    }

    /// <summary>Opens the dialog by pressing, and waits until it is there.</summary>
    public async Task OpenAsync(string user, (string Action, string Value) button, bool isPrivate = false, string channel = "C0000ASK")
    {
        var before = Views();
        await PressAsync(user, button, isPrivate, channel);
        await UntilAsync(() => Views() > before);
    }

    public int Views()
    {
        lock (House.Slack.Workspace)
            return House.Slack.Workspace.Views.Count;
    }

    /// <summary>The incident once nothing of it is due any more.</summary>
    public async Task<Incident> SettledAsync(Func<Task> cause)
    {
        var settled = new TaskCompletionSource<Incident>(TaskCreationOptions.RunContinuationsAsynchronously);
        async void Look(string id)
        {
            if (await House.Incidents.FindAsync(id, CancellationToken.None) is { State: not IncidentState.Creating } incident)
                settled.TrySetResult(incident);
        }

        House.Changes.Changed += Look;
        try
        {
            await cause();
            return await settled.Task.WaitAsync(Patience);
        }
        finally
        {
            House.Changes.Changed -= Look;
        }
    }

    // The double tells of every call; what is waited for is looked at after each.
    public async Task UntilAsync(Func<bool> holds)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!holds())
            await House.Slack.Called.WaitAsync(patience.Token);
    }

    /// <summary>A button of a message or of its blocks.</summary>
    public static (string Action, string Value) Button(JsonElement message, string action)
    {
        var blocks = message.ValueKind == JsonValueKind.Array ? message : message.GetProperty("blocks");
        var found = blocks
            .EnumerateArray()
            .SelectMany(block =>
                block.TryGetProperty("accessory", out var accessory) ? [accessory]
                : block.TryGetProperty("elements", out var elements) ? [.. elements.EnumerateArray()]
                : Array.Empty<JsonElement>()
            )
            .First(element => element.TryGetProperty("action_id", out var id) && id.GetString() == action);
        return (action, found.GetProperty("value").GetString()!);
    }

    /// <summary>JSON with its signs as they are.</summary>
    public static string Read(JsonElement json) => JsonSerializer.Serialize(json, Readable);
}
