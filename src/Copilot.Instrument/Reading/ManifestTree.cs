using System.Text;
using Copilot.Instrument.Workloads;

namespace Copilot.Instrument.Reading;

/// <summary>
/// The files below one root. Links are not followed: what a tree of manifests points to elsewhere is neither read nor written, whatever
/// a path in a manifest says; paths are always relative to the root, with forward slashes.
/// </summary>
public sealed class ManifestTree
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static readonly HashSet<string> Skipped =
    [
        ".git",
        ".hg",
        ".svn",
        "node_modules",
        "bin",
        "obj",
        ".terraform",
        ".idea",
        ".vs",
        ".copilot",
    ];
    private readonly SortedSet<string> _files = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);

    private ManifestTree(string root) => Root = root;

    /// <summary>The full path of the folder, with every link on the way to it resolved.</summary>
    public string Root { get; }

    public IReadOnlyCollection<string> Files => _files;

    public List<ScanNote> Notes { get; } = [];

    /// <summary>Reads the names below a folder, or takes a single file with its folder as root.</summary>
    /// <exception cref="FileNotFoundException">Nothing is there.</exception>
    public static ManifestTree Open(string path)
    {
        var full = Path.GetFullPath(path);
        if (File.Exists(full))
        {
            var alone = new ManifestTree(Real(Path.GetDirectoryName(full)!));
            if (IsLink(new FileInfo(full)))
                alone.Notes.Add(new ScanNote(Path.GetFileName(full), null, "is a link; links are not followed."));
            else
                alone._files.Add(Path.GetFileName(full));
            return alone;
        }

        if (!Directory.Exists(full))
            throw new FileNotFoundException($"{path}: there is no such file or folder.");
        var tree = new ManifestTree(Real(full));
        tree.Walk(new DirectoryInfo(tree.Root), "");
        return tree;
    }

    public bool Has(string file) => _files.Contains(file);

    /// <summary>A path that a manifest names, below the root; null where it leads outside or nothing is there.</summary>
    public static string? Below(string folder, string named)
    {
        var parts = new List<string>();
        if (named.StartsWith('/') || named.Contains('\\') || named.Contains('\0'))
            return null;
        foreach (var part in (folder + "/" + named).Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (part == ".")
                continue;
            if (part != "..")
                parts.Add(part);
            else if (parts.Count == 0)
                return null;
            else
                parts.RemoveAt(parts.Count - 1);
        }

        return string.Join('/', parts);
    }

    public static string FolderOf(string file) => file.LastIndexOf('/') is var at and >= 0 ? file[..at] : "";

    /// <summary>The text of a file, byte for byte (a byte order mark stays its first character); null, with a note, where it is
    /// none.</summary>
    public string? Read(string file)
    {
        if (_texts.TryGetValue(file, out var known))
            return known;
        if (!_files.Contains(file))
            return null;
        try
        {
            var info = new FileInfo(FullPath(file));
            if (info.Length > InstrumentThresholds.LargestFileBytes)
                return Unread($"is larger than {InstrumentThresholds.LargestFileBytes / 1_000_000} MB and was not read.");
            return _texts[file] = Strict.GetString(File.ReadAllBytes(info.FullName));
        }
        catch (ArgumentException)
        {
            return Unread("is no UTF-8 text and was not read.");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return Unread($"could not be read: {failure.Message}");
        }

        string? Unread(string why)
        {
            Notes.Add(new ScanNote(file, null, why));
            _files.Remove(file);
            return null;
        }
    }

    public string FullPath(string file) => Path.Combine(Root, file.Replace('/', Path.DirectorySeparatorChar));

    private void Walk(DirectoryInfo folder, string below)
    {
        FileSystemInfo[] entries;
        try
        {
            entries = folder.GetFileSystemInfos();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            Notes.Add(new ScanNote(below.Length == 0 ? "." : below, null, $"could not be read: {failure.Message}"));
            return;
        }

        foreach (var entry in entries)
        {
            var path = below.Length == 0 ? entry.Name : $"{below}/{entry.Name}";
            if (IsLink(entry))
                Notes.Add(new ScanNote(path, null, "is a link; links are not followed."));
            else if (entry is DirectoryInfo inner)
            {
                if (!Skipped.Contains(inner.Name))
                    Walk(inner, path);
            }
            else
                _files.Add(path);
        }
    }

    private static bool IsLink(FileSystemInfo entry) =>
        entry.LinkTarget is not null || entry.Attributes.HasFlag(FileAttributes.ReparsePoint);

    private static string Real(string folder) =>
        new DirectoryInfo(folder).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? Path.TrimEndingDirectorySeparator(folder);
}
