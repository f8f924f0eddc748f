using System.Runtime.InteropServices;

namespace Copilot.Store.Server;

/// <summary>What the copilot keeps is for its user alone, whoever started it and however.</summary>
public static class PrivateFolder
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const int GroupAndOthers = 0b000_111_111;

    private static readonly string[] Own = ["copilot.lock", "postgres", "postgres.new", "postgres.secret", "postgres.password"];
    private static readonly string[] OwnLogs = ["app.log", "demo.log"];

    /// <summary>From now on what this process and those that it starts make is for their user alone.</summary>
    public static void KeepNewFilesPrivate()
    {
        if (!OperatingSystem.IsWindows())
            _ = SetMask(GroupAndOthers);
    }

    /// <summary>
    /// Makes the folder, or closes one of before. Where the server has a user of its own, that user's group may pass through to what is
    /// its own, and read nothing.
    /// </summary>
    /// <returns>False where it is left as it is, because it holds other things too or belongs to another user.</returns>
    internal static async Task<bool> MakeAsync(string folder, ServerUser user, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        try
        {
            if (!Directory.EnumerateFileSystemEntries(folder).All(IsOwn))
                return false;
            foreach (var file in Directory.EnumerateFiles(folder))
                File.SetUnixFileMode(file, File.GetUnixFileMode(file) & Owner);
            var passes = await user.GiveGroupAsync(folder, cancellationToken);
            File.SetUnixFileMode(folder, passes ? Owner | UnixFileMode.GroupExecute : Owner);
            return true;
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static bool IsOwn(string path) =>
        Own.Contains(Path.GetFileName(path), StringComparer.Ordinal)
        || OwnLogs.Any(log => Path.GetFileName(path).StartsWith(log, StringComparison.Ordinal));

    [DllImport("libc", EntryPoint = "umask")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetMask(int mask);
}
