using Copilot.Ownership.Catalog;

namespace Copilot.Ownership.Sources;

/// <summary>A folder or Git checkout. Of YAML and JSON only what is a catalogue's or on-call data is taken; the rest of a repository is not
/// ours.</summary>
internal sealed class FolderSource(string folder) : ICatalogSource
{
    private const int MostFiles = 5000;
    private const long LargestFile = 3 * 1024 * 1024;

    private static readonly string[] OnCallSigns =
    [
        "\"oncalls\"",
        "\"rendered_schedule_entries\"",
        "\"onCallParticipants\"",
        "\"onCallRecipients\"",
    ];

    private static readonly HashSet<string> NoRunbooks = new(StringComparer.OrdinalIgnoreCase)
    {
        "README",
        "CHANGELOG",
        "CONTRIBUTING",
        "LICENSE",
        "CODE_OF_CONDUCT",
        "SECURITY",
        "SOURCES",
    };

    public string Name { get; } = "folder " + Path.TrimEndingDirectorySeparator(folder);

    public string Kind => "folder";

    public string Place => folder;

    public async Task<IReadOnlyList<CatalogFile>> ReadAsync(CancellationToken cancellationToken)
    {
        if (!Directory.Exists(folder))
            throw new CatalogSourceException($"The folder {folder} is not there, or may not be read.");
        try
        {
            var files = new List<CatalogFile>();
            var options = new EnumerationOptions
            {
                RecurseSubdirectories = true,
                IgnoreInaccessible = true,
                AttributesToSkip = FileAttributes.ReparsePoint,
            };
            foreach (var path in Directory.EnumerateFiles(folder, "*", options).Where(IsWanted).Order(StringComparer.Ordinal))
            {
                if (files.Count == MostFiles)
                    throw new CatalogSourceException(
                        $"The folder {folder} holds more than {MostFiles} catalogue files; name a narrower one."
                    );
                var content = await File.ReadAllTextAsync(path, cancellationToken);
                if (IsOurs(path, content))
                    files.Add(
                        new CatalogFile($"{Name}/{Path.GetRelativePath(folder, path).Replace(Path.DirectorySeparatorChar, '/')}", content)
                    );
            }

            return files;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CatalogSourceException($"The folder {folder} cannot be read: {e.Message}", e);
        }
    }

    private bool IsWanted(string path)
    {
        var inside = Path.GetRelativePath(folder, path).Split(Path.DirectorySeparatorChar);
        if (inside.Any(part => part is ".git" or "node_modules"))
            return false;
        var name = inside[^1];
        return (
                name.Equals("CODEOWNERS", StringComparison.OrdinalIgnoreCase)
                || Path.GetExtension(name).ToLowerInvariant() switch
                {
                    ".yaml" or ".yml" or ".json" => true,
                    ".md" or ".markdown" => !NoRunbooks.Contains(Path.GetFileNameWithoutExtension(name)),
                    _ => false,
                }
            )
            && new FileInfo(path).Length <= LargestFile;
    }

    private static bool IsOurs(string path, string content) =>
        Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".yaml" or ".yml" => content.Contains("backstage.io/", StringComparison.Ordinal),
            ".json" => content.Contains("backstage.io/", StringComparison.Ordinal)
                || OnCallSigns.Any(sign => content.Contains(sign, StringComparison.Ordinal)),
            _ => true,
        };
}
