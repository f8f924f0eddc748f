using System.Data.Common;
using System.Net.WebSockets;
using System.Text.Json;
using Copilot.Slack.Api;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Primitives;

namespace Copilot.Slack.Inbound;

/// <summary>Socket Mode: the same deliveries through a socket that the app opens itself, for hosts that Slack cannot reach.</summary>
internal sealed class SlackSocket(SlackApi api, SlackInbox inbox, TimeProvider time, ILogger<SlackSocket> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var pause = TimeSpan.FromSeconds(1);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                using var socket = new ClientWebSocket();
                await socket.ConnectAsync(await api.OpenSocketAsync(stoppingToken), stoppingToken);
                pause = TimeSpan.FromSeconds(1);
                await ReadAsync(socket, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
                when (e
                        is WebSocketException
                            or HttpRequestException
                            or SlackErrorException
                            or SlackRateException
                            or JsonException
                            or IOException
                            or OperationCanceledException
                )
            {
                log.LogWarning("Slack's socket is not there ({Reason}); trying again in {Seconds} s", e.Message, pause.TotalSeconds);
                await Task.Delay(pause, time, stoppingToken);
                pause = pause * 2 < SlackPatience.Reconnect ? pause * 2 : SlackPatience.Reconnect;
            }
        }
    }

    private async Task ReadAsync(ClientWebSocket socket, CancellationToken cancellationToken)
    {
        while (socket.State == WebSocketState.Open)
        {
            if (await FrameAsync(socket, cancellationToken) is not { } frame)
                return;
            using var envelope = JsonDocument.Parse(frame);
            // Slack closes old connections now and then; a new one is opened at once.
            if (envelope.RootElement.Text("type") == "disconnect")
                return;
            if (envelope.RootElement.Text("envelope_id") is not { } id)
                continue;
            if (await TakeAsync(envelope.RootElement, cancellationToken) is not { } reply)
                continue;
            var accepts = envelope.RootElement.Member("accepts_response_payload").ValueKind == JsonValueKind.True;
            var answer = JsonSerializer.SerializeToUtf8Bytes(
                new { envelope_id = id, payload = accepts ? reply.Body : null },
                SlackJson.Options
            );
            await socket.SendAsync(answer, WebSocketMessageType.Text, true, cancellationToken);
        }
    }

    // Null where it could not be taken: without an acknowledgement Slack sends it again.
    private async Task<SlackReply?> TakeAsync(JsonElement envelope, CancellationToken cancellationToken)
    {
        var payload = envelope.Member("payload");
        try
        {
            return envelope.Text("type") switch
            {
                "events_api" => await inbox.TakeEventAsync(payload, cancellationToken),
                "interactive" => await inbox.TakeInteractionAsync(payload, cancellationToken),
                "slash_commands" => await inbox.TakeCommandAsync(
                    payload
                        .EnumerateObject()
                        .Where(field => field.Value.ValueKind == JsonValueKind.String)
                        .ToDictionary(field => field.Name, field => new StringValues(field.Value.GetString())),
                    cancellationToken
                ),
                _ => SlackReply.Empty,
            };
        }
        catch (DbException e)
        {
            log.LogError(e, "What Slack sent could not be kept; it is not acknowledged");
            return null;
        }
    }

    private static async Task<byte[]?> FrameAsync(ClientWebSocket socket, CancellationToken cancellationToken)
    {
        using var frame = new MemoryStream();
        var buffer = new byte[SlackPatience.Buffer];
        while (true)
        {
            var part = await socket.ReceiveAsync(buffer, cancellationToken);
            if (part.MessageType == WebSocketMessageType.Close)
                return null;
            frame.Write(buffer, 0, part.Count);
            if (frame.Length > SlackPatience.Frame)
                throw new IOException("a frame larger than 4 MB");
            if (part.EndOfMessage)
                return frame.ToArray();
        }
    }
}
