namespace Copilot.Benchmarks;

/// <summary>Where a measured store lies: a folder that is gone afterwards, unless it is to be kept.</summary>
internal sealed class StoreFolder : IDisposable
{
    /// <summary>What the managed server makes in its data folder first.</summary>
    private const string Lock = "copilot.lock";

    private readonly bool _keep;

    /// <param name="folder">Null: a new temporary one.</param>
    /// <param name="keep">Whether it stays.</param>
    public StoreFolder(string? folder, bool keep)
    {
        _keep = keep;
        Path = folder is null ? Directory.CreateTempSubdirectory("copilot-bench-").FullName : Directory.CreateDirectory(folder).FullName;
    }

    public string Path { get; }

    /// <summary>
    /// Why a folder cannot be used; null where it can. What is deleted in the end must have been a store, or nothing, in the beginning.
    /// </summary>
    public static string? Refusal(string? folder, bool keep) =>
        !keep
        && Directory.Exists(folder)
        && Directory.EnumerateFileSystemEntries(folder).Any()
        && !File.Exists(System.IO.Path.Combine(folder, Lock))
            ? $"{folder} holds files that are no store, and would be deleted in the end: name another folder, or add --keep."
            : null;

    public void Dispose()
    {
        if (!_keep)
            Directory.Delete(Path, recursive: true);
    }
}
