using System.Net.WebSockets;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.Http;

namespace Copilot.Slack.Tests.Double;

/// <summary>Slack's end of Socket Mode: each address serves one socket once; every envelope wants its acknowledgement.</summary>
internal sealed class SlackSocketDouble
{
    private readonly HashSet<string> _tickets = [];

    /// <summary>Frames to send, in order; "disconnect" as Slack sends it ends the socket.</summary>
    public Channel<string> ToSend { get; } = Channel.CreateUnbounded<string>();

    /// <summary>What the app sent.</summary>
    public Channel<JsonElement> Received { get; } = Channel.CreateUnbounded<JsonElement>();

    public int Sockets { get; private set; }

    public string NewTicket()
    {
        var ticket = Guid.NewGuid().ToString("N");
        lock (_tickets)
            _tickets.Add(ticket);
        return ticket;
    }

    public async Task ServeAsync(HttpContext http, string ticket)
    {
        lock (_tickets)
        {
            if (!_tickets.Remove(ticket) || !http.WebSockets.IsWebSocketRequest)
            {
                http.Response.StatusCode = StatusCodes.Status400BadRequest;
                return;
            }
        }

        using var socket = await http.WebSockets.AcceptWebSocketAsync();
        Sockets++;
        await SendAsync(socket, """{"type":"hello","num_connections":1,"connection_info":{"app_id":"A111"}}""");
        while (await ToSend.Reader.WaitToReadAsync(http.RequestAborted))
        {
            var frame = await ToSend.Reader.ReadAsync(http.RequestAborted);
            await SendAsync(socket, frame);
            if (frame.Contains("\"disconnect\"", StringComparison.Ordinal))
                return;
            var buffer = new byte[64 * 1024];
            var answer = await socket.ReceiveAsync(buffer, http.RequestAborted);
            await Received.Writer.WriteAsync(JsonDocument.Parse(buffer.AsMemory(0, answer.Count)).RootElement);
        }
    }

    private static Task SendAsync(WebSocket socket, string text) =>
        socket.SendAsync(System.Text.Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, CancellationToken.None);
}
