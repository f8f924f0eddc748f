using System.Globalization;
using System.Text.Json;
using Copilot.Incidents.Record;
using Copilot.Slack.Tests.Double;
using Copilot.Store.Incidents;
using Microsoft.AspNetCore.WebUtilities;
using Xunit;

namespace Copilot.Slack.Tests.Inbound;

/// <summary>What a person in Slack does, and what is waited for.</summary>
public sealed partial class SlackInboxTests
{
    private static JsonElement Click(SlackHouse at, string proposal, TimeSpan age = default) =>
        Json(
            new
            {
                type = "block_actions",
                user = new { id = "U1", username = "ann" },
                trigger_id = at.Slack.Workspace.NewTrigger(age),
                channel = new { id = "C0000ASK" },
                container = new
                {
                    type = "message",
                    channel_id = "C0000ASK",
                    message_ts = "1.1",
                },
                message = new { ts = "1.1" },
                response_url = at.Slack.ResponseUrl.AbsoluteUri,
                actions = new[] { new { action_id = "propose_incident", value = proposal } },
            }
        );

    private static JsonElement Submission(string proposal, string digest, string view, string user) =>
        Json(
            new
            {
                type = "view_submission",
                user = new { id = user, username = user },
                view = new
                {
                    id = view,
                    callback_id = "create_incident",
                    private_metadata = JsonSerializer.Serialize(
                        new
                        {
                            ProposalId = proposal,
                            Digest = digest,
                            Channel = "C0000ASK",
                            Thread = (string?)null,
                        }
                    ),
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

    private async Task<string> CommandAsync(string text, string channel)
    {
        await _house.CommandAsync(Command(text, channel));
        Assert.True(await _house.Slack.Responded.WaitAsync(Patience));
        Assert.True(_house.Slack.Responses.TryDequeue(out var answer));
        return answer.GetRawText();
    }

    private Dictionary<string, Microsoft.Extensions.Primitives.StringValues> Command(string text, string channel = "C0000ASK") =>
        QueryHelpers.ParseQuery(
            $"command=/copilot&user_id=U1&user_name=ann&channel_id={channel}&trigger_id={_house.Slack.Workspace.NewTrigger()}&text={Uri.EscapeDataString(text)}&response_url={Uri.EscapeDataString(_house.Slack.ResponseUrl.AbsoluteUri)}"
        );

    private async Task<Incident> FinishedAsync()
    {
        var finished = new TaskCompletionSource<Incident>(TaskCreationOptions.RunContinuationsAsynchronously);
        _house.Changes.Changed += async id =>
        {
            if (await _house.Incidents.FindAsync(id, CancellationToken.None) is { State: IncidentState.Open } incident)
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
        lock (_house.Slack.Workspace)
            return [.. _house.Slack.Workspace.Channel(channel).Messages];
    }

    // The double tells of every call; what is waited for is looked at after each.
    private async Task UntilAsync(Func<bool> holds)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!holds())
            await _house.Slack.Called.WaitAsync(patience.Token);
    }

    private static JsonElement Event(string id, string text, string ts = "1605835902.008000") =>
        Json(
            new
            {
                type = "event_callback",
                event_id = id,
                @event = new
                {
                    type = "app_mention",
                    user = "U1",
                    text,
                    ts,
                    channel = "C0000ASK",
                },
            }
        );

    private static JsonElement Json(object value) => JsonSerializer.SerializeToElement(value);

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
