using System.Globalization;
using System.Text.Json;
using Copilot.Slack.Tests.Double;
using Copilot.Testing;
using Xunit;

namespace Copilot.Slack.Tests.Inbound;

/// <summary>What was acknowledged is answered once, whenever the process that took it died.</summary>
[Trait("needs", "postgres")]
public sealed class SlackCrashTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task What_was_taken_but_not_begun_is_answered_after_the_restart()
    {
        await DeadProcessTookAsync("event/EvA", 0);
        await using var house = await StartAsync();
        await UntilAsync(house, () => Messages(house).Any(message => message.Blocks.ValueKind == JsonValueKind.Array));
        Assert.Single(Messages(house));
        // The sender repeats it, also to another process: it was taken before.
        await house.EventAsync(Event("EvA"));
        Assert.Null(await house.Deliveries.NextAsync("slack", CancellationToken.None));
        Assert.Single(house.Copilot.Asked);
    }

    [Fact]
    public async Task What_was_begun_and_not_posted_is_answered_once()
    {
        await using var house = await StartAsync();
        await DeadProcessTookAsync("event/EvB", 1);
        await UntilAsync(house, () => Messages(house).Count > 0);
        Assert.Single(house.Copilot.Asked);
        Assert.Single(Messages(house));
    }

    [Fact]
    public async Task What_was_posted_but_not_noted_is_found_again()
    {
        await using var house = await StartAsync();
        var ts = Posted(house, "event/EvC");
        await DeadProcessTookAsync("event/EvC", 1);
        await UntilAsync(house, () => house.Slack.Asked.Contains("conversations.replies"));
        await house.EventAsync(Event("EvD"));
        await UntilAsync(house, () => Messages(house).Count == 2);
        Assert.Single(house.Copilot.Asked);
        Assert.Equal(ts, Messages(house)[0].Ts);
    }

    private static string Posted(SlackHouse house, string key)
    {
        lock (house.Slack.Workspace)
        {
            var posted = JsonSerializer.SerializeToElement(
                house.Slack.Workspace.Post(
                    JsonSerializer.SerializeToElement(
                        new
                        {
                            channel = "C0000ASK",
                            thread_ts = "1605835902.008000",
                            text = "the answer",
                            metadata = new { event_type = "incident_step", event_payload = new { key } },
                        }
                    ),
                    house.Slack.Granted
                )
            );
            return posted.GetProperty("ts").GetString()!;
        }
    }

    // A number that no process has; the machine is this one, so nobody waits for the lease to end.
    private Task<object?> DeadProcessTookAsync(string key, int attempts)
    {
        var body = Event(key).GetProperty("event").GetRawText().Replace("'", "''", StringComparison.Ordinal);
        var held = attempts == 0 ? "null, null" : $"now() - interval '1 second', '{Environment.MachineName}/999999999/gone'";
        return postgres.ScalarAsync(
            string.Create(
                CultureInfo.InvariantCulture,
                $"""
                insert into deliveries (source, key, kind, body, received_at, not_before, state, attempts, lease_until, lease_holder)
                values ('slack', '{key}', 'message', '{body}', now(), now(), '{(
                    attempts == 0 ? "waiting" : "running"
                )}', {attempts}, {held})
                """
            )
        );
    }

    private async Task<SlackHouse> StartAsync()
    {
        var house = await SlackHouse.StartAsync(
            postgres,
            prepare: slack =>
                slack.Workspace.Channels.Add(
                    new SlackChannel
                    {
                        Id = "C0000ASK",
                        Name = "ops",
                        Creator = "U1",
                        Members = { SlackWorkspace.Bot },
                    }
                )
        );
        return house;
    }

    private static List<SlackMessage> Messages(SlackHouse house)
    {
        lock (house.Slack.Workspace)
            return [.. house.Slack.Workspace.Channel("C0000ASK").Messages];
    }

    private static async Task UntilAsync(SlackHouse house, Func<bool> holds)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!holds())
            await house.Slack.Called.WaitAsync(patience.Token);
    }

    private static JsonElement Event(string id) =>
        JsonSerializer.SerializeToElement(
            new
            {
                type = "event_callback",
                event_id = id.Split('/')[^1],
                @event = new
                {
                    type = "app_mention",
                    user = "U1",
                    text = "<@U00000BOT> why?",
                    ts = "1605835902.008000",
                    channel = "C0000ASK",
                },
            }
        );
}
