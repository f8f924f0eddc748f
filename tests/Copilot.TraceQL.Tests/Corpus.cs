using System.Text.Json;

namespace Copilot.TraceQL.Tests;

/// <summary>Reads the shared query corpora.</summary>
internal static class Corpus
{
    private const string Folder = "shared/fixtures/traceql";

    public static bool IsPresent => Material.Find(Folder) is not null;

    public static string Read(string file) => File.ReadAllText(Material.Get($"{Folder}/{file}"));

    public static IEnumerable<JsonElement> Lines(string file) =>
        Read(file).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonDocument.Parse(l).RootElement);

    public static IEnumerable<JsonElement> Items(string file) => JsonDocument.Parse(Read(file)).RootElement.EnumerateArray();
}
