using System.Text.Json;
using Copilot.Ownership.Catalog;
using Copilot.Ownership.Owners;
using Copilot.Ownership.Readers;

namespace Copilot.Ownership.Tests.Owners;

/// <summary>A recorded world's catalogue, runbooks and truth.</summary>
internal sealed class World
{
    private World(string folder)
    {
        var files = Directory
            .EnumerateFiles(Path.Combine(folder, "catalog"))
            .Concat(Directory.EnumerateFiles(Path.Combine(folder, "runbooks")))
            .Order(StringComparer.Ordinal)
            .Select(path => new CatalogFile(Path.GetRelativePath(folder, path), File.ReadAllText(path)))
            .ToArray();
        Files = files;
        Contents = [.. files.Select(CatalogReader.Read)];
        Owners = new OwnershipSnapshot(Contents, []);
        Runbooks = [.. Contents.Select(content => content.Runbook).OfType<Runbook>()];
        Truth = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "truth.json"))).RootElement;
    }

    public IReadOnlyList<CatalogFile> Files { get; }

    public IReadOnlyList<CatalogContent> Contents { get; }

    public OwnershipSnapshot Owners { get; }

    public IReadOnlyList<Runbook> Runbooks { get; }

    public JsonElement Truth { get; }

    public static World Open(string name) => new(Material.Get($"shared/worlds/{name}"));
}
