using System.Globalization;
using System.Net.Sockets;

namespace Copilot.Web.Hosting;

/// <summary>Whether the doors can be opened, asked before the database is touched.</summary>
internal static class PortCheck
{
    /// <exception cref="StartRefusedException">One cannot; it says which and what to do.</exception>
    public static void Run(LaunchOptions launch)
    {
        foreach (var door in launch.Doors())
        {
            using var probe = new Socket(door.Address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                probe.Bind(new System.Net.IPEndPoint(door.Address, door.Port));
                probe.Listen(1);
            }
            catch (SocketException failure)
            {
                throw new StartRefusedException(Said(door, launch, failure));
            }
        }
    }

    private static string Said(Door door, LaunchOptions launch, SocketException failure)
    {
        var port = door.Port.ToString(CultureInfo.InvariantCulture);
        return failure.SocketErrorCode switch
        {
            SocketError.AddressAlreadyInUse =>
                $"Port {port} on {door.Address} is taken{(launch.Port is { } main && main != door.Port ? " (OTLP/gRPC goes there)" : "")}: "
                    + $"end what listens there (ss -ltnp 'sport = :{port}' shows it), or choose another port with --port N.",
            SocketError.AddressNotAvailable => $"{door.Address} is no address of this machine: --listen takes one that it has.",
            SocketError.AccessDenied => $"This user may not open port {port}: choose one above 1023 with --port N.",
            _ => $"Port {port} on {door.Address} cannot be opened: {failure.Message}",
        };
    }
}

/// <summary>The app does not start; the message says why and what to do.</summary>
internal sealed class StartRefusedException(string message) : Exception(message);
