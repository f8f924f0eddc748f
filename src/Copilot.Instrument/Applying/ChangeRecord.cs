using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Copilot.Instrument.Editing;

namespace Copilot.Instrument.Applying;

/// <summary>One file as an apply changed it: enough to undo it to the byte, and to say who did it when.</summary>
public sealed record ChangedFile
{
    /// <summary>Below the root, with forward slashes.</summary>
    public required string File { get; init; }

    public required DateTimeOffset At { get; init; }

    public required string By { get; init; }

    public int? Wave { get; init; }

    public IReadOnlyList<string> Workloads { get; init; } = [];

    /// <summary>The digest of the file before; null where there was none.</summary>
    public string? Before { get; init; }

    public required string After { get; init; }

    public required IReadOnlyList<TextEdit> Edits { get; init; }
}

/// <summary>The record of a tree's changes, a line a file, kept below the root so that it is committed with what it can undo.</summary>
public sealed class ChangeRecord(string root)
{
    public const string Folder = ".copilot";
    private const string Name = "instrument.jsonl";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private string Path => System.IO.Path.Combine(root, Folder, Name);

    /// <summary>The changes in the order in which they were made.</summary>
    /// <exception cref="InvalidDataException">A line is no change; nothing can be undone by it.</exception>
    public IReadOnlyList<ChangedFile> Read()
    {
        if (!File.Exists(Path) || IsLink())
            return [];
        var changes = new List<ChangedFile>();
        foreach (var (index, line) in File.ReadLines(Path).Index())
        {
            try
            {
                if (line.Trim().Length > 0)
                    changes.Add(JsonSerializer.Deserialize<ChangedFile>(line, Json) ?? throw new JsonException());
            }
            catch (JsonException)
            {
                throw new InvalidDataException($"{Path}:{index + 1}: is no record of a change; restore the file to undo by it.");
            }
        }

        return changes;
    }

    public void Add(IEnumerable<ChangedFile> changes) => Write([.. Read(), .. changes]);

    /// <summary>Writes what is left; an empty record leaves no file behind.</summary>
    public void Write(IReadOnlyList<ChangedFile> changes)
    {
        var folder = System.IO.Path.Combine(root, Folder);
        if (IsLink())
            throw new InvalidDataException($"{folder}: is a link; nothing is written through it.");
        if (changes.Count > 0)
        {
            Directory.CreateDirectory(folder);
            SafeFile.Write(Path, string.Concat(changes.Select(change => JsonSerializer.Serialize(change, Json) + "\n")));
            return;
        }

        if (File.Exists(Path))
            File.Delete(Path);
        if (Directory.Exists(folder) && !Directory.EnumerateFileSystemEntries(folder).Any())
            Directory.Delete(folder);
    }

    public static string Digest(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private bool IsLink() =>
        new DirectoryInfo(System.IO.Path.Combine(root, Folder)).LinkTarget is not null || new FileInfo(Path).LinkTarget is not null;
}
