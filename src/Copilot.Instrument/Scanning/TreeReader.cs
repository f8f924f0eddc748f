using Copilot.Instrument.Reading;
using Copilot.Instrument.Workloads;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Copilot.Instrument.Scanning;

/// <summary>Reads the manifests of one tree. A file that cannot be read is told and takes no other with it.</summary>
internal sealed class TreeReader(ManifestTree tree, VariableValues given)
{
    private static readonly string[] Endings = [".yaml", ".yml", ".json"];
    private readonly Kustomizations _kustomizations = Kustomizations.Read(tree);
    private readonly Dictionary<string, VariableValues> _variables = new(StringComparer.Ordinal);

    public List<ManifestWorkload> Workloads { get; } = [];

    public List<KnownInstrumentation> Instrumentations { get; } = [];

    public HashSet<string> CollectorEndpoints { get; } = [];

    public static bool IsManifest(string file) =>
        Endings.Any(ending => file.EndsWith(ending, StringComparison.OrdinalIgnoreCase))
        && !file.EndsWith("package.json", StringComparison.Ordinal);

    public void Read(string file)
    {
        if (tree.Read(file) is not { } text || (file.EndsWith(".json", StringComparison.OrdinalIgnoreCase) && !SaysKind(text)))
            return;
        var isTemplate = HelmTemplates.Claims(tree, file, text);
        try
        {
            var documents = ManifestYaml.Read(isTemplate ? HelmTemplates.Filled(tree, file, text) : text);
            var before = Workloads.Count;
            foreach (var (index, document) in documents.Index())
                Document(document, file, index, isTemplate);
            if (isTemplate && Workloads.Count > before)
                tree.Notes.Add(
                    new ScanNote(file, null, "is a Helm template and left alone: instrument what helm template makes of it, or its values.")
                );
        }
        catch (YamlException failure)
        {
            if (Tells(text, isTemplate))
                tree.Notes.Add(new ScanNote(file, isTemplate ? null : (int)failure.Start.Line, Why(failure, text, isTemplate)));
        }
        catch (ArgumentException failure)
        {
            tree.Notes.Add(new ScanNote(file, null, $"is not valid YAML: {failure.Message}"));
        }
    }

    /// <summary>Templates without a workload (helpers, notes) are nothing to tell anybody about.</summary>
    private static bool Tells(string text, bool isTemplate) => !isTemplate || text.Contains("containers:", StringComparison.Ordinal);

    private static string Why(YamlException failure, string text, bool isTemplate) =>
        isTemplate || text.Contains("{{", StringComparison.Ordinal)
            ? "is a template and no YAML until it is rendered: scan what helm template makes of it."
            : $"is not valid YAML: {Reason(failure)}";

    private static string Reason(YamlException failure) => (failure.InnerException?.Message ?? failure.Message).Split('\n')[0];

    private static bool SaysKind(string text) =>
        text.Contains("\"apiVersion\"", StringComparison.Ordinal) && text.Contains("\"kind\"", StringComparison.Ordinal);

    private void Document(YamlNode document, string file, int index, bool isTemplate)
    {
        if (KubernetesReader.Claims(document))
        {
            foreach (var (node, path) in KubernetesReader.Objects(document))
                Kubernetes(node, file, index, path, isTemplate);
        }
        else if (ComposeReader.Claims(file, document))
            Workloads.AddRange(ComposeReader.Read(document, file, index, VariablesOf(file)));
    }

    private void Kubernetes(YamlNode node, string file, int index, IReadOnlyList<string> path, bool isTemplate)
    {
        var place = _kustomizations.NamespaceOf(file);
        if (
            node.Text("kind") == "Instrumentation"
            && node.Text("apiVersion")?.StartsWith("opentelemetry.io/", StringComparison.Ordinal) == true
        )
            Instrumentations.Add(
                new KnownInstrumentation(
                    ManifestTree.FolderOf(file),
                    place ?? node.Child("metadata").Text("namespace"),
                    node.Child("metadata").Text("name") ?? ""
                )
            );
        if (node.Text("kind") == "Service")
            Collector(node, place);
        if (_kustomizations.IsPatch(file) || KubernetesReader.Read(node, file, index, path) is not { } workload)
            return;
        Workloads.Add(
            workload with
            {
                Namespace = place ?? workload.Namespace,
                Kustomization = _kustomizations.ListOf(file),
                LeftAlone = isTemplate ? "its file is a Helm template, which only rendering makes YAML" : null,
            }
        );
    }

    private void Collector(YamlNode node, string? place)
    {
        var takesOtlp = node.Child("spec").Child("ports").Items().Any(port => port.Text("port") == "4318");
        if (!takesOtlp || node.Child("metadata").Text("name") is not { } name)
            return;
        var space = place ?? node.Child("metadata").Text("namespace");
        CollectorEndpoints.Add(space is null ? $"http://{name}:4318" : $"http://{name}.{space}:4318");
    }

    private VariableValues VariablesOf(string file)
    {
        var folder = ManifestTree.FolderOf(file);
        if (_variables.TryGetValue(folder, out var known))
            return known;
        var beside = tree.Read(folder.Length == 0 ? ".env" : $"{folder}/.env");
        var values = new VariableValues(given);
        if (beside is not null)
            values.Add(beside);
        return _variables[folder] = values;
    }
}
