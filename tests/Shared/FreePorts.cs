using System.Net;
using System.Net.Sockets;

namespace Copilot.Tests.Shared;

/// <summary>
/// Ports for the processes that a test starts. Below those that the system gives to outgoing connections, so that none takes one between
/// here and its listener; each pair is kept for this process by a lock, so that tests side by side do not meet.
/// </summary>
internal static class FreePorts
{
    private const int First = 20_000,
        Last = 31_999,
        Apart = 1_000;

    // Held until the process ends: the system lets go of a lock whose owner is gone.
    private static readonly List<FileStream> s_kept = [];

    /// <summary>A port that is free, and so is the one a thousand up, where gRPC goes.</summary>
    public static int Take()
    {
        for (var attempt = 0; attempt < 1_000; attempt++)
        {
            var port = Random.Shared.Next(First, Last);
            // Blocks of a thousand by turns: nobody's second is another's first.
            if ((port - First) / Apart % 2 == 0 && Keep(port) && IsFree(port) && IsFree(port + Apart))
                return port;
        }

        throw new InvalidOperationException("No free pair of ports was found.");
    }

    private static bool Keep(int port)
    {
        var locks = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), $"copilot-test-ports-{Environment.UserName}"));
        try
        {
            var kept = new FileStream(Path.Combine(locks.FullName, $"{port}"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            lock (s_kept)
                s_kept.Add(kept);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static bool IsFree(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
