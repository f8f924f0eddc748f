using System.Globalization;

namespace Copilot.Store.Server;

/// <summary>What <c>postmaster.pid</c> says of a server that runs, or ran, on a data folder.</summary>
internal sealed record PostmasterFile(int ProcessId, int Port, string SocketFolder)
{
    public static PostmasterFile? Read(string clusterFolder)
    {
        string[] lines;
        try
        {
            lines = File.ReadAllLines(PathIn(clusterFolder));
        }
        catch (Exception failure) when (failure is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }

        // Line 1 the process, 4 the port, 5 the socket's folder; the later lines are missing while the server starts.
        return lines.Length > 0 && int.TryParse(lines[0], NumberStyles.None, CultureInfo.InvariantCulture, out var process)
            ? new PostmasterFile(
                process,
                lines.Length > 3 && int.TryParse(lines[3], NumberStyles.None, CultureInfo.InvariantCulture, out var port) ? port : 0,
                lines.Length > 4 ? lines[4] : ""
            )
            : null;
    }

    public static string PathIn(string clusterFolder) => Path.Combine(clusterFolder, "postmaster.pid");

    /// <summary>
    /// Whether that process is a server on this folder. After a reboot the number may belong to anyone,
    /// and a server changes into its data folder as it starts.
    /// </summary>
    public bool Runs(string clusterFolder)
    {
        if (!Directory.Exists("/proc/self"))
            return IsAlive();
        var folder = new DirectoryInfo($"/proc/{ProcessId.ToString(CultureInfo.InvariantCulture)}/cwd");
        try
        {
            return folder.ResolveLinkTarget(returnFinalTarget: false)?.FullName is { } at
                && Path.TrimEndingDirectorySeparator(at) == RealPath(clusterFolder);
        }
        catch (IOException)
        {
            return false;
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
    }

    private bool IsAlive()
    {
        try
        {
            using var process = System.Diagnostics.Process.GetProcessById(ProcessId);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    /// <summary>The path with every link on the way resolved, as the kernel reports a working folder.</summary>
    private static string RealPath(string folder)
    {
        var at = Path.GetPathRoot(folder)!;
        foreach (var part in folder[at.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries))
        {
            var next = new DirectoryInfo(Path.Combine(at, part));
            at = next.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? next.FullName;
        }

        return Path.TrimEndingDirectorySeparator(at);
    }
}

/// <summary>A process of the managed server, as the operating system sees it.</summary>
internal static class BackendProcess
{
    private static readonly TimeSpan _limit = TimeSpan.FromSeconds(10);

    /// <summary>Whether it is there and is a child of that server: by now the number may be anybody's.</summary>
    public static async Task<bool> BelongsAsync(int process, int? server) =>
        server is not null && await ParentAsync(process) == Text(server.Value);

    public static Task SignalAsync(string name, int process) =>
        ServerCommand.RunAsync("sh", ["-c", "kill -s \"$1\" \"$2\"", "sh", name, Text(process)], _limit, CancellationToken.None);

    private static async Task<string?> ParentAsync(int process)
    {
        if (!Directory.Exists("/proc/self"))
            return (await ServerCommand.RunAsync("ps", ["-o", "ppid=", "-p", Text(process)], _limit, CancellationToken.None)).Output;
        try
        {
            // After the name, which is in brackets and may hold anything: the state, the parent, …
            var stat = await File.ReadAllTextAsync($"/proc/{Text(process)}/stat");
            return stat[(stat.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[1];
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
