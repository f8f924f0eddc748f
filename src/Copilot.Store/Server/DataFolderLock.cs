using System.Diagnostics;
using System.Globalization;

namespace Copilot.Store.Server;

/// <summary>One copilot a data folder: a lock that the kernel lets go of when its holder dies, however it dies.</summary>
internal sealed class DataFolderLock : IDisposable
{
    /// <summary>How long what a killed copilot left behind may take to be stopped.</summary>
    private static readonly TimeSpan Stopping = TimeSpan.FromSeconds(90);

    private readonly FileStream _file;

    private DataFolderLock(FileStream file) => this._file = file;

    public static string PathIn(string folder) => Path.Combine(folder, "copilot.lock");

    /// <exception cref="StoreException">Another copilot has it; the message says which process that is.</exception>
    public static async Task<DataFolderLock> TakeAsync(string folder, TimeProvider time, CancellationToken cancellationToken)
    {
        var (path, deadline) = (PathIn(folder), time.GetUtcNow() + Stopping);
        while (true)
        {
            try
            {
                var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
                file.SetLength(0);
                await using (var writer = new StreamWriter(file, leaveOpen: true))
                    await writer.WriteAsync(Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
                return new DataFolderLock(file);
            }
            catch (IOException failure)
            {
                var holder = await HolderAsync(path, cancellationToken);
                // The guard of one that was killed holds it while it stops the server.
                if (holder is { } gone && !Runs(gone) && time.GetUtcNow() < deadline)
                {
                    await Task.Delay(TimeSpan.FromMilliseconds(100), time, cancellationToken);
                    continue;
                }

                var who = holder is { } process ? $" (process {process.ToString(CultureInfo.InvariantCulture)})" : "";
                throw new StoreException(
                    $"Another copilot{who} uses the data folder {folder}. Stop it, or choose another folder with --data or "
                        + "Store__DataFolder.",
                    failure
                );
            }
            catch (UnauthorizedAccessException failure)
            {
                throw new StoreException(
                    $"{path} belongs to another user: {failure.Message} Start the copilot as the user who made this data folder.",
                    failure
                );
            }
        }
    }

    public void Dispose() => _file.Dispose();

    /// <summary>Read by a program of the system's: opened here, the file would have to be locked too.</summary>
    private static async Task<int?> HolderAsync(string path, CancellationToken cancellationToken)
    {
        var read = await ServerCommand.RunAsync("cat", [path], TimeSpan.FromSeconds(10), cancellationToken);
        return int.TryParse(read.Output, NumberStyles.None, CultureInfo.InvariantCulture, out var process) ? process : null;
    }

    private static bool Runs(int process)
    {
        try
        {
            using var found = Process.GetProcessById(process);
            return !found.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
