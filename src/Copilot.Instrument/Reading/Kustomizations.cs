using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Copilot.Instrument.Reading;

/// <summary>What kustomizations say of the files below them: which are patches, and into which namespace resources go.</summary>
internal sealed class Kustomizations
{
    private static readonly string[] Names = ["kustomization.yaml", "kustomization.yml", "Kustomization"];
    private readonly HashSet<string> _patches = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _lists = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HashSet<string>> _namespaces = new(StringComparer.Ordinal);

    public static bool Claims(string file) => Names.Contains(file[(file.LastIndexOf('/') + 1)..]);

    public static Kustomizations Read(ManifestTree tree)
    {
        var found = new Kustomizations();
        foreach (var file in tree.Files.Where(Claims).ToList())
        {
            try
            {
                foreach (var document in ManifestYaml.Read(tree.Read(file) ?? ""))
                    found.Add(tree, file, document);
            }
            catch (YamlException)
            {
                // What is wrong with it is told where all files are read.
            }
        }

        return found;
    }

    /// <summary>Whether a file only changes what another describes.</summary>
    public bool IsPatch(string file) => _patches.Contains(file);

    /// <summary>The one namespace that kustomizations put a file's objects into; null where there is none or more than one.</summary>
    public string? NamespaceOf(string file) => _namespaces.GetValueOrDefault(file) is { Count: 1 } one ? one.First() : null;

    /// <summary>The kustomization that lists a file among its resources; null where none does.</summary>
    public string? ListOf(string file) => _lists.GetValueOrDefault(file);

    private void Add(ManifestTree tree, string file, YamlNode document)
    {
        var folder = ManifestTree.FolderOf(file);
        var patches = document
            .Child("patchesStrategicMerge")
            .Texts()
            .Concat(
                document.Child("patches").Items().Concat(document.Child("patchesJson6902").Items()).Select(patch => patch.Text("path"))
            );
        foreach (var patch in patches.OfType<string>().Select(named => ManifestTree.Below(folder, named)).OfType<string>())
            _patches.Add(patch);
        foreach (var resource in document.Child("resources").Texts().Select(named => ManifestTree.Below(folder, named)).OfType<string>())
            _lists.TryAdd(resource, file);
        if (document.Text("namespace") is not { } name)
            return;
        foreach (var named in document.Child("resources").Texts().Concat(document.Child("bases").Texts()))
        {
            if (ManifestTree.Below(folder, named) is not { } path)
                continue;
            foreach (var resource in tree.Files.Where(f => f == path || f.StartsWith(path + "/", StringComparison.Ordinal)))
            {
                if (!_namespaces.TryGetValue(resource, out var names))
                    _namespaces[resource] = names = new HashSet<string>(StringComparer.Ordinal);
                names.Add(name);
            }
        }
    }
}
