using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Copilot.Testing;

/// <summary>Another machine as far as a client can tell (an address of its own): it keeps what reaches it, to show that nothing
/// does.</summary>
public sealed class OtherHost : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Parse("127.0.0.2"), 0);
    private readonly ConcurrentQueue<string> _received = new();
    private readonly Task _serving;

    public OtherHost()
    {
        _listener.Start();
        _serving = ServeAsync();
    }

    /// <summary>Ends in a slash.</summary>
    public string Address => $"http://127.0.0.2:{((IPEndPoint)_listener.LocalEndpoint).Port}/";

    /// <summary>The start of every request that came.</summary>
    public IReadOnlyCollection<string> Received => _received;

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _serving;
    }

    private async Task ServeAsync()
    {
        var buffer = new byte[16 * 1024];
        while (true)
        {
            try
            {
                using var client = await _listener.AcceptTcpClientAsync();
                var read = await client.GetStream().ReadAsync(buffer);
                _received.Enqueue(Encoding.Latin1.GetString(buffer, 0, read));
                await client.GetStream().WriteAsync("HTTP/1.1 500 Oops\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray());
            }
            catch (Exception ended) when (ended is SocketException or ObjectDisposedException or InvalidOperationException)
            {
                return;
            }
            catch (IOException)
            {
                // The client went away.
            }
        }
    }
}
