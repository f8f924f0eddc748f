using System.Text.Json;

namespace Copilot.TraceQL.Tests;

/// <summary>Finds the shared query corpora beside the repository. Tests that need them say so when they are absent.</summary>
internal static class Corpus
{
    private static readonly string? Folder = Find();

    public static bool IsPresent => Folder is not null;

    public static string Read(string file) => File.ReadAllText(Path.Combine(Folder!, file));

    public static IEnumerable<JsonElement> Lines(string file) =>
        Read(file).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonDocument.Parse(l).RootElement);

    public static IEnumerable<JsonElement> Items(string file) => JsonDocument.Parse(Read(file)).RootElement.EnumerateArray();

    private static string? Find()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (!File.Exists(Path.Combine(at.FullName, "Copilot.sln")) || at.Parent is null)
                continue;
            var folder = Path.Combine(at.Parent.FullName, "shared", "fixtures", "traceql");
            return Directory.Exists(folder) ? folder : null;
        }

        return null;
    }
}
