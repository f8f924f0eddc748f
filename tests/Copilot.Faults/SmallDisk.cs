using System.Diagnostics;

namespace Copilot.Faults;

/// <summary>A small file system in memory that can be filled up; mounting one needs root.</summary>
internal sealed class SmallDisk : IDisposable
{
    private SmallDisk(string folder) => Folder = folder;

    public string Folder { get; }

    private string Ballast => Path.Combine(Folder, "ballast");

    /// <summary>Null where mounting is not allowed.</summary>
    public static SmallDisk? TryMount(int megabytes)
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess)
            return null;
        var folder = Directory.CreateTempSubdirectory("copilot-disk-").FullName;
        using var mount = Process.Start(
            new ProcessStartInfo("mount", ["-t", "tmpfs", "-o", $"size={megabytes}m", "tmpfs", folder]) { RedirectStandardError = true }
        )!;
        mount.WaitForExit();
        if (mount.ExitCode == 0)
            return new SmallDisk(folder);
        Directory.Delete(folder);
        return null;
    }

    /// <summary>Writes until nothing more fits.</summary>
    public void Fill()
    {
        var block = new byte[64 * 1024];
        using var file = new FileStream(Ballast, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        try
        {
            while (true)
                file.Write(block);
        }
        catch (IOException)
        {
            // Full, as wanted.
        }
    }

    public void Empty() => File.Delete(Ballast);

    public void Dispose()
    {
        using var unmount = Process.Start("umount", ["-l", Folder]);
        unmount.WaitForExit();
        Directory.Delete(Folder);
    }
}
