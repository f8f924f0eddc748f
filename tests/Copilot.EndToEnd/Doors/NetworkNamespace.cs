using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Xunit;

namespace Copilot.EndToEnd.Doors;

/// <summary>A network of a process's own with an address that is not loopback: what comes from there is another machine to it.</summary>
internal static class NetworkNamespace
{
    public const string Address = "10.9.9.9";

    /// <summary>Gives the network its addresses; what follows runs in it.</summary>
    public const string Setup = $"ip link set lo up && ip address add {Address}/32 dev lo && ";

    private const int CloneNewNet = 0x40000000;

    /// <summary>Why none can be made here; null where it can.</summary>
    public static string? Missing { get; } = Try();

    /// <summary>Connects from within the network of a process. The thread that goes there does not come back.</summary>
    public static Task<Stream> ConnectAsync(int process, int port)
    {
        var connected = new TaskCompletionSource<Stream>(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(() =>
        {
            try
            {
                // Until it has left ours, what is sent to its address would go out into the real network.
                if (NetworkOf(process.ToString(CultureInfo.InvariantCulture)) == NetworkOf("self"))
                    throw new InvalidOperationException($"Process {process} has no network of its own yet.");
                using var network = File.OpenHandle($"/proc/{process}/ns/net");
                if (SetNamespace((int)network.DangerousGetHandle(), CloneNewNet) != 0)
                {
                    throw new InvalidOperationException(
                        $"The network of process {process} cannot be entered: error {Marshal.GetLastPInvokeError()}."
                    );
                }

                var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                socket.Connect(new IPEndPoint(IPAddress.Parse(Address), port));
                connected.SetResult(new NetworkStream(socket, ownsSocket: true));
            }
            catch (Exception e) when (e is SocketException or IOException or InvalidOperationException)
            {
                connected.SetException(e);
            }
        })
        {
            IsBackground = true,
        }.Start();
        return connected.Task;
    }

    private static string? NetworkOf(string process) => new FileInfo($"/proc/{process}/ns/net").LinkTarget;

    private static string? Try()
    {
        try
        {
            var start = new ProcessStartInfo("unshare", ["--net", "--", "sh", "-c", Setup + "true"]) { RedirectStandardError = true };
            using var process = Process.Start(start)!;
            var error = process.StandardError.ReadToEnd().Trim();
            process.WaitForExit();
            return process.ExitCode == 0 ? null : $"no network namespace can be made here: {error}";
        }
        catch (System.ComponentModel.Win32Exception missing)
        {
            return $"no network namespace can be made here: {missing.Message}";
        }
    }

    [DllImport("libc", EntryPoint = "setns", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetNamespace(int file, int kind);
}

/// <summary>A test that needs a network of its own; skipped, with the reason, where none can be made.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class NamespaceFactAttribute : FactAttribute
{
    public NamespaceFactAttribute() => Skip = NetworkNamespace.Missing;
}
