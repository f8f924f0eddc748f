using System.Buffers;
using System.Text;
using Copilot.Ingest.Monitoring;
using Microsoft.AspNetCore.Connections;

namespace Copilot.Web.Hosting;

/// <summary>
/// Looks at a connection's first bytes: what speaks another protocol than its port is broken off by the server before anything could be
/// said of it, and senders' programs are silent about it too.
/// </summary>
internal sealed class ProtocolCheck(ConnectionDelegate next, Door door, SenderMistakes mistakes)
{
    private const string Tls =
        "TLS came to a port that speaks none: use http:// (or insecure: true), or send through a proxy that ends TLS.";
    private const byte TlsHandshake = 0x16;

    /// <summary>As long as the server itself waits for a connection that says nothing.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(130);

    /// <summary>How long who was answered may take to hang up.</summary>
    private static readonly TimeSpan Leaving = TimeSpan.FromSeconds(2);

    public async Task HandleAsync(ConnectionContext connection)
    {
        connection.Features.Set(door);
        using var late = CancellationTokenSource.CreateLinkedTokenSource(connection.ConnectionClosed);
        late.CancelAfter(Patience);
        try
        {
            // What was said is read even where its sender has hung up already.
            var read = connection.Transport.Input.TryRead(out var said) ? said : await connection.Transport.Input.ReadAsync(late.Token);
            var mistake = Mistake(read.Buffer);
            connection.Transport.Input.AdvanceTo(read.Buffer.Start);
            if (mistake is not null)
                mistakes.Note(mistake);
            if (mistake == SenderMistakes.HttpToGrpc)
            {
                // Whoever has said all that it wants to say still listens.
                await connection.Transport.Output.WriteAsync(Answer(mistake), CancellationToken.None);
                late.CancelAfter(Leaving);
                await DrainAsync(connection, late.Token);
                return;
            }
        }
        catch (Exception gone) when (gone is OperationCanceledException or IOException)
        {
            return;
        }

        await next(connection);
    }

    /// <summary>What was sent is read: a connection that is closed over unread bytes takes the answer with it.</summary>
    private static async Task DrainAsync(ConnectionContext connection, CancellationToken cancellationToken)
    {
        while (true)
        {
            var read = await connection.Transport.Input.ReadAsync(cancellationToken);
            connection.Transport.Input.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted)
                return;
        }
    }

    private string? Mistake(ReadOnlySequence<byte> first)
    {
        Span<byte> start = stackalloc byte[8];
        var length = (int)Math.Min(first.Length, start.Length);
        first.Slice(0, length).CopyTo(start);
        start = start[..length];
        if (start is [TlsHandshake, ..])
            return Tls;
        var http2 = start.StartsWith("PRI * "u8);
        if (door.Kind != DoorKind.TelemetryGrpc)
            return http2 ? SenderMistakes.GrpcToHttp : null;
        return !http2 && (start.StartsWith("POST "u8) || start.StartsWith("GET "u8) || start.StartsWith("PUT "u8))
            ? SenderMistakes.HttpToGrpc
            : null;
    }

    private static byte[] Answer(string words)
    {
        var body = Encoding.UTF8.GetBytes(words + "\n");
        return
        [
            .. Encoding.ASCII.GetBytes(
                "HTTP/1.1 400 Bad Request\r\nContent-Type: text/plain; charset=utf-8\r\n"
                    + $"Content-Length: {body.Length}\r\nConnection: close\r\n\r\n"
            ),
            .. body,
        ];
    }
}
