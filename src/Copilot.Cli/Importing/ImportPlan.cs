namespace Copilot.Cli.Importing;

/// <summary>Which files the named paths lead to, in a stable order: catalogue, changes, telemetry.</summary>
internal static class ImportPlan
{
    private const int SniffedLength = 8192;

    private static readonly string[] TelemetryMembers = ["\"resourceSpans\"", "\"resourceLogs\"", "\"resourceMetrics\"", "\"traceID\""];

    /// <exception cref="ImportException">A path is not there, or a single file is of no known kind.</exception>
    /// <param name="skipped">Takes the files of the folders of which nothing is known that could be imported.</param>
    public static IReadOnlyList<ImportFile> Find(IEnumerable<string> paths, ICollection<string>? skipped = null)
    {
        var files = new List<ImportFile>();
        foreach (var path in paths)
        {
            if (Directory.Exists(path))
                files.AddRange(InFolder(path, skipped ?? []));
            else if (File.Exists(path))
                files.Add(Single(path));
            else
                throw new ImportException($"{path}: there is no such file or folder.");
        }

        return
        [
            .. files
                .DistinctBy(file => Path.GetFullPath(file.Path))
                .OrderByDescending(file => file.Kind)
                .ThenBy(file => file.Name, StringComparer.Ordinal),
        ];
    }

    private static IEnumerable<ImportFile> InFolder(string folder, ICollection<string> skipped)
    {
        foreach (var path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            var name = Path.GetRelativePath(folder, path).Replace('\\', '/');
            // A folder that is itself called catalog or runbooks counts as one.
            var rooted = Above(folder) + name;
            if (name.Split('/').Any(part => part.StartsWith('.') && part is not (".github" or ".gitlab")))
                continue;
            if (Telemetry(path))
                yield return new ImportFile(path, name, ImportFileKind.Telemetry);
            else if (Path.GetFileName(path) == "changes.jsonl")
                yield return new ImportFile(path, name, ImportFileKind.Changes);
            else if (Under("catalog", rooted))
                yield return new ImportFile(path, rooted, ImportFileKind.Catalogue);
            else if (Under("runbooks", rooted) && path.EndsWith(".md", StringComparison.OrdinalIgnoreCase))
                yield return new ImportFile(path, rooted, ImportFileKind.Catalogue);
            else if (IsOfCatalogue(Path.GetFileName(path)))
                yield return new ImportFile(path, rooted, ImportFileKind.Catalogue);
            else if (path.EndsWith(".json", StringComparison.OrdinalIgnoreCase) && HoldsTelemetry(path))
                yield return new ImportFile(path, name, ImportFileKind.Traces);
            else
                skipped.Add(name);
        }
    }

    /// <summary>Files that have their names from others, wherever they lie.</summary>
    private static bool IsOfCatalogue(string name) =>
        name is "CODEOWNERS" or "catalog-info.yaml" or "catalog-info.yml"
        || (name.EndsWith(".json", StringComparison.OrdinalIgnoreCase) && name.Contains("oncall", StringComparison.OrdinalIgnoreCase));

    /// <summary>What a document begins with tells OTLP's, Jaeger's and Zipkin's from all other JSON.</summary>
    private static bool HoldsTelemetry(string path)
    {
        var first = new char[SniffedLength];
        int length;
        try
        {
            using var reader = new StreamReader(path);
            length = reader.ReadBlock(first);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // That it cannot be read is told when it is sent.
            return true;
        }

        var text = new string(first, 0, length).TrimStart();
        return text.StartsWith('[')
            ? text.Contains("\"traceId\"", StringComparison.Ordinal)
            : TelemetryMembers.Any(member => text.Contains(member, StringComparison.Ordinal));
    }

    private static ImportFile Single(string path)
    {
        var name = Path.GetFileName(path);
        if (Telemetry(path) || name.EndsWith(".jsonl.gz", StringComparison.OrdinalIgnoreCase))
            return new ImportFile(path, name, ImportFileKind.Telemetry);
        if (name.Contains("changes", StringComparison.OrdinalIgnoreCase) && name.EndsWith(".jsonl", StringComparison.OrdinalIgnoreCase))
            return new ImportFile(path, name, ImportFileKind.Changes);
        return Path.GetExtension(name).ToLowerInvariant() switch
        {
            ".jsonl" => new ImportFile(path, name, ImportFileKind.Telemetry),
            ".md" => new ImportFile(path, Named(path, "runbooks"), ImportFileKind.Catalogue),
            ".yaml" or ".yml" => new ImportFile(path, Named(path, "catalog"), ImportFileKind.Catalogue),
            ".json" when name.Contains("oncall", StringComparison.OrdinalIgnoreCase) => new ImportFile(
                path,
                Named(path, "catalog"),
                ImportFileKind.Catalogue
            ),
            ".json" => new ImportFile(path, name, ImportFileKind.Traces),
            _ when name == "CODEOWNERS" => new ImportFile(path, Named(path, "catalog"), ImportFileKind.Catalogue),
            _ => throw new ImportException(
                $"{path}: not known what this is. Importable are *.otlp.jsonl and *.otlp.jsonl.gz, *.json (OTLP, "
                    + "Jaeger, Zipkin), changes.jsonl, "
                    + "*.yaml, CODEOWNERS, oncall.json and *.md."
            ),
        };
    }

    private static bool Telemetry(string path) =>
        path.EndsWith(".otlp.jsonl.gz", StringComparison.OrdinalIgnoreCase)
        || path.EndsWith(".otlp.jsonl", StringComparison.OrdinalIgnoreCase);

    private static bool Under(string folder, string name) => name.Split('/').SkipLast(1).Contains(folder, StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// What a file of the catalogue is called, from the folder on that holds its catalogue: two catalogues that are imported one after the
    /// other must not take each other's place.
    /// </summary>
    private static string Named(string path, string folder)
    {
        var above = Above(Path.GetDirectoryName(Path.GetFullPath(path))!);
        return above + (Under(folder, above + "x") ? "" : folder + "/") + Path.GetFileName(path);
    }

    /// <summary>A folder's name, with "/"; with that of the one above it where it only says what it holds.</summary>
    private static string Above(string folder)
    {
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        var name = Path.GetFileName(full);
        if (name.Length == 0)
            return "";
        var holder = Path.GetFileName(Path.GetDirectoryName(full)) ?? "";
        return name is "catalog" or "runbooks" or ".github" or ".gitlab" or "docs" && holder.Length > 0 ? $"{holder}/{name}/" : name + "/";
    }
}

/// <summary>A file to import.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Name">How it is called in the copilot: its path within the folder that was named.</param>
internal sealed record ImportFile(string Path, string Name, ImportFileKind Kind)
{
    public long Length { get; } = new FileInfo(Path).Length;
}

/// <summary>What a file holds, as far as its name tells.</summary>
internal enum ImportFileKind
{
    /// <summary>Lines of OTLP JSON, one export request each, perhaps in gzip.</summary>
    Telemetry,

    /// <summary>One JSON document: OTLP, or Jaeger's or Zipkin's traces.</summary>
    Traces,

    /// <summary>Lines of changes.</summary>
    Changes,

    /// <summary>Part of the catalogue, or a runbook.</summary>
    Catalogue,
}
