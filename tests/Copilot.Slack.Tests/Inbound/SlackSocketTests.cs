using System.Text.Json;
using Copilot.Slack.Tests.Double;
using Copilot.Testing;
using Xunit;

namespace Copilot.Slack.Tests.Inbound;

[Trait("needs", "postgres")]
public sealed class SlackSocketTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    [Fact]
    public async Task Deliveries_through_the_socket_are_acknowledged_answered_and_go_on_after_a_disconnect()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await using var house = await SlackHouse.StartAsync(postgres, SlackDouble.AppToken);
        var socket = house.Slack.Socket;
        house.Slack.Workspace.Channels.Add(
            new SlackChannel
            {
                Id = "C0000ASK",
                Name = "ops",
                Creator = "U1",
                Members = { SlackWorkspace.Bot },
            }
        );

        await socket.ToSend.Writer.WriteAsync(
            Envelope(
                "e1",
                "slash_commands",
                true,
                new
                {
                    command = "/copilot",
                    text = "help",
                    user_id = "U1",
                }
            )
        );
        var acknowledged = await socket.Received.Reader.ReadAsync(patience.Token);
        Assert.Equal("e1", acknowledged.GetProperty("envelope_id").GetString());
        Assert.Contains(
            "Ask in plain words",
            acknowledged.GetProperty("payload").GetProperty("text").GetString(),
            StringComparison.Ordinal
        );

        await socket.ToSend.Writer.WriteAsync("""{"type":"disconnect","reason":"refresh_requested"}""");
        await socket.ToSend.Writer.WriteAsync(
            Envelope(
                "e2",
                "events_api",
                false,
                new
                {
                    type = "event_callback",
                    event_id = "Ev900",
                    @event = new
                    {
                        type = "app_mention",
                        user = "U1",
                        text = "<@U00000BOT> why?",
                        ts = "1.1",
                        channel = "C0000ASK",
                    },
                }
            )
        );
        acknowledged = await socket.Received.Reader.ReadAsync(patience.Token);
        Assert.Equal("e2", acknowledged.GetProperty("envelope_id").GetString());
        Assert.False(acknowledged.TryGetProperty("payload", out _));
        Assert.Equal(2, socket.Sockets);
        while (!house.Slack.Workspace.Channel("C0000ASK").Messages.Exists(message => message.Blocks.ValueKind == JsonValueKind.Array))
            await house.Slack.Called.WaitAsync(patience.Token);
        Assert.Equal("why?", Assert.Single(house.Copilot.Asked).Question);
    }

    private static string Envelope(string id, string type, bool accepts, object payload) =>
        JsonSerializer.Serialize(
            new
            {
                envelope_id = id,
                type,
                payload,
                accepts_response_payload = accepts,
            }
        );
}
