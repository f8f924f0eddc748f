using System.Globalization;

namespace Copilot.Store.Server;

/// <summary>One copilot a data folder: a lock that the kernel lets go of when its holder dies, however it dies.</summary>
internal sealed class DataFolderLock : IDisposable
{
    private readonly FileStream _file;

    private DataFolderLock(FileStream file) => this._file = file;

    public static DataFolderLock Take(string folder)
    {
        var path = Path.Combine(folder, "copilot.lock");
        try
        {
            var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            file.SetLength(0);
            using (var writer = new StreamWriter(file, leaveOpen: true))
                writer.Write(Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
            return new DataFolderLock(file);
        }
        catch (IOException failure)
        {
            throw new StoreException(
                $"Another copilot uses the data folder {folder}. Stop it, or choose another folder (Store:DataFolder, "
                    + "deploy/run.sh --data).",
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

    public void Dispose() => _file.Dispose();
}
