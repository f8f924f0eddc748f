using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace Copilot.Store.Server;

/// <summary>
/// Stops the managed server when the app is gone without having done so: killed, or out of memory. It is a shell that waits for the end
/// of a pipe which the app holds, then gives a next app a moment to take the server over, and stops it where none came.
/// </summary>
internal sealed class ServerGuard : IDisposable
{
    /// <summary>For a supervisor that starts the app again: taking over is quicker than a stop and a start.</summary>
    private const int SecondsToTakeOver = 10;

    private const string Script = """
        trap '' INT TERM HUP
        exec >/dev/null 2>&1
        read -r _
        sleep "$1"
        shift
        exec "$@"
        """;

    private static readonly string[] Places = ["/usr/bin", "/bin"];

    private readonly Process _shell;

    private ServerGuard(Process shell) => this._shell = shell;

    /// <summary>Null where the system has no programs for it; then a server that outlives its app waits for the next start.</summary>
    /// <param name="lockFile">Whoever holds it looks after the server.</param>
    /// <param name="stop">What stops the server.</param>
    public static ServerGuard? Start(string lockFile, IEnumerable<string> stop)
    {
        if (Find("setsid") is not { } setsid || Find("flock") is not { } flock)
            return null;
        var start = new ProcessStartInfo(
            setsid,
            [
                "/bin/sh",
                "-c",
                Script,
                "copilot-guard",
                SecondsToTakeOver.ToString(CultureInfo.InvariantCulture),
                flock,
                "--nonblock",
                lockFile,
                .. stop,
            ]
        )
        {
            RedirectStandardInput = true,
            WorkingDirectory = "/",
        };
        try
        {
            return new ServerGuard(Process.Start(start)!);
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    /// <summary>The app has stopped the server, or leaves it to another: there is nothing to look after any more.</summary>
    public void Dispose()
    {
        try
        {
            _shell.Kill();
        }
        catch (InvalidOperationException)
        {
            // It is gone already.
        }

        _shell.Dispose();
    }

    private static string? Find(string program) => Places.Select(place => Path.Combine(place, program)).FirstOrDefault(File.Exists);
}
